"""Small OpenDocument files for tests, made of XML as a test writes it."""

import io
import zipfile

TEXT = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    [
        *(f'xmlns:{prefix}="{_OASIS}{prefix}:1.0"' for prefix in ("office", "text", "table", "style", "manifest")),
        f'xmlns:draw="{_OASIS}drawing:1.0" xmlns:svg="{_OASIS}svg-compatible:1.0" xmlns:fo="{_OASIS}xsl-fo-compatible:1.0"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
        'xmlns:math="http://www.w3.org/1998/Math/MathML" xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ]
)


def content(body: str, automatic: str = "", kind: str = "text") -> str:
    """The part that holds the text."""
    inner = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return _xml("document-content", f"<office:automatic-styles>{automatic}</office:automatic-styles>{inner}")


def styles(common: str = "", master: str = "", automatic: str = "") -> str:
    """The part that holds the common styles and what stands around the pages."""
    return _xml(
        "document-styles",
        f"<office:styles>{common}</office:styles><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles>",
    )


def flat(body: str, common: str = "", automatic: str = "", master: str = "") -> bytes:
    """The whole file in one piece of XML."""
    return _xml(
        "document",
        f"<office:styles>{common}</office:styles><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles><office:body><office:text>{body}</office:text></office:body>",
    ).encode()


def packed(parts: dict[str, str], media_type: str = TEXT) -> bytes:
    """A package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", media_type, zipfile.ZIP_STORED)
        for name, text in parts.items():
            made.writestr(name, text)
    return out.getvalue()


def odt(body: str, automatic: str = "", common: str = "", master: str = "", **more: str) -> bytes:
    """A text with this body and these styles; `more` parts by name, an underscore for a slash."""
    parts = {"content.xml": content(body, automatic), "styles.xml": styles(common, master)}
    return packed(parts | {name.replace("_", "/"): text for name, text in more.items()})


def manifest(inner: str = "") -> str:
    """The list of a package's parts."""
    return f'<manifest:manifest {_SPACES}><manifest:file-entry manifest:full-path="content.xml">{inner}</manifest:file-entry></manifest:manifest>'


def formula(inner: str) -> str:
    """The content of an embedded formula."""
    return f'<math:math xmlns:math="http://www.w3.org/1998/Math/MathML">{inner}</math:math>'


def p(text: str, style: str = "") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>' if style else f"<text:p>{text}</text:p>"


def tc(inner: str = "", columns: int = 1, rows: int = 1, repeated: int = 1) -> str:
    """A cell; plain text becomes a paragraph."""
    spans = f'table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}" table:number-columns-repeated="{repeated}"'
    return f"<table:table-cell {spans}>{inner if inner.startswith('<') or not inner else p(inner)}</table:table-cell>"


def tr(*cells: str, repeated: int = 1) -> str:
    """A row of cells."""
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def tbl(*rows: str) -> str:
    """A table of rows."""
    return f"<table:table>{''.join(rows)}</table:table>"


COVERED = "<table:covered-table-cell/>"


def level(number: int, form: str = "1", suffix: str = ".", shown: int = 1, **more: str) -> str:
    """A level of a list style that counts; more attributes by name, an underscore for a hyphen."""
    extra = "".join(f' text:{name.replace("_", "-")}="{value}"' for name, value in more.items())
    return (
        f'<text:list-level-style-number text:level="{number}" style:num-format="{form}" style:num-suffix="{suffix}" '
        f'text:display-levels="{shown}"{extra}/>'
    )


def listed(*items: str, style: str = "", more: str = "") -> str:
    """A list of items; `more` are attributes as they are written."""
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:list{named} {more}>{''.join(items)}</text:list>"


def item(*inner: str, more: str = "") -> str:
    """An item; plain text becomes a paragraph."""
    return f"<text:list-item {more}>{''.join(part if part.startswith('<') else p(part) for part in inner)}</text:list-item>"


def list_style(name: str, *levels: str) -> str:
    """A list style."""
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def _xml(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{root} {_SPACES}>{inner}</office:{root}>'
