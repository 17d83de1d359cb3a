"""The HTML page: its templates, style and script, and how charts and texts are set on it."""
