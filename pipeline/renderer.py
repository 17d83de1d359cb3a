"""The contract of a renderer: Report → bytes. It sets what stands there and computes nothing.

A renderer is the value `renderer` of a module of `renderers/` that is named as the format.
"""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from schemas.report import Report, Wanted


class Screen(NamedTuple):
    """What the output will be seen on: its width in characters and whether it knows colour."""

    width: int = 100
    colour: bool = False


class Renderer(NamedTuple):
    """An output format. `binary` formats are not for a terminal.

    `wants` names the part of a Report that is put together only for those who show it.
    """

    name: str
    suffix: str
    media_type: str
    render: Callable[[Report, Screen], bytes]
    binary: bool = False
    wants: Wanted = None


def renderer(name: str) -> Renderer:
    """The renderer of this name: its module bears it, and the others are not imported for it."""
    found = vars(import_module(f"pipeline.renderers.{name}"))["renderer"]
    assert isinstance(found, Renderer)
    return found
