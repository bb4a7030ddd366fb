"""`judge` and `judgements`: what persons decide about claims and companies, and taking it back."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.commands.output import emit, say
from dailies.commands.page_output import open_to_read
from dailies.facts.forming import form_stale_facts
from dailies.facts.naming import article_key_of, claim_key_of, known_value, looks_like_id, one_company
from dailies.failures import UsageError
from db.claims.articles import is_article
from db.claims.history import last_held
from db.claims.judgements import MadeJudgement, add_judgement, judgement, judgements, take_back
from db.claims.store import claim_keys_of, claims_by_key
from db.claims.stories import renew_stories
from db.connection.engine import database_kind, writing
from db.facts.change_log import changes_since
from db.facts.stale import mark_stale
from db.knowledge.companies import load_companies
from db.model import CLAIM_FIELDS, StoredClaim
from db.nouns.facts import JudgementKind
from db.schema.tables import JudgementRow
from pipeline import near_copies
from reports.escaping import terminal_text
from reports.listings.changes import what_changed
from reports.listings.judgements import judgement_lines, judgement_listing

_IDS_NEEDED: dict[JudgementKind, int] = {"same": 2, "different": 2, "wrong": 1, "prefer": 2}
_USAGE = {
    "same": "`judge same ID ID`, `judge same ARTICLE ARTICLE` or `judge same COMPANY COMPANY`",
    "different": "`judge different ID ID`, `judge different ARTICLE ARTICLE` or `judge different COMPANY COMPANY`",
    "wrong": "`judge wrong ID`",
    "prefer": "`judge prefer ID FIELD`",
}


def judge(db: str | None, kind: JudgementKind, ids: Sequence[str], *, reason: str, author: str | None) -> str:
    """Keep a judgement and form the facts it touches; its name ("j2"). Raises UsageError where these ids make none."""
    if len(ids) != _IDS_NEEDED[kind]:
        raise UsageError(f"write {_USAGE[kind]}")
    if not reason.strip():
        raise UsageError("give a --reason: whoever reads it later has nothing else")
    engine, moment = open_to_read(db), datetime.now(UTC)
    with Session(engine) as session:
        subject = _subject(session, kind, ids)
    with writing(engine) as session:
        row = JudgementRow(
            kind=kind,
            about=subject.about,
            subject=subject.keys[0],
            other=subject.keys[1] if len(subject.keys) > 1 else None,
            field=subject.field,
            author=author or getpass.getuser(),
            reason=reason.strip(),
            made_at=moment,
        )
        number = add_judgement(session, row)
        _touch(session, subject.about, subject.keys)
    say(f"j{number} is noted.")
    _form(engine, moment)
    return f"j{number}"


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a judgement is about: one or two keys of claims or companies, and a field."""

    about: Literal["claim", "company", "article"]
    keys: tuple[str, ...]
    field: str | None = None


def _subject(session: Session, kind: JudgementKind, ids: Sequence[str]) -> _Subject:
    if kind in ("same", "different"):
        articles = [key for each in ids if (key := article_key_of(each)) is not None]
        if len(articles) == len(ids):
            return _Subject("article", tuple(_article(session, key) for key in articles))
        if not any(looks_like_id(each) for each in ids):
            return _same_company(session, *ids) if kind == "same" else _other_company(session, *ids)
    return _about_claims(session, kind, ids)


def _article(session: Session, key: str) -> str:
    if not is_article(session, key):
        raise UsageError(f"no article has the key {key}; `dailies articles --format csv` lists them")
    return key


def _about_claims(session: Session, kind: JudgementKind, ids: Sequence[str]) -> _Subject:
    asked = ids[:1] if kind in ("wrong", "prefer") else ids
    claims = [_claim(session, each) for each in asked]
    if len(claims) == 2:
        one, other = claims
        if one.key == other.key:
            raise UsageError("both ids name the same claim")
        if (one.claim.company_key, one.claim.type) != (other.claim.company_key, other.claim.type):
            raise UsageError(
                f"{ids[0]} is a {one.claim.type} of {one.claim.company}, {ids[1]} a {other.claim.type} of "
                f"{other.claim.company}: no fact is both; judge the companies the same first, if they are"
            )
        return _Subject("claim", (one.key, other.key))
    return _Subject("claim", (claims[0].key,), _field(claims[0], ids[1]) if kind == "prefer" else None)


