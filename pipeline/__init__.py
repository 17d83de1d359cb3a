"""What we say about what was read: verdicts, comparison, reports, commands."""
