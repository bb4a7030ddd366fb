"""The command line of what persons decide."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dailies.command_line.options import Author, Company, Database, Listing, ListingFormat, Output


class JudgementKind(StrEnum):
    """What a person can decide."""

    same = "same"
    different = "different"
    wrong = "wrong"
    prefer = "prefer"


class JudgementAction(StrEnum):
    """What can be done with judgements."""

    list = "list"
    undo = "undo"


def judge(
    kind: Annotated[JudgementKind, typer.Argument(help="same ID ID, different ID ID, wrong ID, prefer ID FIELD.")],
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Facts, claims or companies; of prefer, a field.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is shown wherever the judgement is.")],
    db: Database = None,
    by: Author = None,
) -> None:
    """Decide that two ids are one fact or two, that a claim is wrong, or which value is right; can be taken back."""
    from dailies.commands import judging

    judging.judge(db, kind.value, ids, reason=reason, author=by)


def review(
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Company = None,
    kind: Annotated[
        str | None,
        typer.Option(help="Only this kind: fact_pair, company_pair, conflict, candidate or new_name."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List it, ask nothing.")] = False,
    by: Author = None,
) -> None:
    """What waits for a person: same, not the same, skip or quit, with both sentences side by side."""
    from dailies.commands import review as command

    command.review(db, format.value, output, company=company, kind=kind, listing=list_, author=by)


def judgements(
    action: Annotated[JudgementAction, typer.Argument(help="list, or undo ID.")] = JudgementAction.list,
    id_: Annotated[str | None, typer.Argument(metavar="[ID]", help="Such as j12.")] = None,
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    reason: Annotated[str, typer.Option(help="Of undo: why.")] = "",
    by: Annotated[str | None, typer.Option(help="Of undo: who; default: who is logged in.")] = None,
) -> None:
    """What persons decided; or take one of it back."""
    from dailies.commands import judging

    if action is JudgementAction.undo:
        judging.undo(db, id_ or "", reason=reason, author=by)
    else:
        judging.list_judgements(db, format.value, output)


COMMANDS = (judge, review, judgements)
"""In the order in which help lists them."""
