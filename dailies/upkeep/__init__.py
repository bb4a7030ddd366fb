"""What keeps a copy well: backups, checks, sizes, logs, and an export that other programs read."""
