"""Signs and rules drawn on pages → lines, tables and paragraphs, as one document."""
