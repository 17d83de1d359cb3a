"""The one way in which a file in a folder becomes a feature.

A module declares a value of the folder's type (a reader, a rule, a renderer); the folder
is searched for values of that type. Nothing registers itself, and a name used twice is
refused.
"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def collect(folder: ModuleType, kind: type[T], name: Callable[[T], str]) -> tuple[T, ...]:
    """Every value of this kind in the folder's modules, by name; TypeError for a name used twice."""
    found: dict[str, T] = {}
    for module in iter_modules(folder.__path__):
        for value in vars(import_module(f"{folder.__name__}.{module.name}")).values():
            if isinstance(value, kind):
                if name(value) in found:
                    raise TypeError(f"{folder.__name__}: two are named {name(value)}")
                found[name(value)] = value
    return tuple(found[key] for key in sorted(found))