def _claim(session: Session, asked: str) -> StoredClaim:
    key = claim_key_of(asked)
    found = claims_by_key(session, [key]).get(key)
    if found is None:
        raise UsageError(f"{terminal_text(asked)} names no claim that is held; `dailies why` tells what became of it")
    return found


def _field(stored: StoredClaim, name: str) -> str:
    claim = stored.claim
    stated = [each for each in CLAIM_FIELDS[claim.type] if claim.fields.get(each) not in (None, "", [])]
    stated += ["amount"] if claim.money is not None else []
    stated += ["event_date"] if claim.event_date is not None else []
    return known_value("field of this claim", name, stated)


def _same_company(session: Session, one: str, other: str) -> _Subject:
    first, second = one_company(session, one), one_company(session, other)
    if first.key == second.key:
        raise UsageError(f"both are {first.name}")
    if not (first.candidate or second.candidate):
        raise UsageError(
            f"{first.name} and {second.name} are both curated; make them one in db/knowledge/companies.yml"
        )
    part, whole = (first, second) if first.candidate else (second, first)
    return _Subject("company", (part.key, whole.key))


def _other_company(session: Session, one: str, other: str) -> _Subject:
    first, second = one_company(session, one), one_company(session, other)
    if first.key == second.key:
        raise UsageError(f"both are {first.name}")
    return _Subject("company", (first.key, second.key))


def _touch(session: Session, about: str, keys: Sequence[str]) -> None:
    """Note whose facts a judgement that was just made or taken back touches: those of its claims, companies, articles.

    Of companies, all claims of the one that is part of the other.
    """
    if about == "article":
        renew_stories(session, keys, near_copies, "judgement")
        return
    if about == "company":
        part, whole = keys
        touched = [(company, key) for key in claim_keys_of(session, part) for company in (part, whole)]
    else:
        touched = [(each.claim.company_key, each.key) for each in claims_by_key(session, keys).values()]
    mark_stale(session, touched, "judgement")


def _form(engine: Engine, moment: datetime) -> None:
    form_stale_facts(engine)
    with Session(engine) as session:
        changed = [each.change for each in changes_since(session, moment)]
        companies = load_companies(session, [change.company_key for change in changed])
    for change in changed:
        name = companies[change.company_key].name
        say(f"  {change.fact_id} of {terminal_text(name)}: {terminal_text(what_changed(change))}")
    if not changed:
        say("No fact changes by it today.")


def list_judgements(db: str | None, format: str, output: Path | None) -> None:
    """Print every judgement ever made, and what it is about."""
    engine = open_to_read(db)
    with Session(engine) as session:
        made = judgements(session)
        keys = [key for each in made if each.about == "claim" for key in (each.subject, each.other) if key]
        lines = judgement_lines(made, last_held(session, keys))
    emit(judgement_listing(lines, sample=database_kind(engine) == "sample"), format, output)


def undo(db: str | None, name: str, *, reason: str, author: str | None) -> None:
    """Take a judgement back and form the facts it touched. Raises UsageError where there is none to take back."""
    engine, moment = open_to_read(db), datetime.now(UTC)
    with writing(engine) as session:
        found = _standing(session, name)
        keys = [found.subject, *([found.other] if found.other else [])]
        _touch(session, found.about, keys)
        take_back(session, found.id, author or getpass.getuser(), reason.strip(), moment)
        _touch(session, found.about, keys)
    say(f"j{found.id} is taken back.")
    _form(engine, moment)


def _standing(session: Session, name: str) -> MadeJudgement:
    digits = name.strip().lower().removeprefix("j")
    found = judgement(session, int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
    if found is None:
        raise UsageError(f"no judgement is called {terminal_text(name)!r}; `dailies judgements` lists them")
    if found.undone_at is not None:
        raise UsageError(
            f"j{found.id} was taken back on {found.undone_at:%Y-%m-%d} by {terminal_text(str(found.undone_by))}"
        )
    return found
