"""The outer contract's JSON: the report's data and nothing else."""

from pipeline.renderer import Renderer, Screen
from schemas.base import as_json
from schemas.report import Report


def render(report: Report, screen: Screen) -> bytes:  # noqa: ARG001 — JSON looks the same everywhere
    """The data as UTF-8 JSON."""
    return as_json(report.data).encode()


renderer = Renderer("json", ".json", "application/json", render)
