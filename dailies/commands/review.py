"""`review`: what waits for a person, as a short dialogue in a terminal or as a listing."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlmodel import Session

from dailies.commands.judging import judge, undo
from dailies.commands.output import as_utf8, emit, say
from dailies.commands.page_output import open_to_read
from dailies.facts.naming import known_value, one_company
from dailies.facts.review_items import review_items
from db.connection.engine import database_kind
from db.model import StoredClaim
from reports.escaping import terminal_text
from reports.facts.evidence import cited_text, quote_of, quoted_text
from reports.listings.review import REVIEW_KINDS, ReviewItem, review_listing
from reports.tables.listing import SAMPLE_NOTE

_ASKED = ("fact_pair", "company_pair", "conflict")
"""Kinds that a judgement decides; the others are listed only."""
_WIDEST = 160


def review(
    db: str | None,
    format: str,
    output: Path | None,
    *,
    company: str | None,
    kind: str | None,
    listing: bool,
    author: str | None,
) -> None:
    """Ask one by one where a person sits at a terminal, else list. Raises UsageError for a company or kind unknown."""
    engine = open_to_read(db)
    wanted = known_value("kind", kind, REVIEW_KINDS) if kind else None
    with Session(engine) as session:
        found = one_company(session, company).key if company else None
        items = [item for item in review_items(session, found) if wanted in (None, item.kind)]
    sample = database_kind(engine) == "sample"
    if listing or output is not None or format != "table" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        emit(review_listing(items, sample=sample), format, output)
        return
    if sample:
        say(SAMPLE_NOTE)
    ask_through(
        items,
        input,
        lambda verb, ids, reason: judge(db, verb, ids, reason=reason, author=author),  # type: ignore[arg-type]
        lambda name: undo(db, name, reason="taken back in the same review", author=author),
    )


def ask_through(
    items: Sequence[ReviewItem],
    answer: Callable[[str], str],
    decide: Callable[[str, Sequence[str], str], str],
    take_back: Callable[[str], None],
) -> None:
    """Show each thing to decide with its two sentences side by side, and hand what is answered to `decide`.

    `decide` takes what `dailies judge` takes, the verb, its ids and the reason, and gives the judgement's name;
    `take_back` takes that name, and the thing is asked again.
    """
    waiting = [item for item in items if item.kind in _ASKED]
    counts = Counter(item.kind for item in waiting)
    _write(f"{len(waiting)} to decide: {', '.join(f'{count} {kind}' for kind, count in counts.items()) or 'none'}")
    settled: set[tuple[str, str | None]] = set()
    place, last = 0, None
    while place < len(waiting):
        item = waiting[place]
        if item.kind == "conflict" and (item.subject, item.field) in settled:
            place += 1
            continue  # its field was decided against another losing value
        _show(item, f"{place + 1}/{len(waiting)}")
        choices = "[1] left  [2] right" if item.kind == "conflict" else "[s] same  [n] not the same"
        allowed = ("12" if item.kind == "conflict" else "sn") + "kq" + ("u" if last else "")
        undoing = "  [u] take the last one back" if last else ""
        given = _answered(answer, f"{choices}  [k] skip{undoing}  [q] quit > ", allowed)
        if given == "q":
            return
        if given == "u" and last is not None:
            name, place = last
            take_back(name)
            settled.discard((waiting[place].subject, waiting[place].field))
            last = None
            continue
        judgement = _judgement(item, given)
        if judgement is not None:
            verb, ids = judgement
            reason = _typed(answer, "why (Enter: looked at both sentences) > ") or "looked at both sentences"
            last = decide(verb, ids, reason), place
            settled.add((item.subject, item.field))
        place += 1


def _answered(answer: Callable[[str], str], prompt: str, allowed: str) -> str:
    while True:
        given = _typed(answer, prompt, "q").lower()[:1]
        if given and given in allowed:
            return given


def _typed(answer: Callable[[str], str], prompt: str, at_end: str = "") -> str:
    try:
        return answer(prompt).strip()
    except EOFError:
        return at_end


def _judgement(item: ReviewItem, given: str) -> tuple[str, list[str]] | None:
    """The verb and the ids of `dailies judge`; None where nothing is decided."""
    if item.kind == "conflict":
        chosen = {"1": item.one, "2": item.two}.get(given)
        return ("prefer", [chosen.key, item.field or ""]) if chosen is not None else None
    ids = [item.subject, item.other or ""]
    if item.kind == "fact_pair" and item.one is not None and item.two is not None:
        ids = [item.one.key, item.two.key]
    return {"s": ("same", ids), "n": ("different", ids)}.get(given)


def _show(item: ReviewItem, number: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    _write("")
    _write(f"{number} · {item.company} · {item.question}")
    _write(f"left is chosen now: {item.reason}" if item.kind == "conflict" else item.reason)
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    sides = Table(show_header=False, width=width)
    sides.add_column(ratio=1, overflow="fold")
    sides.add_column(ratio=1, overflow="fold")
    sides.add_row(Text(_side(item.one)), Text(_side(item.two)))
    Console(file=as_utf8(sys.stdout), width=width, color_system=None).print(sides)


def _side(stored: StoredClaim | None) -> str:
    """One sentence with its source, harmless in a terminal."""
    if stored is None:
        return "(nothing is told of it yet)"
    quote = quote_of(stored, "en")
    lines = [quoted_text(quote, "en"), cited_text(quote, "en"), quote.url or "", quote.claim_key]
    return "\n".join(terminal_text(line) for line in lines if line)


def _write(line: str) -> None:
    print(terminal_text(line), file=as_utf8(sys.stdout), flush=True)
