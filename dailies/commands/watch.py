"""`watch`: whom one follows, by any of their names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session

from dailies.commands.output import emit, say
from dailies.commands.page_output import open_to_read
from dailies.facts.naming import alike, did_you_mean, known_investor, known_value, one_company
from dailies.failures import UsageError
from db.connection.engine import database_kind, writing
from db.knowledge.companies import all_names, companies_named, load_companies
from db.knowledge.curated import SEGMENTS
from db.publishing.notices import Watched, WatchKind, add_watched, remove_watched, watchlist
from reports.escaping import terminal_text
from reports.listings.watch import watch_listing
from reports.wording.known_names import curated_investors


def add(db: str | None, names: Sequence[str], kind: WatchKind | None) -> None:
    """Follow them from now on. Raises UsageError with suggestions for a name nobody goes by; then none is added."""
    engine = open_to_read(db)
    with Session(engine) as session:
        found = [_named(session, name, kind) for name in _given(names)]
    with writing(engine) as session:
        for each in found:
            new = add_watched(session, each.kind, each.name, datetime.now(UTC))
            say(f"{each.kind} {each.name}: {'watched from now on' if new else 'watched already'}")


def remove(db: str | None, names: Sequence[str], kind: WatchKind | None) -> None:
    """Follow them no more. Raises UsageError with suggestions for whom one does not follow."""
    engine = open_to_read(db)
    with writing(engine) as session:
        for name in _given(names):
            each = _on_list(session, name, kind)
            remove_watched(session, each.kind, each.name)
            say(f"{each.kind} {each.name}: not watched any more")


def list_watched(db: str | None, format: str) -> None:
    """Print whom one follows."""
    engine = open_to_read(db)
    with Session(engine) as session:
        watched = watchlist(session)
        companies = load_companies(session, [each.name for each in watched if each.kind == "company"])
    emit(watch_listing(watched, companies, sample=database_kind(engine) == "sample"), format, None)
    if not watched:
        say("Nobody yet; `dailies watch add NAME` follows a company, an investor or a segment.")


def _given(names: Sequence[str]) -> Sequence[str]:
    if not names:
        raise UsageError("name whom: a company, an investor or a segment; `dailies watch list` shows the list")
    return names


def _named(session: Session, name: str, kind: WatchKind | None) -> Watched:
    """Who this is: of the given kind, or of the only one in which somebody goes by this name."""
    if kind is not None:
        return _of_kind(session, name, kind)
    found: list[Watched] = []
    if companies_named(session, name):
        found.append(_of_kind(session, name, "company"))
    for each in ("investor", "segment"):
        try:
            found.append(_of_kind(session, name, each))
        except UsageError:
            continue
    if len(found) == 1:
        return found[0]
    if found:
        kinds = " or ".join(f"--kind {each.kind}" for each in found)
        raise UsageError(f"{terminal_text(name)!r} is more than one: say {kinds}")
    known = [*(each for each, _ in all_names(session)), *curated_investors(), *SEGMENTS]
    instead = did_you_mean(alike(name, set(known), partly=True))
    raise UsageError(f"no company, investor or segment is called {terminal_text(name)!r}{instead}")


def _of_kind(session: Session, name: str, kind: WatchKind) -> Watched:
    if kind == "company":
        return Watched(kind, one_company(session, name).key)
    if kind == "investor":
        return Watched(kind, known_investor(name, ()))
    return Watched(kind, known_value("segment", name, SEGMENTS))


def _on_list(session: Session, name: str, kind: WatchKind | None) -> Watched:
    watched = [each for each in watchlist(session) if kind in (None, each.kind)]
    spelled = {each.name: each for each in watched}
    companies = [key for key in companies_named(session, name) if key in spelled]
    if len(companies) == 1:
        return spelled[companies[0]]
    return spelled[known_value("name on the watchlist", name, spelled)]
