"""Layoffs told in English: how many people, or which share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from db.model import Claim, FieldValue
from pipeline.english.claim_builder import make
from pipeline.english.deeds import Deed, deeds
from pipeline.english.document import Document, Sentence
from pipeline.english.layoff_numbers import PEOPLE, SMALL_NUMBERS, WORKFORCE, is_base, numbers_of, plain
from pipeline.english.layoff_phrases import cut_in
from pipeline.english.parties import references, referred, subject_company
from pipeline.english.patterns import any_of, each_of, gated
from pipeline.english.payees import party_at
from pipeline.english.statements import Statement
from pipeline.english.telling import is_decided, unrealised
from pipeline.english.told_dates import date_of
from pipeline.names.company_name import CompanyName

_TABLE = "english_layoffs"


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """One layoff a sentence, with headcount and percentage where told."""
    told: set[str] = set()
    for deed in deeds(sentence, "layoffs"):
        behind = sentence.text[deed.statement.verb.end : _stop(sentence, deed)]
        subject = deed.statement.subject
        beside = sentence.text[subject.start : subject.end] if subject else ""
        people = beside if _moves_its_subject(deed) else behind
        if not _tells(deed, people, behind) or re.search(r"\bnever\b", deed.statement.verb.group):
            continue
        moved = subject.start if subject and subject.start < deed.start else deed.start
        begin = moved if _moves_its_subject(deed) else deed.statement.verb.start
        fields = numbers_of(sentence, deed.statement, begin, _stop(sentence, deed))
        company = _company(sentence, document, deed)
        if (
            company is not None
            and company.key not in told
            and (
                fields
                or any_of(_TABLE, "layoff").search(sentence.text)
                or any_of(_TABLE, "most_of_them").search(people)
            )
        ):
            told.add(company.key)
            yield _claim(sentence, document, company, deed.start, _stop(sentence, deed), fields, deed.statement)
    if not told:
        found = _everybody(sentence, document) or [*_in_phrases(sentence, document)]
        yield from found or _noun(sentence, document)


def _moves_its_subject(deed: Deed) -> bool:
    """Whether those who go are the subject: "forty people were let go", "forty jobs will go"."""
    return deed.statement.is_suffered or deed.kind in ("loses", "goes", "disappears")


def _tells(deed: Deed, people: str, behind: str) -> bool:
    """Whether it is people who are cut."""
    return not _has("not_people", re.split(r"[,.;]", behind)[0]) and _TELLS[deed.kind](deed, people)


def _has(name: str, words: str) -> bool:
    return any_of(_TABLE, name).search(words) is not None


def _are_ours(deed: Deed, people: str) -> bool:
    return bool(PEOPLE.search(people)) or _has("some_of_ours", people)


def _are_counted(deed: Deed, people: str) -> bool:
    return bool(PEOPLE.search(people)) and _has("how_many", people.lower())


def _are_cut(deed: Deed, people: str) -> bool:
    return bool(PEOPLE.search(people)) or _has("share_of_business", people)


def _are_lost(deed: Deed, people: str) -> bool:
    return not (deed.statement.verb.passive and not _has("posts", people)) and _are_counted(deed, people)


def _have_gone(deed: Deed, people: str) -> bool:
    if _has("posts", people):
        return True
    gone = re.match(r"(?:have|had|will|are to)\b", deed.statement.verb.group)
    return gone is not None and _has("counted_staff", people.lower())


_TELLS: Mapping[str, Callable[[Deed, str], bool]] = {
    "lays": lambda deed, people: True,
    "lets": _are_ours,
    "dismisses": _are_counted,
    "loses": _are_lost,
    "goes": _have_gone,
    "disappears": lambda deed, people: _has("posts", people),
    "tells": lambda deed, people: deed.statement.verb.passive and _are_cut(deed, people),
    "cuts": _are_cut,
}
"""For each kind of the table of deeds: whether what it is done to, `people`, are those who work there."""


def _stop(sentence: Sentence, deed: Deed) -> int:
    """A layoff is told up to the next subject, a hundred characters at most."""
    stop = min(len(sentence.text), deed.statement.verb.end + 100)
    for other in sentence.parsed.statements:
        if (
            other.parent is None
            and not (other.verb.form == "ing" and other.verb.bare)
            and other.verb.start > deed.statement.verb.end
            and other.subject is not None
            and deed.statement.verb.end < other.subject.start < stop
            and "%" not in sentence.text[other.subject.start : other.subject.end]
        ):
            return other.subject.start
    return stop


def _company(sentence: Sentence, document: Document, deed: Deed) -> CompanyName | None:
    subject = deed.statement.subject
    company = subject_company(subject, sentence, document)
    if company is not None:
        return company
    for each in references(sentence, document):
        if deed.statement.verb.end <= each.start < _stop(sentence, deed):
            return each.company
    if subject is not None and (
        subject.head in ("i", "we", "he", "she")
        or deed.statement.verb.passive
        or PEOPLE.search(subject.head)
        or any_of(_TABLE, "part_of_staff").match(sentence.text, subject.start)
        or subject.head in ("founder", "founders", "management", "leaders")
    ):
        return referred(sentence, deed.start, document, described=True)
    return party_at(sentence, deed.start, document)


def _claim(
    sentence: Sentence,
    document: Document,
    company: CompanyName,
    start: int,
    stop: int,
    fields: dict[str, FieldValue],
    told: Statement | None = None,
) -> Claim:
    status = unrealised(sentence, start, start, told)
    decided = (told is not None and is_decided(sentence, told.verb)) or _has("decided", sentence.text)
    if status == "rumored" and decided and sentence.said_by in ("company", "none"):
        status = None
    on = date_of(document, sentence, start if told is None else told.verb.main, told=told)
    return make(document, sentence, "layoffs", company, (start, stop), status=status, on=on, fields=fields)


def _everybody(sentence: Sentence, document: Document) -> list[Claim]:
    """As in "told its 23 employees that all of them would lose their jobs"."""
    match = next(each_of(_TABLE, "everybody").finditer(sentence.text), None)
    if match is None:
        return []
    word = match["number"]
    number = int(word.replace(",", "")) if word[0].isdigit() else SMALL_NUMBERS.get(word.lower())
    company = party_at(sentence, match.start(), document) or referred(sentence, match.start(), document, described=True)
    if number is None or company is None:
        return []
    fields: dict[str, FieldValue] = {"headcount": number}
    if match.groupdict().get("all"):
        fields["percent"] = 100
    return [_claim(sentence, document, company, match.start(), match.end(), fields)]


def _in_phrases(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """As in "gave notice to its 64 employees", "a third of its staff lost their jobs"."""
    cut = cut_in(sentence, document)
    if cut is None:
        return
    company = cut.company or party_at(sentence, cut.start, document)
    company = company or referred(sentence, cut.start, document, described=True)
    if company is not None:
        claim = _claim(sentence, document, company, cut.start, cut.end, cut.fields, cut.told)
        yield replace(claim, status="denied") if cut.denied else claim


def _noun(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """As in "The layoffs affect about 40 people, or 20% of staff"."""
    match = gated(_TABLE, "cuts").search(sentence.text.lower())
    if match is None:
        return
    fields: dict[str, FieldValue] = {}
    for count in sentence.counts:
        if count.unit == "%" and WORKFORCE.search(sentence.text[count.end : count.end + 30]):
            fields["percent"] = plain(float(count.number.amount))
        elif (
            count.unit != "%"
            and PEOPLE.search(count.unit)
            and (not is_base(sentence, count) or sentence.text[match.end() : count.start].strip() in ("of", "of about"))
        ):
            behind = count.start >= match.start()
            between = sentence.text[match.start() : count.start] if behind else sentence.text[count.end : match.start()]
            if (behind and _has("affect", between)) or (not behind and not between.strip()):
                fields["headcount"] = int(count.number.amount)
    company = party_at(sentence, match.start(), document) or referred(sentence, match.start(), document, described=True)
    if company is not None and (fields or _has("announced", sentence.text)):
        yield _claim(sentence, document, company, match.start(), match.end(), fields)
