"""`search`: full text over companies' names, the sentences of facts, and articles, in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sqlmodel import Session

from dailies.commands.output import emit, say
from dailies.commands.page_output import open_to_read
from dailies.failures import UsageError
from db.connection.engine import database_kind
from db.facts.store import facts_by_id
from db.knowledge.companies import all_names, load_companies
from db.knowledge.name_key import name_key
from db.publishing.search import search_articles, search_facts, spellings
from reports.facts.entries import display_name
from reports.facts.evidence import quote_of
from reports.facts.sum_marks import marked
from reports.listings.search import SearchHit, around, search_listing
from reports.wording.labels import label
from reports.wording.values import ReportLanguage

_WORD = re.compile(r'"([^"]+)"|(\S+)')
_MOST_WORDS = 20
_LONGEST_WORD = 200
_MOST_NAMED = 50


def search(
    db: str | None,
    typed: str,
    format: str,
    output: Path | None,
    *,
    limit: int,
    language: ReportLanguage = "en",
) -> None:
    """List what has all the words typed; a "quoted phrase" is one word. Raises UsageError where nothing is asked."""
    words = [phrase or word for phrase, word in _WORD.findall(typed)]
    words = [word.strip() for word in words if word.strip(' "') and spellings(word)]
    if not words:
        raise UsageError('give a word to search for, or a "quoted phrase"')
    if len(words) > _MOST_WORDS or max(map(len, words)) > _LONGEST_WORD:
        raise UsageError(f"at most {_MOST_WORDS} words of {_LONGEST_WORD} characters; quote a phrase to search for it")
    engine = open_to_read(db)
    with Session(engine) as session:
        named = _named(session, words)
        hits = [
            *_companies(session, named, limit, language),
            *_facts(session, named, limit, language),
            *_articles(session, words, limit),
        ]
    emit(search_listing(hits, sample=database_kind(engine) == "sample", language=language), format, output)
    if not hits:
        say("Nothing has all of these words; `dailies companies --all` lists the companies we know.")


def _named(session: Session, words: Sequence[str]) -> dict[str, list[str]]:
    """The companies each word is a part of a name of; of a word in too many names, none."""
    names = [(name_key(name), key) for name, key in all_names(session)]
    named = {}
    for word in words:
        wanted = name_key(word)
        keys = {key for name, key in names if wanted and wanted in name}
        named[word] = sorted(keys) if len(keys) <= _MOST_NAMED else []
    return named


def _companies(
    session: Session, named: Mapping[str, Sequence[str]], limit: int, language: ReportLanguage
) -> Iterator[SearchHit]:
    """Companies whose names have all the words."""
    keys = sorted(set.intersection(*(set(of) for of in named.values())))
    for key, company in load_companies(session, keys[:limit]).items():
        title = display_name(company, language)
        yield SearchHit("company", key, key, title, None, None, company.name_zh or "", None, None, None)


def _facts(
    session: Session, named: Mapping[str, Sequence[str]], limit: int, language: ReportLanguage
) -> Iterator[SearchHit]:
    found = search_facts(session, named, limit)
    facts = {fact.id: fact for fact in facts_by_id(session, [fact_id for fact_id, _ in found])}
    companies = load_companies(session, [fact.company_key for fact in facts.values()])
    for fact_id, stored in found:
        fact, quote = facts[fact_id], quote_of(stored, language)
        yield SearchHit(
            kind="fact",
            id=fact_id,
            company=fact.company_key,
            title=label(language, "timeline", "of").format(
                display_name(companies[fact.company_key], language), marked(fact, language)
            ),
            when=fact.event_date.iso if fact.event_date else None,
            status=fact.status,
            excerpt=quote.sentence,
            outlet=quote.outlet,
            published=quote.published,
            url=quote.url,
        )


def _articles(session: Session, words: Sequence[str], limit: int) -> Iterator[SearchHit]:
    every_spelling = [each for word in words for each in spellings(word)]
    for found in search_articles(session, words, limit):
        yield SearchHit(
            kind="article",
            id=found.key,
            company="",
            title=found.title,
            when=None,
            status=None,
            excerpt=around(found.text, every_spelling),
            outlet=found.publisher,
            published=found.published,
            url=found.url,
        )
