"""How fast the project is, in ratios to other programs' work on the same text, and how it grows."""
