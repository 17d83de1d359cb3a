"""One module an output format, named as the format; a file put here is a format written."""
