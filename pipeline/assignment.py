"""The one best assignment of two lists to each other, by the strengths of the possible pairs.

Possible pairs fall apart into islands that have no thing in common; each island is solved
for itself, and only one with a real choice on both sides needs the solver (imported then).
"""

from collections.abc import Iterator, Mapping

Strengths = Mapping[tuple[int, int], float]


def assign(strengths: Strengths) -> dict[int, int]:
    """Left to right, each at most once, so that the sum of the strengths is greatest.

    >>> assign({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.85})
    {0: 1, 1: 0}
    """
    found: dict[int, int] = {}
    for island in _islands(strengths):
        lefts, rights = (sorted({pair[side] for pair in island}) for side in (0, 1))
        if min(len(lefts), len(rights)) == 1:
            left, right = max(island, key=lambda pair: (strengths[pair], (-pair[0], -pair[1])))
            found[left] = right
        else:
            found |= _solved(strengths, lefts, rights)
    return dict(sorted(found.items()))


def _islands(strengths: Strengths) -> Iterator[list[tuple[int, int]]]:
    """The pairs, gathered by the things that they share."""
    root: dict[tuple[int, int], tuple[int, int]] = {}

    def find(thing: tuple[int, int]) -> tuple[int, int]:
        while root.setdefault(thing, thing) != thing:
            root[thing] = thing = root[root[thing]]
        return thing

    for left, right in strengths:
        root[find((0, left))] = find((1, right))
    islands: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for pair in strengths:
        islands.setdefault(find((0, pair[0])), []).append(pair)
    yield from islands.values()


def _solved(strengths: Strengths, lefts: list[int], rights: list[int]) -> dict[int, int]:
    """Jonker and Volgenant's algorithm; a pair that is not possible costs as much as leaving both alone."""
    import lap
    import numpy as np

    costs = np.ones((len(lefts), len(rights)))
    for i, left in enumerate(lefts):
        for j, right in enumerate(rights):
            costs[i, j] -= strengths.get((left, right), 0.0)
    _, chosen, _ = lap.lapjv(costs, extend_cost=True)
    pairs = ((left, rights[j]) for left, j in zip(lefts, chosen, strict=True) if j >= 0)
    return {left: right for left, right in pairs if (left, right) in strengths}
