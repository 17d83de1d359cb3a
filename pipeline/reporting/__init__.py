"""Edition, findings, comparison → the Report that renderers set: words, order, emphasis."""

from pipeline.reporting.changelog import diff_report
from pipeline.reporting.editions import edition_report
from pipeline.reporting.findings import check_report
from pipeline.reporting.manual import rules_report

__all__ = ["check_report", "diff_report", "edition_report", "rules_report"]
