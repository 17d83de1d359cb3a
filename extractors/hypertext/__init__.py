"""Web pages: what a person sees of HTML, as blocks."""
