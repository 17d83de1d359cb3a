"""Golden twins beside the samples: `python -m tests.golden` writes those that are missing.

A twin that exists is never overwritten unasked: delete it, run this, review the
difference, commit. In CI nothing is written at all.
"""

import itertools
import os
from pathlib import Path

from extractors.amendment.resolution import resolution
from extractors.reader import all_readers
from pipeline.renderer import Screen
from pipeline.renderers import text
from pipeline.reporting.audit import audit_facts, audit_sections
from pipeline.reporting.changelog import diff_report
from pipeline.reporting.findings import check_report
from pipeline.reporting.sources import Checked
from pipeline.stages import audit, check, check_step, compare, load, load_edition, read_edition
from pipeline.wording import Words
from schemas.base import as_json
from schemas.published import PUBLISHED, published
from schemas.report import Report

ROOT = Path(__file__).parent.parent
PROGRAMMES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_dir())
WORDS = Words("ru")


def sources() -> list[Path]:
    """Every sample file, by its path from the root."""
    suffixes = {suffix for reader in all_readers() for suffix in reader.suffixes}
    files = (file for folder in PROGRAMMES for file in folder.glob("*/source.*"))
    return sorted(file.relative_to(ROOT) for file in files if file.name == f"source{file.suffix}" and file.suffix in suffixes)


def steps() -> list[tuple[Path, Path, Path]]:
    """For each two successive editions of a programme: the files, and the folder of their changes."""
    found = []
    for folder in PROGRAMMES:
        editions = sorted(path for path in folder.iterdir() if (path / "source.docx").exists())
        for old, new in itertools.pairwise(editions):
            pair = ((side / "source.docx").relative_to(ROOT) for side in (old, new))
            found.append((*pair, folder / f"{old.name}..{new.name}"))
    return found


def acts() -> list[tuple[Path, Path, Path]]:
    """The constructed acts as Word files, each with the two editions between which it stands."""
    return [(act, old, new) for old, new, folder in steps() for act in sorted(folder.glob("acts/*.docx"))]


def act_twins(file: Path, old: Path, new: Path) -> dict[Path, str]:
    """What an act orders (of the honest one), and what is said of the step by it."""
    made = {}
    if file.stem == "honest":
        source, document = load(str(file.relative_to(ROOT)))
        made[file.with_name(f"{file.name}.resolution.json")] = resolution(document, source).canonical()
    sides = load(str(old)), load(str(new))
    comparison = compare(*(read_edition(*side) for side in sides))
    judged = audit(*sides, comparison, [load(str(file.relative_to(ROOT)))])
    sections = audit_sections(judged, WORDS, str)
    report = Report(language="ru", title=file.stem, facts=audit_facts(judged.audit, WORDS), sections=sections, data={})
    made[file.with_name(f"{file.stem}.audit.txt")] = text.render(report, Screen(120)).decode()
    return made


def twins() -> dict[Path, str]:
    """Every twin and what it should hold."""
    made: dict[Path, str] = {}
    for source in sources():
        edition = load_edition(str(source))
        findings = check(edition)
        beside = ROOT / source
        made[beside.with_name(f"{source.name}.edition.json")] = edition.canonical()
        report = check_report([Checked(edition, findings)], [], WORDS)
        made[beside.with_name(f"{source.name}.findings.txt")] = text.render(report, Screen(120)).decode()
    for act, old, new in acts():
        made |= act_twins(act, old, new)
    for old, new, folder in steps():
        comparison = compare(load_edition(str(old)), load_edition(str(new)))
        report = diff_report(comparison, check_step(comparison), WORDS)
        made[folder / "changes.json"] = as_json(report.data)
        made[folder / "changes.txt"] = text.render(report, Screen(120)).decode()
    return made | {ROOT / f"schemas/json/{name}.schema.json": published(name) for name in PUBLISHED}


def main() -> None:
    """Write the missing twins."""
    if os.environ.get("CI"):
        raise SystemExit("golden twins are not made in CI")
    os.chdir(ROOT)
    for path, wanted in twins().items():
        if path.exists():
            same = "as it is" if path.read_text("utf-8") == wanted else "DIFFERS, kept; delete it to make it anew"
            print(f"{path.relative_to(ROOT)}: {same}")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted, "utf-8")
            print(f"{path.relative_to(ROOT)}: written")


if __name__ == "__main__":
    main()
