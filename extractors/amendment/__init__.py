"""An amending act: its zones, its requisites, its instructions."""
