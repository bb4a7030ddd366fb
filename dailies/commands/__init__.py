"""What each command of `dailies.cli` does, one file per kind of command."""
