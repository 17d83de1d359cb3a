"""Edition, findings, comparison → the Report that renderers set: words, order, emphasis."""
