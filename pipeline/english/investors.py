"""Who put money into a round, from English: the names beside "led by", "joined", "with participation from"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.document import Sentence
from pipeline.english.statements import Statement
from pipeline.gated_pattern import GatedAlternatives, GatedPattern
from pipeline.lexicon_files import lexicon

_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_LONGEST_LIST = 320
_WORD = (
    r"(?:[A-Z][\w&.'’+-]*[\w+]|[A-Z]|[a-z]{1,4}[A-Z]\w+|\d{1,4}[A-Z]\w*|\d{1,4}(?= [A-Z])|a16z|xAI|fal"
    r"|e\.ventures|b2venture|468|@\w+)"
)
_NAME = re.compile(rf"{_WORD}(?:(?: (?:of|de|the|for|und|e|van|von|van der|bin|al) | & | |\s?/\s?){_WORD}){{0,5}}")
_SEPARATOR = re.compile(r",? as well as |, and |,? plus | and |, |; ")
_NOT_NAMES = re.compile(
    r"^(?:It|Its|This|That|In|On|At|A|An|The|And|But|Series|Seed|Investors?|Backers?|January|February"
    r"|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday"
    r"|Thursday|Friday|Saturday|Sunday|"
    r"Existing|New|US|UK|EU|AI|CEO|Others?|Total|He|She|They|We|Neither|Both|All|Staff|Employees|Angels?"
    r"|Hollywood|Silicon Valley|Europe|America|Asia|China|Saudi Arabia|Japan|Founders|Proceeds|Terms"
    r"|Anyone|Nobody|Everyone|Users|Creators|Customers|Backers|Most|Many|Some|Several|Two|Three|Four|Five"
    r"|Half|Shares|Altogether|Together|Overall)$|^\d+$|^Series [A-K]\b"
)
Span = tuple[int, int]


def find_backers(sentence: Sentence) -> tuple[list[Span], list[Span]]:
    """The spans of the names of those who put money in, and of those that led; advisers and arrangers are left out."""
    if _DECIMAL.search(sentence.text):
        sentence = replace(sentence, text=_DECIMAL.sub("_", sentence.text))  # no point of a number ends a list
    if _pattern("adviser").search(sentence.text) and not re.search(r"\bled by\b", sentence.text):
        return [], []
    led = list(dict.fromkeys(_led(sentence)))
    every = list(dict.fromkeys([*led, *_joined(sentence)]))
    kept: list[Span] = []
    for span in sorted(every, key=lambda each: (each[0], -each[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept, [span for span in led if span in kept]


def _led(sentence: Sentence) -> Iterator[Span]:
    for match in _pattern("led_by").finditer(sentence.text):
        if (
            _pattern("rounds").search(sentence.text[max(0, match.start() - 110) : match.start()])
            or "nvest" in sentence.text
        ):
            yield from names_in(sentence.text, match.end())
    for statement in sentence.parsed.statements:
        if _takes_lead(sentence, statement):
            yield from _subject_names(sentence, statement)
        if (
            (
                statement.verb.lemma in lexicon("pipeline.lexicon", "english_investors")["givers"]
                and not statement.verb.passive
            )
            and not statement.reduced
            and _about_round(sentence, statement)
        ):
            yield from _subject_names(sentence, statement)


def _takes_lead(sentence: Sentence, statement: Statement) -> bool:
    """As in "took the lead", "shared the lead", "was the lead investor"."""
    return bool(_LEAD.match(sentence.text, statement.verb.end)) and statement.verb.lemma in (
        "take",
        "share",
        "be",
        "have",
    )


_LEAD = re.compile(
    r" (?:(?:the|a|its) (?:co-)?leads?|in the lead)(?: (?:investors?|role|position))?\b(?! (?:in the race|over))"
)


_NAMED_FIRST = re.compile(
    r"(?:(?:The )?(?:[Ee]xisting|[Ee]arlier|[Nn]ew) (?:investors?|backers?) )?"
    r"[A-Z][\w&.-]+(?: [A-Z][\w&.-]+)* (?:and [A-Z][^.;]{2,40} )?(?:co-)?led\b"
)


def _about_round(sentence: Sentence, statement: Statement) -> bool:
    """Whether what is led is a round: named behind the verb, or before "that X and Y led together"."""
    behind = sentence.text[statement.verb.end : min(len(sentence.text), statement.verb.end + 70)]
    if re.match(
        r"(?: together| jointly)?(?:,? (?:back )?(?:in|on|last|early|late|earlier)\b[^.,;]{2,24})?(?:[.,;]|$)"
        r"| and [A-Z][^.;]{2,80} (?:followed|joined|participated|took part)\b",
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


def _joined(sentence: Sentence) -> Iterator[Span]:
    for match in _joined_by().finditer(sentence.text):
        yield from names_in(sentence.text, match.end())
    for statement in sentence.parsed.statements:
        follows = _joiners().get(statement.verb.lemma)
        if follows is None or statement.verb.passive or statement.reduced:
            continue
        if follows.match(sentence.text, statement.verb.end):
            yield from _subject_names(sentence, statement)


def _subject_names(sentence: Sentence, statement: Statement) -> Iterator[Span]:
    subject = statement.subject
    if subject is None or subject.refers is not None:
        return
    relative = re.search(r", (?:which|who|both|all)\b", sentence.text[subject.start : subject.end])
    stop = subject.start + relative.start() if relative else subject.end
    yield from names_in(sentence.text, subject.start, stop)


def names_in(text: str, start: int, stop: int | None = None) -> Iterator[Span]:
    """The names of a list that begins at a place, up to where it ends; descriptions between commas are passed over."""
    if stop is None:
        stop = min(len(text), start + _LONGEST_LIST)
        end = _list_end(text, start, stop)
    else:
        end = stop
    begin = start
    bounds = [(match.start(), match.end()) for match in _SEPARATOR.finditer(text, start, end)] + [(end, end)]
    for close, following in bounds:
        span = _name(text, begin, close)
        if span is not None:
            yield span
        begin = following


_FUND_OF = re.compile(r"(?:[\w-]+ ){0,2}(?:funds?|arm|vehicle|office|scheme|programme|program|unit|division|team)\b")
_APPOSED = re.compile(r"(?:also )?(?:an?|one of the|its|the) ")


def _list_end(text: str, start: int, stop: int) -> int:
    """A list ends at the first word that goes on with the sentence; an apposition to a name does not end it."""
    for match in _pattern("stop").finditer(text, start, stop):
        before = text[start : match.start()]
        piece = _SEPARATOR.split(before)[-1]
        apposed = re.match(r"(?:a|an|the|its|which|whose) [a-z]", piece)
        abbreviation = match[0] == "." and (
            (match.start() + 1 < len(text) and text[match.start() + 1] not in " \n")
            or re.search(r"\b(?:Inc|Corp|Co|Bros|St|Jr|[A-Z])\Z", before)
        )
        if (apposed and match[0] not in (".", ";")) or abbreviation:
            continue
        return match.start()
    return stop


def _name(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    opens = re.match(r"[A-Z][a-z]+ [a-z]", piece)
    lead = _described().match(piece[:1].lower() + piece[1:] if opens else piece)
    begin = start + (lead.end() if lead else 0)
    match = _NAME.match(text, begin, end)
    if (
        match is None
        and re.match(r"(?:[a-z-]+ ){1,3}[A-Z]", text[start:end])
        and not re.search(r"\b(?:owned|of|by|behind|run|in)\b", piece)
    ):
        first = re.search(r"[A-Z]", piece)
        match = _NAME.match(text, start + first.start(), end) if first else None
    if match is None or (_APPOSED.match(piece) and re.match(r" [a-z]", text[match.end() : end])):
        return None  # ", a Saudi state company": says more of the name before
    written = match[0]
    finish = match.end()
    owner = re.match(r"^([A-Z][\w-]*(?: [A-Z][\w-]*){0,2})['’]s ", text[match.start() : end])
    if owner:
        inner = _NAME.match(text, match.start() + owner.end(), end)
        fund = _FUND_OF.match(text, match.start() + owner.end())
        if inner is None and fund is None:
            return None
        if inner is None and fund is not None:
            inner = _NAME.match(text, fund.end() + 1, end)  # "Bosch's venture arm Boyuan Capital"
        return inner.span() if inner else (match.start(), match.start() + owner.end(1))
    for ending in ("'s", "’s"):
        if written.endswith(ending):
            finish -= 2
    if _NOT_NAMES.match(text[match.start() : finish]) or finish - match.start() < 2:
        return None
    return match.start(), finish


@cache
def _joined_by() -> GatedAlternatives:
    return GatedAlternatives(lexicon("pipeline.lexicon", "english_investors")["joined"])


@cache
def _pattern(kind: str) -> GatedPattern:
    table = lexicon("pipeline.lexicon", "english_investors")[kind]
    return GatedPattern("|".join(table) if isinstance(table, list) else table)


@cache
def _described() -> re.Pattern[str]:
    return re.compile(lexicon("pipeline.lexicon", "english_investors")["described"])


@cache
def _joiners() -> dict[str, re.Pattern[str]]:
    table = lexicon("pipeline.lexicon", "english_investors")["joiners"]
    return {lemma: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for lemma, patterns in table.items()}
