"""Suits that an English text speaks of: "Disney's lawsuit against Midjourney", "a suit that Disney brought"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from db.model import Claim
from db.values import PartialDate
from pipeline.english.claim_builder import make
from pipeline.english.dated_statements import dated, dated_statement
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import company_of, references, subject_company, weight
from pipeline.english.patterns import any_of, gated
from pipeline.english.plaintiffs import joined_names, plaintiff_of
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.names.company_name import CompanyName

_TABLE = "english_lawsuits"
_RULED = any_of(_TABLE, "ruled")
_LATER = any_of(_TABLE, "later")
_FILED = any_of(_TABLE, "filed")
_NOUN = any_of(_TABLE, "noun")
_BROUGHT = gated(_TABLE, "brought")
_BROUGHT_BY = gated(_TABLE, "brought_by")
_UNNAMED = any_of(_TABLE, "unnamed")
_SEPARATE = any_of(_TABLE, "separate")
_RULED_FOR = any_of(_TABLE, "ruled_for")
_FILED_BY = any_of(_TABLE, "filed_by")

_OF_COURT = re.compile(r"\b(?:[Cc]ourt|[Jj]udges?|[Jj]ury|[Tt]ribunal)\b")


def filed_on(sentence: Sentence) -> PartialDate | None:
    """The day a suit told of was filed on: "Disney's lawsuit against Pika, filed in January"."""
    for statement in sentence.parsed.statements:
        if statement.verb.lemma in _FILING and (statement.reduced or statement.verb.passive or statement.relative):
            told = dated_statement(sentence, statement, statement.verb.main, own=True)
            if told is not None and told.date is not None and told.start > statement.verb.end:
                return told.date
    return None


_FILING = frozenset(("file", "bring", "launch", "lodge", "start"))


def is_suit_brought(text: str) -> bool:
    """Whether a sentence tells of "a suit that Disney brought"."""
    return _BROUGHT.search(text) is not None


def suits_spoken_of(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A suit that a noun tells: who brought it stands beside it."""
    brought = _BROUGHT.search(sentence.text)
    found = list(_brought(sentence, document, brought) if brought is not None else _against(sentence, document))
    by = _BROUGHT_BY.search(sentence.text) if not found else None
    yield from _brought(sentence, document, by) if by is not None else found


def _against(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A suit that is spoken of: "Disney's lawsuit against Midjourney", "a suit filed by Disney accuses Midjourney"."""
    text = sentence.text
    match = _NOUN.search(text) or _FILED_BY.search(text)
    unnamed = _UNNAMED.search(text) if match is None else None
    match = match or unnamed or _SEPARATE.search(text)
    statement = sentence.parsed.at(match.start()) if match else None
    if match is None:
        return
    groups = match.groupdict()
    plaintiff = groups.get("plaintiff") or joined_names(groups.get("by") or "")
    if plaintiff is None and unnamed is None and statement is not None and not statement.verb.passive:
        plaintiff = plaintiff_of(sentence, statement.subject, document)
        if plaintiff is not None and _OF_COURT.search(plaintiff):
            ruled = _RULED_FOR.search(text)
            plaintiff = ruled["by"] if ruled is not None else None
    if match.re.groupindex.get("separate") and sentence.topic is not None and plaintiff is not None:
        on = filed_on(sentence)
        span, told = (match.start(), match.end()), {"plaintiff": plaintiff}
        yield make(document, sentence, "lawsuit", sentence.topic, span, status=None, on=on, fields={**told})
        return
    for each in references(sentence, document):
        if (
            match.end() <= each.start <= match.end() + 40
            and each.company.name != plaintiff
            and (plaintiff is not None or unnamed)
        ):
            on = filed_on(sentence) or date_of(document, sentence, match.start())
            status = unrealised(sentence, match.start(), match.start())
            if _RULED.search(text) or _LATER.search(text):
                if _FILED.search(document.text) and _RULED.search(text):
                    return
                status, on = None, None  # what a court decides, it decides on a suit filed before
            fields = {"plaintiff": plaintiff}
            yield make(
                document,
                sentence,
                "lawsuit",
                each.company,
                (match.start(), each.end),
                status=status,
                on=on,
                fields=fields,
            )
            return


def _brought(sentence: Sentence, document: Document, match: re.Match[str]) -> Iterator[Claim]:
    """As in "MiniMax faces a suit that Disney brought in September": against whom it says, else who faces it."""
    plaintiff = joined_names(match["by"])
    behind = [
        each
        for each in references(sentence, document)
        if match.end() <= each.start <= match.end() + 40 and " against " in sentence.text[match.end() - 1 : each.start]
    ]
    first = sentence.parsed.statements[0].subject if sentence.parsed.statements else None
    facing = subject_company(first, sentence, document) or sentence.topic
    defendant = behind[0].company if behind else facing
    if not behind and defendant is not None and plaintiff is not None and _is_one_of(defendant, plaintiff):
        defendant = _told_before(sentence, document, plaintiff)  # "A parallel suit that Getty filed goes ahead"
    if defendant is None or plaintiff is None or _is_one_of(defendant, plaintiff):
        return
    status = unrealised(sentence, match.end() - 1, match.end())
    told = next((each for each in sentence.dates if match.start() <= each.start < match.end()), None)
    told = told or next((each for each in sentence.dates if 0 <= each.start - match.end() <= 40), None)
    told = told or dated(sentence, match.end() - 1)
    on = told.date if told is not None else None
    span = (match.start(), match.end())
    fields = {"plaintiff": plaintiff}
    yield make(document, sentence, "lawsuit", defendant, span, status=status, on=on, fields=fields)


def _is_one_of(company: CompanyName, plaintiff: str) -> bool:
    """Whether a company is who sues, in full or in short."""
    return company.name in plaintiff or any(company.name.startswith(f"{each} ") for each in plaintiff.split("; "))


def _told_before(sentence: Sentence, document: Document, plaintiff: str) -> CompanyName | None:
    """The company of the field named last before a sentence that is not the one that sues."""
    for earlier in reversed(document.sentences[: sentence.number]):
        for each in reversed(earlier.mentions):
            company = company_of(each, document)
            if company is not None and each.known and weight(company) > 1 and not _is_one_of(company, plaintiff):
                return company
    return None


def each_suit_once(claims: Sequence[Claim]) -> list[Claim]:
    """Without what a headline tells of a suit whose plaintiffs the text names, all or more of them."""
    suits = [claim for claim in claims if claim.type == "lawsuit"]
    return [
        claim
        for claim in claims
        if claim.type != "lawsuit"
        or not any(other.company_key == claim.company_key and _suing(claim) < _suing(other) for other in suits)
    ]


def _suing(claim: Claim) -> frozenset[str]:
    return frozenset(filter(None, str(claim.fields.get("plaintiff") or "").split("; ")))
