"""From bytes to shapes: facts and doubts, never a verdict."""
