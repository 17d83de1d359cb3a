"""One module an input format; a file put here is a format read."""
