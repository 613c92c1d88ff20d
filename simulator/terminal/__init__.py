"""Plain terminal and JSON modes: one call, in lines of text."""
