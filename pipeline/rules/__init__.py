"""One module a theme; a rule put here is a check run."""
