"""What is seen of a document: its texts in short, for tests."""

from schemas.blocks import Document, Paragraph, Table


def table(document: Document) -> Table:
    """The first table."""
    return next(block for block in document.blocks if isinstance(block, Table))


def grid(document: Document) -> list[list[str]]:
    """The texts of the first table's slots."""
    return [[cell.text for cell in row] for row in table(document).grid]


def paragraphs(document: Document) -> list[str]:
    """The paragraphs outside of tables."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def left_out(document: Document) -> dict[str, int]:
    """The signs left out, by kind."""
    return {item.kind: item.characters for item in document.left_out}
