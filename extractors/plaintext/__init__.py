"""Plain text: its encoding, and the tables that tabs or signs draw in it."""
