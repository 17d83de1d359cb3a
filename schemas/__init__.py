"""What things are: frozen shapes without reading, writing or judging."""
