"""Checks a language model's answer against the article it is about: what is not in the text is refused, and counted.

A model may find what the rules miss; it may not add a number, a name or a word. Evidence must stand in the article
verbatim, the company must be named there, a sum must be one that our own reader finds in the sentence, and every other
name must occur. Status is the more doubtful of the model's and the rules'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, cast

from db.identity import candidate_key
from db.model import CLAIM_FIELDS, Article, Claim, ClaimType, FieldValue, Reading, Status
from db.values import Money, PartialDate
from pipeline.attribution import is_denied, is_rumored, origin, said_by, status_of
from pipeline.counts import find_counts
from pipeline.dates import find_dates
from pipeline.document import CompanyName, names_of
from pipeline.fold import fold_text
from pipeline.model_question import enumerations
from pipeline.money import find_money
from pipeline.names import Names
from pipeline.sentences import paragraphs, sentences
from pipeline.series import find_series

LONGEST_EVIDENCE = 600
MOST_FACTS = 60
"""An article tells fewer; an answer with more is not believed further."""
_NEEDS_MONEY = frozenset({"valuation", "total_funding", "metric"})


class Refused(Exception):
    """A fact of an answer that is not believed; the text says why."""


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """What is left of an answer: claims that stand in the article, and the reason for each fact refused."""

    claims: tuple[Claim, ...]
    refused: tuple[str, ...]


def check_answer(article: Article, answer: object) -> CheckedAnswer:
    """The claims of an answer that the article bears out. Any JSON value may come in; none raises."""
    facts = answer.get("facts") if isinstance(answer, dict) else None
    if not isinstance(facts, list):
        return CheckedAnswer((), ("the answer is no object with a list of facts",))
    title, text = fold_text(article.title), fold_text(article.text)
    names = names_of(article, title, text)
    claims: list[Claim] = []
    refused: list[str] = []
    for fact in facts[:MOST_FACTS]:
        try:
            claims.append(_claim(article, names, fact))
        except Refused as error:
            refused.append(str(error))
    refused.extend("more facts than an article tells" for _ in facts[MOST_FACTS:])
    return CheckedAnswer(tuple(claims), tuple(refused))


def joined(reading: Reading, answered: Sequence[Claim]) -> Reading:
    """A reading by the rules with the model's claims that say something else: both are one article, one witness."""
    new: list[Claim] = []
    for claim in answered:
        if not any(_says_the_same(claim, other) for other in (*reading.claims, *new)):
            new.append(claim)
    return replace(reading, claims=(*reading.claims, *new))


def _says_the_same(one: Claim, other: Claim) -> bool:
    if (one.type, one.company_key) != (other.type, other.company_key):
        return False
    if one.money is not None and other.money is not None:
        return (one.money.amount, one.money.currency) == (other.money.amount, other.money.currency)
    return one.sentence == other.sentence or one.fields == other.fields


@dataclass(frozen=True, slots=True)
class _Place:
    """Where evidence stands, and the sentence around it, as written and folded."""

    where: Literal["title", "text"]
    start: int
    evidence: str
    sentence: str

    @property
    def folded(self) -> str:
        return fold_text(self.sentence)


def _claim(article: Article, names: Names, fact: object) -> Claim:
    if not isinstance(fact, dict) or not isinstance(fact.get("type"), str) or fact["type"] not in CLAIM_FIELDS:
        raise Refused("of no type we know")
    kind = cast(ClaimType, fact["type"])
    place = _place(article, fact.get("evidence"))
    company = _company(article, names, fact.get("company"))
    money = _money(article, kind, fact, place)
    who = said_by(place.folded, article.language)
    if who == "none" and article.publisher_company == company.key:
        who = "company"
    return Claim(
        type=kind,
        company=company.name,
        company_key=company.key,
        company_known=company.known,
        status=status_of(_status(article, fact.get("status"), place), who),
        said_by=who,
        origin=origin(place.folded, article.language),
        where=place.where,
        start=place.start,
        end=place.start + len(place.evidence),
        evidence=place.evidence,
        sentence=place.sentence,
        event_date=_date(article, fact.get("date"), place),
        money=money,
        fields={name: value for name, value in _fields(article, kind, fact, place) if value is not None},
    )


