"""Carrying operations out on the blocks of the former edition: target, edits, new document, account."""
