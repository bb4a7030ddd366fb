"""Judgements as a listing: what was decided about which sentences, by whom and why, and whether it still holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.claims.judgements import MadeJudgement
from db.model import StoredClaim
from reports.escaping import shortened
from reports.tables.listing import Column, Listing, Shown, ShownColumn

_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """A judgement and the claims it names, as they are or were last held; None for companies."""

    made: MadeJudgement
    subject: StoredClaim | None
    other: StoredClaim | None


def judgement_lines(made: Sequence[MadeJudgement], claims: Mapping[str, StoredClaim]) -> list[JudgementLine]:
    """The judgements as lines, in the order they were made."""
    return [JudgementLine(each, claims.get(each.subject), claims.get(each.other or "")) for each in made]


def judgement_listing(lines: Sequence[JudgementLine], *, sample: bool) -> Listing[JudgementLine]:
    """The lines as a listing."""
    return Listing("judgements", _COLUMNS, _SHOWN, lines, sample)


_COLUMNS: tuple[Column[JudgementLine], ...] = (
    Column("id", "text", lambda line: f"j{line.made.id}"),
    Column("kind", "text", lambda line: line.made.kind),
    Column("about", "text", lambda line: line.made.about),
    Column("subject", "text", lambda line: line.made.subject),
    Column("subject_sentence", "text", lambda line: line.subject.claim.sentence if line.subject else None),
    Column("other", "text", lambda line: line.made.other),
    Column("other_sentence", "text", lambda line: line.other.claim.sentence if line.other else None),
    Column("field", "text", lambda line: line.made.field),
    Column("author", "text", lambda line: line.made.author),
    Column("reason", "text", lambda line: line.made.reason),
    Column("made_at", "moment", lambda line: line.made.made_at),
    Column("undone_by", "text", lambda line: line.made.undone_by),
    Column("undone_reason", "text", lambda line: line.made.undone_reason),
    Column("undone_at", "moment", lambda line: line.made.undone_at),
)


def _decided(line: JudgementLine) -> str:
    made = line.made
    one, other = _named(made.subject, line.subject), _named(made.other or "", line.other)
    if made.about == "company":
        return f"{one} is {other}" if made.kind == "same" else f"{one} is not {other}"
    if made.about == "article":
        return f"{one} and {other} are {'copies of one text' if made.kind == 'same' else 'no copies of each other'}"
    forms = {
        "same": "{one} and {other} tell of one fact",
        "different": "{one} and {other} tell of two facts",
        "wrong": "{one} is wrong",
        "prefer": "{one} is right about {field}",
    }
    return forms[made.kind].format(one=one, other=other, field=made.field)


def _named(key: str, stored: StoredClaim | None) -> str:
    return f"“{shortened(stored.claim.sentence, _LONGEST_SHOWN)}” ({key})" if stored else key


def _holds(line: JudgementLine) -> str:
    made = line.made
    if made.undone_at is None:
        return "holds"
    why = f": {made.undone_reason}" if made.undone_reason else ""
    return f"taken back {made.undone_at:%Y-%m-%d} by {made.undone_by}{why}"


_SHOWN: tuple[ShownColumn[JudgementLine], ...] = (
    ShownColumn("id", lambda line: f"j{line.made.id}"),
    ShownColumn("made", lambda line: f"{line.made.made_at:%Y-%m-%d}"),
    ShownColumn("by", lambda line: line.made.author),
    ShownColumn("decided", lambda line: Shown(_decided(line), url=line.subject.article_url if line.subject else None)),
    ShownColumn("reason", lambda line: line.made.reason),
    ShownColumn("now", _holds),
)
