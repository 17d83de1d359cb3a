"""Giving memory back to the system.

The tree of a document's XML takes ten times what is kept of it. Where it is freed the C
library keeps its memory, and Python, which asks the system for its own, has no use for it.
"""

import ctypes


def give_back() -> None:
    """Return what is free of the C library's memory to the system, where the library knows how (glibc)."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, TypeError, AttributeError):  # another system or library
        return
    trim(0)
