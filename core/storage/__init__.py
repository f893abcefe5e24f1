"""Where the registry is kept: opening, migrating, backing up, and the history of every change."""
