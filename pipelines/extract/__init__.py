"""Names, places and dates in the text, with the place where each stands."""
