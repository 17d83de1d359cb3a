"""PDF files with a text layer: tables by their ruling lines, paragraphs by the ends of their lines."""

from collections import defaultdict

from extractors import errors
from extractors.options import Options
from extractors.pdf.flow import flow
from extractors.pdf.grids import grids
from extractors.pdf.guard import pages
from extractors.pdf.running import Layout, Running, running
from extractors.pdf.sift import REASONS, Sifted, sift
from extractors.pdf.tables import Maker
from extractors.reader import Reader
from schemas.blocks import Aside, Document, LeftOut, Note
from schemas.place import Place

_HEADER_WITHIN = 1024


def recognises(data: bytes) -> bool:
    """Whether a PDF begins near the start of the bytes."""
    return b"%PDF-" in data[:_HEADER_WITHIN]


def read(data: bytes, options: Options) -> Document:
    """The pages as one document; raises `Scanned` where they hold pictures only."""
    layouts: list[Layout] = []
    sifted: list[Sifted] = []
    signs = 0
    for page in pages(data, options.limits):
        found = sift(page)
        signs += len(found.page.glyphs)
        if signs > options.limits.text:
            raise errors.TooLarge(detail="limits.text")
        layouts.append(Layout(found.page, *grids(found.page)))
        sifted.append(found)
    _check(sifted)
    apart = running(layouts)
    items, style = flow(layouts)
    maker = Maker(style, options.limits)
    blocks = tuple(maker.blocks(items))
    asides, repeated = _asides(apart)
    pieces = {"repeated-head": maker.lost, "repeated-running": repeated, **_apart(sifted)}
    asides += tuple(
        Aside(kind="comment", mark="", text=text, place=Place(page=found.page.number)) for found in sifted for text in found.page.notes
    )
    return Document("pdf", blocks, (), asides, _left_out(pieces, sifted), 0, tuple(_notes(sifted)))


def _check(pages: list[Sifted]) -> None:
    """Refuse a file without text."""
    if all(found.scan or not found.page.glyphs for found in pages):
        raise errors.Scanned if any(found.scan for found in pages) else errors.NoText


def _asides(apart: list[Running]) -> tuple[tuple[Aside, ...], list[str]]:
    """Each running text once, at its first page, and the texts of the other pages."""
    known: dict[tuple[str, str], Aside] = {}
    repeated: list[str] = []
    for kind, text, page in apart:
        if (kind, text) in known:
            repeated.append(text)
        else:
            known[kind, text] = Aside(kind=kind, mark="", text=text, place=Place(page=page))
    return tuple(known.values()), repeated


def _apart(pages: list[Sifted]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for sifted in pages:
        for kind, texts in sifted.page.apart.items():
            found[kind].append("".join(texts))
    return found


_REASONS = {
    **REASONS,
    "repeated-head": "шапка таблицы, повторённая на следующей странице",
    "repeated-running": "колонтитул, повторённый на следующих страницах",
    "scan": "страница-картинка без текста: её надо распознать (OCR)",
}


def _left_out(pieces: dict[str, list[str]], pages: list[Sifted]) -> tuple[LeftOut, ...]:
    made = [
        LeftOut(kind=kind, count=len(texts), characters=len("".join("".join(texts).split())), reason=_REASONS[kind], text="\n".join(texts))
        for kind, texts in sorted(pieces.items()) if any(text.strip() for text in texts)
    ]  # fmt: skip
    scans = [found.page.number for found in pages if found.scan]
    if scans:
        made.append(LeftOut(kind="scan", count=len(scans), characters=0, reason=_REASONS["scan"], text=", ".join(map(str, scans))))
    return tuple(made)


def _notes(pages: list[Sifted]) -> list[Note]:
    """What must be known of the whole file."""
    made: list[Note] = []
    scans = [str(found.page.number) for found in pages if found.scan]
    if scans:
        text = f"страницы-картинки не прочитаны: {', '.join(scans)}; распознайте их (OCR) или возьмите документ Word"
        made.append(Note(kind="scanned-pages", count=len(scans), text=text))
    veils = [str(found.page.number) for found in pages if found.veil]
    if veils:
        text = f"текст страниц распознан с картинок и может быть с ошибками: {', '.join(veils)}"
        made.append(Note(kind="recognised-pages", count=len(veils), text=text))
    unknown = sum(found.page.unknown for found in pages)
    if unknown:
        made.append(Note(kind="unknown-signs", count=unknown, text=f"знаки, которых шрифт файла не объясняет, показаны как «�»: {unknown}"))
    return made


reader = Reader("pdf", (".pdf",), recognises, read)
