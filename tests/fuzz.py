"""`make fuzz`: Atheris changes sound files of every format, guided by what code they reach.

Ends with an error on any exception but CannotRead, on a run of more than ten seconds and on more
than a gibibyte of memory; the file that did it is left in the folder of findings, to become a case.
"""

import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found, unused-ignore]

with atheris.instrument_imports(include=["extractors", "schemas", "pdfminer"]):
    from tests.seeds import attempt, inside, seeds

SECONDS, MEBIBYTES, LONGEST = 10, 1024, 2**18
FOUND = Path("out/fuzz")


def _mutated(data: bytes, most: int, seed: int) -> bytes:
    """Half of the packages are changed inside a part: outside of it a change is nothing but a wrong checksum."""
    if seed % 2 and data.startswith(b"PK"):
        made = inside(data, seed // 2, lambda part: bytes(atheris.Mutate(part, LONGEST)))
        if len(made) <= most:
            return made
    return bytes(atheris.Mutate(data, most))


def main(seconds: int) -> None:
    """Fuzz for so many seconds; Atheris ends the process, with an error when it has found something."""
    FOUND.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        for format_, data in seeds().items():
            (Path(name) / format_.replace(" ", "-")).write_bytes(data)
        options = [f"-max_total_time={seconds}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEBIBYTES}", f"-max_len={LONGEST}"]
        arguments = [sys.argv[0], name, f"-artifact_prefix={FOUND}/", "-print_final_stats=1", *options]
        atheris.Setup(arguments, attempt, custom_mutator=_mutated, internal_libfuzzer=True)
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]))
