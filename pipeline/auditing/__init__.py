"""The acts between two editions against what the new edition shows."""
