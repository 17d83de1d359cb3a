"""The import order of the house: bottom to top, never upwards, no module unlisted.

A module may import what stands on its own step or below. The order is declared here
once; a module that is not listed, or a listed one that is gone, is a failure, so that
the guard cannot decay in silence.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("schemas", "extractors", "pipeline")

STEPS = [
    {"schemas"},
    {"schemas.base"},
    {"schemas.place", "schemas.address"},
    {"schemas.blocks", "schemas.amount", "schemas.requisites", "schemas.stated"},
    {"schemas.edition"},
    {"schemas.finding"},
    {"schemas.audit"},
    {"schemas.change", "schemas.report", "schemas.amendment"},
    {"schemas.envelope"},
    {"schemas.published"},
    {"extractors", "extractors.readers", "extractors.opendocument", "extractors.wordml", "extractors.hypertext", "extractors.plaintext", "extractors.pdf", "extractors.amendment"},
    {"extractors.errors", "extractors.text", "extractors.values", "extractors.quantities", "extractors.periodicity", "extractors.labels", "extractors.grid", "extractors.memory", "extractors.uncollected", "extractors.doors", "extractors.options", "extractors.invisible", "extractors.signatures", "extractors.rich_text"},
    {"extractors.leftovers", "extractors.units", "extractors.wordml.names", "extractors.wordml.gather", "extractors.wordml.lighten", "extractors.wordml.symbols", "extractors.opendocument.names", "extractors.opendocument.numbering"},
    {"extractors.package", "extractors.compound", "extractors.own_count", "extractors.plaintext.russian"},
    {"extractors.plaintext.mojibake", "extractors.plaintext.decoding", "extractors.plaintext.frames", "extractors.plaintext.unruled", "extractors.sniffing"},
    {"extractors.plaintext.tabbed", "extractors.plaintext.ruled"},
    {"extractors.plaintext.plain"},
    {"extractors.hypertext.spans", "extractors.hypertext.listing", "extractors.hypertext.notes", "extractors.hypertext.webarchive"},
    {"extractors.hypertext.flow"},
    {"extractors.hypertext.layout"},
    {"extractors.hypertext.page"},
    {"extractors.hypertext.blocks"},
    {"extractors.wordml.revisions", "extractors.wordml.numbering", "extractors.wordml.parts", "extractors.wordml.rows"},
    {"extractors.opendocument.styles", "extractors.opendocument.revisions", "extractors.opendocument.tables", "extractors.opendocument.inline", "extractors.opendocument.objects"},
    {"extractors.wordml.walk", "extractors.wordml.tidy", "extractors.opendocument.lists"},
    {"extractors.opendocument.walk"},
    {"extractors.pdf.marks", "extractors.pdf.words", "extractors.pdf.annotations", "extractors.pdf.tokens"},
    {"extractors.pdf.guard", "extractors.pdf.lines", "extractors.pdf.faces", "extractors.pdf.sift"},
    {"extractors.pdf.grids"},
    {"extractors.pdf.prose", "extractors.pdf.running"},
    {"extractors.pdf.seams"},
    {"extractors.pdf.flow"},
    {"extractors.pdf.tables"},
    {"extractors.reader"},
    {"extractors.readers.docx", "extractors.readers.txt", "extractors.readers.odt", "extractors.readers.office", "extractors.readers.html", "extractors.readers.pdf"},
    {"extractors.sources", "extractors.yearly"},
    {"extractors.columns"},
    {"extractors.locate"},
    {"extractors.groups", "extractors.rows", "extractors.prose"},
    {"extractors.source_rows"},
    {"extractors.across"},
    {"extractors.requisites", "extractors.inner", "extractors.sections", "extractors.activities"},
    {"extractors.indicators", "extractors.passport", "extractors.named", "extractors.mentions", "extractors.rowlabels"},
    {"extractors.edition", "extractors.amendment.signs", "extractors.amendment.citing", "extractors.amendment.casing", "extractors.amendment.lexicon", "extractors.amendment.quotes", "extractors.amendment.targets"},
    {"extractors.amendment.kinds"},
    {"extractors.amendment.zones", "extractors.amendment.amended", "extractors.amendment.clauses", "extractors.amendment.phrases"},
    {"extractors.amendment.heading", "extractors.amendment.signing", "extractors.amendment.carried", "extractors.amendment.accounting"},
    {"extractors.amendment.designators", "extractors.amendment.boundaries", "extractors.amendment.announced", "extractors.amendment.items"},
    {"extractors.amendment.passes", "extractors.amendment.action"},
    {"extractors.amendment.actions", "extractors.amendment.payloads"},
    {"extractors.amendment.building"},
    {"extractors.amendment.operations"},
    {"extractors.amendment.resolution"},
    {"pipeline", "pipeline.rules", "pipeline.renderers", "pipeline.reporting"},
    {"pipeline.settings", "pipeline.identities", "pipeline.words", "pipeline.passages", "pipeline.likeness", "pipeline.meaning"},
    {"pipeline.precision", "pipeline.corrections", "pipeline.register", "pipeline.twins", "pipeline.traits"},
    {"pipeline.equations"},
    {"pipeline.slips", "pipeline.typos"},
    {"pipeline.milp"},
    {"pipeline.localise"},
    {"pipeline.culprit", "pipeline.outcomes"},
    {"pipeline.proofreading", "pipeline.reckoning"},
    {"pipeline.proofreading.slip", "pipeline.proofreading.pairs", "pipeline.proofreading.scripts", "pipeline.proofreading.repeats", "pipeline.proofreading.blanks", "pipeline.proofreading.similar", "pipeline.proofreading.drafts", "pipeline.reckoning.figures", "pipeline.reckoning.listed", "pipeline.reckoning.shares", "pipeline.reckoning.spans"},
    {"pipeline.reckoning.yearly", "pipeline.reckoning.targets"},
    {"pipeline.rule"},
    {"pipeline.rules.sums", "pipeline.rules.numbers", "pipeline.rules.requisites", "pipeline.rules.structure", "pipeline.rules.document", "pipeline.rules.naming", "pipeline.rules.amendments", "pipeline.rules.references", "pipeline.rules.acts", "pipeline.rules.executors", "pipeline.rules.indicators", "pipeline.rules.step", "pipeline.rules.orders"},
    {"pipeline.rules.agreement", "pipeline.tuning", "pipeline.rules.series", "pipeline.rules.results", "pipeline.rules.numbering", "pipeline.rules.tables"},
    {"pipeline.rules.wording", "pipeline.rules.prose"},
    {"pipeline.rules.measures"},
    {"pipeline.similarity", "pipeline.assignment", "pipeline.outline", "pipeline.loaded"},
    {"pipeline.align", "pipeline.content"},
    {"pipeline.drafting", "pipeline.auditing"},
    {"pipeline.drafting.ordinals", "pipeline.drafting.instructions", "pipeline.drafting.rewording", "pipeline.drafting.cutting", "pipeline.drafting.closing", "pipeline.drafting.bands"},
    {"pipeline.drafting.phrases"},
    {"pipeline.drafting.sections", "pipeline.drafting.passport", "pipeline.drafting.order"},
    {"pipeline.drafting.tables"},
    {"pipeline.roles", "pipeline.balance", "pipeline.differences", "pipeline.replay"},
    {"pipeline.relatives", "pipeline.groups"},
    {"pipeline.compare"},
    {"pipeline.history"},
    {"pipeline.carrying"},
    {"pipeline.carrying.paths", "pipeline.carrying.naming", "pipeline.carrying.tables", "pipeline.carrying.numbers"},
    {"pipeline.carrying.scopes", "pipeline.carrying.edits", "pipeline.carrying.inflection"},
    {"pipeline.carrying.former", "pipeline.carrying.reshape", "pipeline.carrying.wordings"},
    {"pipeline.carrying.items", "pipeline.carrying.apply"},
    {"pipeline.carrying.lines", "pipeline.carrying.account"},
    {"pipeline.carrying.resolve", "pipeline.carrying.notes"},
    {"pipeline.carrying.plan"},
    {"pipeline.carrying.payload", "pipeline.carrying.words"},
    {"pipeline.carrying.passport"},
    {"pipeline.carrying.restate"},
    {"pipeline.carrying.rows_in", "pipeline.carrying.columns_in", "pipeline.carrying.removing"},
    {"pipeline.carrying.adding"},
    {"pipeline.amend"},
    {"pipeline.drafting.act"},
    {"pipeline.drafting.wording"},
    {"pipeline.auditing.carried"},
    {"pipeline.auditing.verdicts", "pipeline.auditing.doubts"},
    {"pipeline.audit"},
    {"pipeline.expected"},
    {"pipeline.wording"},
    {"pipeline.records", "pipeline.reporting.common"},
    {"pipeline.reporting.footing", "pipeline.reporting.sources", "pipeline.reporting.movement", "pipeline.reporting.beside", "pipeline.reporting.wordings", "pipeline.reporting.names", "pipeline.reporting.findings_sheet", "pipeline.reporting.units", "pipeline.reporting.audit"},
    {"pipeline.reporting.resolutions"},
    {"pipeline.reporting.findings", "pipeline.reporting.editions", "pipeline.reporting.manual", "pipeline.reporting.ledger", "pipeline.reporting.explained"},
    {"pipeline.reporting.told"},
    {"pipeline.reporting.doubts", "pipeline.reporting.gist"},
    {"pipeline.reporting.changes"},
    {"pipeline.reporting.weighed"},
    {"pipeline.reporting.charts", "pipeline.reporting.facets", "pipeline.reporting.filed", "pipeline.reporting.amounts", "pipeline.reporting.trails"},
    {"pipeline.reporting.workbook"},
    {"pipeline.reporting.changelog"},
    {"pipeline.reporting.history"},
    {"pipeline.page", "pipeline.renderer", "pipeline.paper", "pipeline.book"},
    {"pipeline.page.drawing", "pipeline.page.typesetting"},
    {"pipeline.word_blocks"},
    {"pipeline.drafting.paper", "pipeline.drafting.plain"},
    {"pipeline.renderers.json", "pipeline.renderers.text", "pipeline.renderers.html", "pipeline.renderers.sarif", "pipeline.renderers.md", "pipeline.renderers.docx", "pipeline.renderers.xlsx"},
    {"pipeline.edition_paper"},
    {"pipeline.stages"},
    {"pipeline.digest", "pipeline.registry", "pipeline.registry.errors", "pipeline.registry.chain", "pipeline.registry.tables"},
    {"pipeline.registry.migrations", "pipeline.registry.migrations.env", "pipeline.registry.migrations.versions", "pipeline.registry.migrations.versions.r0001_the_registry", "pipeline.registry.engine", "pipeline.registry.originals", "pipeline.registry.queries", "pipeline.stepping", "pipeline.batch", "pipeline.batch.walk"},
    {"pipeline.registry.filing", "pipeline.batch.packed"},
    {"pipeline.registry.registry", "pipeline.batch.jobs"},
    {"pipeline.ingest", "pipeline.reporting.archive", "pipeline.export", "pipeline.backup", "pipeline.batch.workers"},
    {"pipeline.reporting.ingested", "pipeline.batch.run"},
    {"pipeline.batch.report"},
    {"pipeline.batch.batch", "pipeline.reporting.batch"},
    {"pipeline.helptexts", "pipeline.usage", "pipeline.console", "pipeline.progress"},
    {"pipeline.archive", "pipeline.enact", "pipeline.explain"},
    {"pipeline.cli"},
]  # fmt: skip
LEVEL = {module: level for level, step in enumerate(STEPS) for module in step}
OUTER_WORLD = {"pathlib", "os", "subprocess", "socket", "shutil", "tempfile", "random", "time", "locale", "urllib.request"}
MAY_TOUCH_IT = {
    "extractors.reader",
    "extractors.readers.office",
    "pipeline.settings",
    "pipeline.corrections",
    "pipeline.explain",
    "pipeline.stages",
    "pipeline.digest",
    "pipeline.ingest",
    "pipeline.registry.engine",
    "pipeline.registry.registry",
    "pipeline.console",
    "pipeline.progress",
    "pipeline.export",
    "pipeline.backup",
    "pipeline.batch.walk",
    "pipeline.batch.jobs",
    "pipeline.batch.batch",
    "pipeline.archive",
    "pipeline.cli",
}


def modules() -> dict[str, ast.Module]:
    """Every module of the three packages, parsed."""
    found = {}
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found[name] = ast.parse(file.read_text("utf-8"))
    return found


def imports(tree: ast.Module) -> Iterator[str]:
    """The modules that a module imports, wherever in it, types alone included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in LEVEL else node.module


