"""An edition together with the document that it was read from."""

from typing import NamedTuple

from schemas.blocks import Document
from schemas.edition import Edition


class Loaded(NamedTuple):
    """An edition and its document."""

    edition: Edition
    document: Document
