"""The command line: every command under its name; their signatures are in `dailies.command_line`."""

from __future__ import annotations

import typer

from dailies.command_line import briefs, intake, judging, reading, service, sheets, site, tables, upkeep
from dailies.command_line.sources import sources
from dailies.command_line.watch import watch

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Industry news and funding tracker for AI video: every number with the sentence it came from.",
)
for group in (intake, reading, tables, sheets, briefs, judging, site, service, upkeep):
    for command in group.COMMANDS:
        app.command(command.__name__.rstrip("_"))(command)
app.add_typer(sources, name="sources")
app.add_typer(watch, name="watch")


def main() -> None:
    """Run a command; what went wrong is said on standard error in one line, with exit code 1."""
    from dailies.failures import known_failures

    with known_failures():
        app()


if __name__ == "__main__":
    main()