def _place(article: Article, evidence: object) -> _Place:
    if not isinstance(evidence, str) or not evidence.strip() or len(evidence) > LONGEST_EVIDENCE:
        raise Refused("without usable evidence")
    start = article.text.find(evidence)
    if start < 0:
        start = article.title.find(evidence)
        if start < 0:
            raise Refused(f"evidence that does not stand in the article: {evidence[:80]!r}")
        return _Place("title", start, evidence, article.title)
    first, last = _sentence_around(article, start, start + len(evidence))
    return _Place("text", start, evidence, article.text[first:last])


def _sentence_around(article: Article, start: int, end: int) -> tuple[int, int]:
    """The span of the sentences a span begins and ends in."""
    first, last = start, end
    for begin, stop in paragraphs(article.text):
        if stop <= start or begin >= end:
            continue
        for one, other in sentences(article.text, begin, stop, article.language):
            if one < end and start < other:
                first, last = min(first, one), max(last, other)
    return first, last


def _company(article: Article, names: Names, written: object) -> CompanyName:
    if not isinstance(written, str) or len(written.strip()) < 2:
        raise Refused("of no company")
    written = written.strip()
    for source, mentions in ((article.text, names.in_text), (article.title, names.in_title)):
        for each in mentions:
            if each.kind == "company" and written in (each.name, source[each.start : each.end]):
                return CompanyName(each.key, each.name, each.known)
    if written not in article.text and written not in article.title:
        raise Refused(f"of a company the article does not name: {written[:60]!r}")
    return CompanyName(candidate_key(written), written, False)


def _money(article: Article, kind: ClaimType, fact: Mapping[str, Any], place: _Place) -> Money | None:
    """The sum as our own reader finds it in the sentence; a sum that it does not find there refuses the fact."""
    wanted = fact.get("amount")
    if wanted is None:
        if kind in _NEEDS_MONEY:
            raise Refused(f"a {kind} without its sum")
        return None
    try:
        amount = Decimal(str(wanted))
    except InvalidOperation as error:
        raise Refused(f"a sum that is no number: {str(wanted)[:40]!r}") from error
    found = [each.money for each in find_money(place.folded, article.language)]
    if kind == "metric":
        found += [each.number for each in find_counts(place.folded, article.language) if each.unit != "%"]
    for money in found:
        if money.amount == amount and fact.get("currency") in (None, money.currency):
            return money
    raise Refused(f"a sum that its sentence does not state: {wanted} {fact.get('currency') or ''}".rstrip())


def _status(article: Article, said: object, place: _Place) -> Status | None:
    """Not done where the model or the rules say so; None: done."""
    if said == "denied" or is_denied(place.folded, article.language):
        return "denied"
    if said != "done" or is_rumored(fold_text(place.evidence), article.language):
        return "rumored"
    return None


def _date(article: Article, said: object, place: _Place) -> PartialDate | None:
    """A date only where the sentence tells it, or where it is the day of publication."""
    try:
        date = PartialDate(str(said))
    except ValueError:
        return None
    if article.published is not None and date.iso == article.published.isoformat():
        return date
    told = [each.date for each in find_dates(place.folded, article.published, article.language) if each.date]
    return date if any(each.contains(date) or date.contains(each) for each in told) else None


def _fields(
    article: Article, kind: ClaimType, fact: Mapping[str, Any], place: _Place
) -> Iterator[tuple[str, FieldValue]]:
    """The type's own fields: names only as the article writes them, numbers and rounds only as the sentence does."""
    counted = {each.number.amount for each in find_counts(place.folded, article.language)}
    rounds = {each.investment_type: each.qualifier for each in find_series(place.folded, article.language)}
    for name in CLAIM_FIELDS[kind]:
        value = fact.get(name)
        if isinstance(value, list):
            listed = [each for each in value if isinstance(each, str) and _is_written(article, each)]
            if listed:
                yield name, listed
        elif name == "investment_type":
            told = value if isinstance(value, str) and value in rounds else "series_unknown"
            yield name, told
            yield "series_qualifier", rounds.get(told)
        elif name in enumerations():
            if isinstance(value, str) and value in enumerations()[name]:
                yield name, value
        elif isinstance(value, int) and not isinstance(value, bool):
            if Decimal(value) in counted:
                yield name, value
        elif isinstance(value, str) and name != "series_qualifier" and _is_written(article, value):
            yield name, value


def _is_written(article: Article, value: str) -> bool:
    return bool(value.strip()) and (value in article.text or value in article.title)
