"""The way back: from two editions the amending instructions, in official wording, that lead from the one to the other."""
