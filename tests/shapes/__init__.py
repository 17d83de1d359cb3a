"""The shapes of real Word files, each a function on a plain .docx: the same seed gives the same bytes.

Every shape changes how the document is written and not what a person sees in it (with all
changes accepted), so the edition must stay what it was. `SHAPES` are the shapes by name,
`together` puts all of them on one document.
"""

from collections.abc import Callable
from functools import partial

from tests.shapes import apart, changes, numbering, runs, tables
from tests.shapes.word import STRICT, Expectations, Shaped, Word

__all__ = ["SHAPES", "TRACKED", "Expectations", "Shaped", "shaped", "together"]

_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)


def strict(word: Word) -> None:
    """The strict namespaces, in every part and every relationship."""
    word.namespaces = STRICT


def other_type(word: Word) -> None:
    """A document with macros (which are never run), a template, a template with macros."""
    kind = word.rng.choice(_OTHER_TYPES)
    for part in word.tree("[Content_Types].xml"):
        if part.get("ContentType") == _MAIN_TYPE:
            part.set("ContentType", kind)
    if "macro" in kind:
        word.parts["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
        namespace = "{http://schemas.openxmlformats.org/package/2006/content-types}Default"
        types = word.tree("[Content_Types].xml")
        types.insert(0, types.makeelement(namespace, Extension="bin", ContentType="application/vnd.ms-office.vbaProject"))
        relation = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
        key = word.relate("vbaProject", "vbaProject.bin")
        next(r for r in word.tree("word/_rels/document.xml.rels") if r.get("Id") == key).set("Type", relation)


Step = Callable[[Word], None]
STEPS: dict[str, tuple[Step, ...]] = {
    "spare columns": (tables.spare_columns,),
    "cut into tables with the header": (tables.cut_with_header,),
    "cut into tables without a header": (tables.cut_without_header,),
    "geometry": (tables.geometry,),
    "automatic numbering": (numbering.numbering,),
    "nested tables": (tables.nested,),
    "text boxes": (apart.text_boxes, runs.alternates),
    "formulas": (runs.formulas,),
    "hyphens": (runs.hyphens,),
    "breaks": (runs.breaks,),
    "symbols": (runs.symbols,),
    "split runs": (runs.split_runs,),
    "insertions": (changes.insertions,),
    "moves": (changes.moves,),
    "run controls": (runs.run_controls,),
    "smart tags": (runs.smart_tags,),
    "hyperlinks": (runs.hyperlinks,),
    "fields": (runs.fields,),
    "deletions": (changes.deletions,),
    "former properties": (changes.former_properties,),
    "hidden text": (apart.hidden,),
    "notes": (apart.notes,),
    "comments and headers": (apart.comments, apart.headers),
    "block controls": (tables.block_controls,),
    "cell controls": (tables.cell_controls,),
    "row controls": (tables.row_controls,),
    "strict": (strict,),
    "other type": (other_type,),
}
"""What each shape does; the order is the one in which they can stand on each other."""

TRACKED = ("insertions", "moves", "deletions", "former properties", "fields")
_RATE_TOGETHER = 0.35
_ONE_OF = {"cut into tables with the header", "cut into tables without a header"}


def shaped(names: tuple[str, ...], data: bytes, seed: int, rate: float = 1.0) -> Shaped:
    """The file in these shapes, in the order in which they can stand on each other."""
    word = Word(data, f"{' '.join(names)} {seed}", rate)
    for name, steps in STEPS.items():
        if name in names:
            for step in steps:
                step(word)
    return word.saved()


def together(data: bytes, seed: int, without: tuple[str, ...] = ()) -> Shaped:
    """The file in all shapes at once, each in some places; of those that exclude each other the seed picks one."""
    left = sorted(_ONE_OF)[seed % 2]
    spare = {left, *without, *(("strict",) if seed % 3 else ())}
    return shaped(tuple(name for name in STEPS if name not in spare), data, seed, _RATE_TOGETHER)


SHAPES: dict[str, Callable[[bytes, int], Shaped]] = {name: partial(shaped, (name,)) for name in STEPS}
