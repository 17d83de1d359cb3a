"""The forms that the registry has had, each from the one before."""
