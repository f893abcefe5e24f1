"""What an erasure finds beside the registry: backups, archived reports, copies, and files that nothing names."""
