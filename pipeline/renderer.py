"""The contract of a renderer: Report → bytes. It sets what stands there and computes nothing."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from pipeline import renderers
from schemas.report import Report


class Screen(NamedTuple):
    """What the output will be seen on: its width in characters and whether it knows colour."""

    width: int = 100
    colour: bool = False


class Renderer(NamedTuple):
    """An output format. `binary` formats are not for a terminal."""

    name: str
    suffix: str
    media_type: str
    render: Callable[[Report, Screen], bytes]
    binary: bool = False


@cache
def all_renderers() -> dict[str, Renderer]:
    """Every renderer in the folder, by name; a name used twice is refused."""
    found: dict[str, Renderer] = {}
    for module in iter_modules(renderers.__path__):
        for value in vars(import_module(f"pipeline.renderers.{module.name}")).values():
            if isinstance(value, Renderer):
                if value.name in found:
                    raise TypeError(f"two renderers are named {value.name}")
                found[value.name] = value
    return found


def renderer(name: str) -> Renderer:
    """The renderer of this name, without importing the others."""
    module = import_module(f"pipeline.renderers.{name}")
    return next(value for value in vars(module).values() if isinstance(value, Renderer))
