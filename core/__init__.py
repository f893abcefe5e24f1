"""What the registry knows and does; imports no Qt."""
