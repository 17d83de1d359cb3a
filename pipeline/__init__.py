"""What we say about what was read: verdicts, comparison, reports, commands."""

VERSION = "0.1.0"
