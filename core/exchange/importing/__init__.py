"""The import of a team's own list: found, understood, shown row by row, and only then written."""
