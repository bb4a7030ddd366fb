"""Checks a language model's answer against the article it is about: what is not in the text is refused, and counted.

A model may find what the rules miss; it may not add a number, a name or a word. Evidence must stand in the article
verbatim, the company must be named there, and values must be borne out (`borne_out.py`). Status is the more doubtful
of the model's and the words'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from db.model import CLAIM_FIELDS, Article, Claim, ClaimType, Status
from db.nouns.identity import candidate_key
from db.values import Money, PartialDate
from pipeline.attribution import is_denied, is_rumored, origin, said_by
from pipeline.evident_claim import Said, evident_claim
from pipeline.fold import fold_text
from pipeline.language_model.borne_out import NotBorneOut, date_told, dates_told, fields_told, sum_told
from pipeline.language_model.question import OF_AI
from pipeline.names.company_name import CompanyName, owners_of
from pipeline.names.find_names import Names, find_names
from pipeline.sentences import paragraphs, sentences

LONGEST_EVIDENCE = 600
MOST_FACTS = 60
"""An article tells fewer; an answer with more is not believed further."""
_NEEDS_MONEY = frozenset({"valuation", "total_funding", "metric"})


class Refused(Exception):
    """A fact of an answer that is not believed; the text says why."""


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """What is left of an answer: claims that stand in the article, and the reason for each fact refused.

    `of_ai` is False where it lists nothing and says that the article is about no company of AI.
    """

    claims: tuple[Claim, ...]
    refused: tuple[str, ...]
    of_ai: bool = True


NO_ANSWER = CheckedAnswer((), ())


def check_answer(article: Article, answer: object) -> CheckedAnswer:
    """The claims of an answer that the article bears out. Any JSON value may come in; none raises."""
    if not isinstance(answer, dict):
        return CheckedAnswer((), ("the answer is no object with lists of facts",))
    title, text = fold_text(article.title), fold_text(article.text)
    names, dates = find_names(title, text, article.language), dates_told(article, text)
    claims: list[Claim] = []
    refused: list[str] = []
    facts = list(_facts(answer))
    for kind, fact in facts[:MOST_FACTS]:
        try:
            claims.append(_claim(article, names, dates, kind, fact))
        except (Refused, NotBorneOut) as error:
            refused.append(str(error))
    refused.extend("more facts than an article tells" for _ in facts[MOST_FACTS:])
    return CheckedAnswer(tuple(claims), tuple(refused), bool(facts) or answer.get(OF_AI) is not False)


def _facts(answer: Mapping[object, object]) -> Iterator[tuple[object, object]]:
    """(type, fact) for everything that is listed under a type."""
    for kind, listed in answer.items():
        if kind != OF_AI:
            yield from ((kind, fact) for fact in (listed if isinstance(listed, list) else [listed]))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where evidence stands, and the sentence around it, as written and folded."""

    where: Literal["title", "text"]
    source: str
    span: tuple[int, int]
    sentence: tuple[int, int]
    paragraph: str

    @property
    def evidence(self) -> str:
        return self.source[slice(*self.span)]

    @property
    def folded(self) -> str:
        return fold_text(self.source[slice(*self.sentence)])


def _claim(article: Article, names: Names, dates: tuple[PartialDate, ...], type_: object, fact: object) -> Claim:
    if type_ not in CLAIM_FIELDS or not isinstance(fact, dict):
        raise Refused("of no type we know")
    kind = cast(ClaimType, type_)
    place = _place(article, fact.get("evidence"))
    company = _company(article, names, fact.get("company"))
    money = _money(article, kind, fact, place)
    by, source = said_by(place.folded, article.language), origin(place.folded, article.language)
    return evident_claim(
        article,
        Said(place.where, place.span, place.sentence, by, source),
        kind,
        company,
        status=_status(article, kind, fact.get("status"), place),
        money=money,
        on=date_told(article, fact.get("date"), dates, place.folded),
        fields=fields_told(article, kind, fact, place.folded, fold_text(place.paragraph)),
    )


def _place(article: Article, evidence: object) -> _Place:
    if not isinstance(evidence, str) or not evidence.strip() or len(evidence) > LONGEST_EVIDENCE:
        raise Refused("without usable evidence")
    start = article.text.find(evidence)
    if start < 0:
        start = article.title.find(evidence)
        if start < 0:
            raise Refused(f"evidence that does not stand in the article: {evidence[:80]!r}")
        span, whole = (start, start + len(evidence)), (0, len(article.title))
        return _Place("title", article.title, span, whole, article.title)
    end = start + len(evidence)
    from_, to = article.text.rfind("\n", 0, start) + 1, article.text.find("\n", end)
    paragraph = article.text[from_ : to if to >= 0 else None]
    return _Place("text", article.text, (start, end), _sentence_around(article, start, end), paragraph)


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
    written, owners = written.strip(), owners_of(names)
    told = {each.key for each in (*names.in_text, *names.in_title) if each.kind == "company"}
    for source, mentions in ((article.text, names.in_text), (article.title, names.in_title)):
        for each in mentions:
            if written not in (each.name, source[each.start : each.end]):
                continue
            if each.kind == "company":
                return CompanyName(each.key, each.name, each.known)
            if each.owner_key in owners and each.owner_key in told:
                return owners[each.owner_key]
    if written not in article.text and written not in article.title:
        raise Refused(f"of a company the article does not name: {written[:60]!r}")
    return CompanyName(candidate_key(written), written, False)


def _money(article: Article, kind: ClaimType, fact: Mapping[str, Any], place: _Place) -> Money | None:
    money = sum_told(article, kind, fact, place.folded)
    if money is None and kind in _NEEDS_MONEY:
        raise Refused(f"a {kind} without its sum")
    return money


_AGREED = frozenset({"acquisition", "leadership_change", "product_launch", "partnership", "shutdown", "layoffs"})
"""Types whose announcement is the news: "will step down" and "will acquire" tell of something settled."""
_FUTURE = re.compile(
    r"\b(?:will|would|is to|are to|is set to|is due to)\b(?! (?:not|consider|likely|probably))|将|即将|计划"
)


def _status(article: Article, kind: ClaimType, said: object, place: _Place) -> Status | None:
    """Not done where the model or the words of the place say so; None: done."""
    if said == "denied" or is_denied(place.folded, article.language):
        return "denied"
    evidence = fold_text(place.evidence)
    if kind in _AGREED:
        evidence = _FUTURE.sub(" ", evidence)
    return "rumored" if said != "done" or is_rumored(evidence, article.language) else None
