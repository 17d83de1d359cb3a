"""OpenDocument text: what a person sees of it in a word processor, as blocks."""
