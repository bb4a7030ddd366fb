"""Who put money into a round, from English: the names beside "led by", "joined", "with participation from"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.english.document import Sentence
from pipeline.english.name_lists import Span, names_in, places
from pipeline.english.patterns import any_of, gated
from pipeline.english.people import ROLE, people_in
from pipeline.english.statements import Statement
from pipeline.english.telling import chain
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedAlternatives, GatedPattern

_TABLE = "english_investors"
_ASIDE = gated(_TABLE, "aside")
_LEADS_IT = any_of(_TABLE, "leads_it")
_LEAD = any_of(_TABLE, "lead")
_NAMED_FIRST = any_of(_TABLE, "named_first")
_OWN = gated(_TABLE, "own")

_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")


def find_backers(sentence: Sentence) -> tuple[list[Span], list[Span]]:
    """The spans of the names of those who put money in, and of those that led; advisers and arrangers are left out."""
    if _pattern("adviser").search(sentence.text) and not re.search(r"\bled by\b", sentence.text):
        return [], []
    if _DECIMAL.search(sentence.text):
        sentence = replace(sentence, text=_DECIMAL.sub("_", sentence.text))  # no point of a number ends a list
    text, leaders = _without_asides(sentence.text)
    led = list(dict.fromkeys([*_led(sentence, text), *leaders]))
    every = list(dict.fromkeys([*led, *_joined(sentence, text)]))
    kept: list[Span] = []
    for span in sorted(every, key=lambda each: (each[0], -each[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept, [span for span in kept if span in led]


def _without_asides(text: str) -> tuple[str, list[Span]]:
    """A text with what is said of single names blanked, and the names said to have led."""
    leaders: list[Span] = []
    pieces, done = [], 0
    for match in _ASIDE.finditer(text):
        if match["place"] is not None and match["place"] not in places():
            continue
        if match["person"] is None and _LEADS_IT.match(match["told"] or match["bracketed"]):
            leaders.extend(_name_before(text, match.start()))
        comma = "," if match[0].startswith(",") and not text.startswith(",", match.end()) else ""
        pieces += [text[done : match.start()], comma.ljust(len(match[0]))]
        done = match.end()
    return ("".join([*pieces, text[done:]]) if pieces else text), leaders


_BEFORE = re.compile(r"(?:[A-Z][\w&.-]*(?: & | ))*[A-Z][\w&.-]*\Z")


def _name_before(text: str, end: int) -> Iterator[Span]:
    """The name that ends at a place."""
    match = _BEFORE.search(text, max(0, end - 60), end)
    if match is not None:
        yield from names_in(text, match.start(), end)


def _opened(text: str) -> str:
    """A sentence without the capital it begins with, for patterns that may begin it."""
    return f"{text[:1].lower()}{text[1:]}"


def _led(sentence: Sentence, text: str) -> Iterator[Span]:
    opened = _opened(text)
    for match in _pattern("led_by").finditer(opened):
        near = opened if match.start() == 0 else opened[max(0, match.start() - 110) : match.end()]
        labelled = match[0].endswith(": ")
        about = labelled or _pattern("rounds").search(near) or "nvest" in opened
        if ROLE.match(text, match.end()) or not about:
            continue
        names = list(names_in(text, match.end()))
        if not (opened.startswith("it ") and names and people_in(text, names[0][0], names[-1][1], [])):
            yield from names  # but "It is led by Jane Roe": a company
    for statement in sentence.parsed.statements:
        if _is_not_done(sentence, statement):
            continue
        if _takes_lead(sentence, statement):
            yield from _subject_names(sentence, statement)
        if (
            statement.verb.lemma in lexicon("pipeline.lexicon", "english_investors")["givers"]
            and not statement.verb.passive
            and not statement.reduced
            and _about_round(sentence, statement)
        ):
            yield from _subject_names(sentence, statement)


_NOT = re.compile(r"\b(?:not|never)\b|n't\b")
_REFUSES = frozenset(("decline", "refuse", "fail", "forget", "deny"))


def _is_not_done(sentence: Sentence, statement: Statement) -> bool:
    """Whether somebody did not put money in: "declined to invest", "did not take part"."""
    if statement.verb.group and _NOT.search(statement.verb.group):
        return True
    return any(link.verb.lemma in _REFUSES for link in chain(sentence, statement)[1:])


def _takes_lead(sentence: Sentence, statement: Statement) -> bool:
    """As in "took the lead", "shared the lead", "was the lead investor"."""
    return bool(_LEAD.match(sentence.text, statement.verb.end)) and statement.verb.lemma in (
        "take",
        "share",
        "be",
        "have",
    )


def _about_round(sentence: Sentence, statement: Statement) -> bool:
    """Whether what is led is a round: named behind the verb, or before "that X and Y led together"."""
    behind = sentence.text[statement.verb.end : min(len(sentence.text), statement.verb.end + 70)]
    if re.match(
        r"(?: together| jointly)?(?:,? (?:back )?(?:in|on|last|early|late|earlier)\b[^.,;]{2,24})?(?:[.,;]|$)"
        r"| and (?:(?:was|were) joined|[A-Z][^.;]{2,80} (?:followed|joined|participated|took part))\b",
        behind,
    ):
        subject = statement.subject
        if statement.verb.lemma == "co-lead":
            return True  # nothing else is led together
        if subject is not None and any(mention.kind == "investor" for mention in subject.names):
            return True
        if subject is not None and subject.start <= 2 and _NAMED_FIRST.match(sentence.text):
            return True  # "Existing investor Ada Ventures led; ..."
        return subject is not None and bool(_pattern("rounds").search(sentence.text[: subject.start]))
    return bool(_pattern("rounds").search(re.split(r"[.;]|, ", behind)[0]))


def puts_money_in(sentence: Sentence, statement: Statement) -> bool:
    """Whether somebody takes part in a round by a statement: "came in as shareholders", "also invested"."""
    follows = _joiners().get(statement.verb.lemma)
    return follows is not None and not statement.verb.passive and bool(follows.match(sentence.text, statement.verb.end))


def _joined(sentence: Sentence, text: str) -> Iterator[Span]:
    for match in _joined_by().finditer(_opened(text)):
        yield from names_in(text, match.end())
    for match in _OWN.finditer(text):
        yield match.span("name")
    for statement in sentence.parsed.statements:
        if not statement.reduced and puts_money_in(sentence, statement) and not _is_not_done(sentence, statement):
            yield from _subject_names(sentence, statement)


def _subject_names(sentence: Sentence, statement: Statement) -> Iterator[Span]:
    subject = statement.subject
    if subject is None or subject.refers is not None:
        return
    relative = re.search(r", (?:which|who|both|all)\b", sentence.text[subject.start : subject.end])
    stop = subject.start + relative.start() if relative else subject.end
    firm = _OF_FIRM.fullmatch(sentence.text, subject.start, stop)
    if firm is None:
        yield from names_in(sentence.text, subject.start, stop)
    elif (firm["firm"] or firm["of"]) not in places():
        yield firm.span("firm" if firm["firm"] else "of")


_PERSON = r"[A-Z][\w-]+(?: [A-Z][\w-]+)+"
_OF_FIRM = re.compile(
    rf"(?P<firm>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){{0,3}})(?:['’]s| (?:general |managing )?partner),? {_PERSON}"
    rf"|{_PERSON} (?:of|from|at) (?P<of>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){{0,3}})"
)
"""A person who acts for a firm: "Northzone's Jane Roe", "Jane Roe of Northzone"."""


@cache
def _joined_by() -> GatedAlternatives:
    return GatedAlternatives(lexicon("pipeline.lexicon", "english_investors")["joined"])


@cache
def _pattern(kind: str) -> GatedPattern:
    table = lexicon("pipeline.lexicon", "english_investors")[kind]
    return GatedPattern("|".join(table) if isinstance(table, list) else table)


@cache
def _joiners() -> dict[str, re.Pattern[str]]:
    table = lexicon("pipeline.lexicon", "english_investors")["joiners"]
    return {lemma: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for lemma, patterns in table.items()}