MODULES = modules()


def test_the_guard_guards_something() -> None:
    """Every module is on a step, every step's module is there, and there are as many as there are files."""
    assert set(MODULES) == set(LEVEL)
    assert len(MODULES) == sum(len(step) for step in STEPS) >= 50


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_point_down(name: str) -> None:
    """No module imports from a step above its own."""
    ours = [module for module in imports(MODULES[name]) if module.split(".")[0] in ROOMS]
    upwards = [module for module in ours if LEVEL[module] > LEVEL[name]]
    assert not upwards


def test_no_cycle_between_modules() -> None:
    """Modules on one step do not import each other in a circle."""
    edges = {name: {m for m in imports(tree) if m in LEVEL and m != name} for name, tree in MODULES.items()}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path, name))
        if name not in done:
            for other in sorted(edges[name]):
                visit(other, (*path, name))
            done.add(name)

    for name in edges:
        visit(name, ())


@pytest.mark.parametrize("name", sorted(set(MODULES) - MAY_TOUCH_IT))
def test_the_middle_does_not_touch_the_outer_world(name: str) -> None:
    """Files, programs, clock, random and locale belong to readers' door, stages and the command."""
    assert not OUTER_WORLD & {part for module in imports(MODULES[name]) for part in (module, module.split(".")[0])}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_modules_and_functions_stay_short(name: str) -> None:
    """A module has at most 350 lines, a function at most 50."""
    tree = MODULES[name]
    last = max((node.end_lineno or 0 for node in ast.walk(tree) if isinstance(node, ast.stmt)), default=0)
    assert last <= 350
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 50, node.name
