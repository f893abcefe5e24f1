"""KeePass files in and out: read in the limited child, matched to channels, shown row by row, and only then kept."""
