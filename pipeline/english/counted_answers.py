"""What an interview's question asks the number of, and the answer gives: "How many of you are there?" "Forty-one."."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.english.claim_builder import make
from pipeline.english.document import Document, Sentence
from pipeline.english.told_dates import date_of_figure
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.values.counts_told import SCALES, count_at
from pipeline.values.numbers import DIGITS, ENGLISH_WORDS, from_digits, from_english

_ASKS = (
    (
        "headcount",
        GatedPattern(
            r"\b[Hh]ow (?:many (?:of you|people (?:are you|are there|work|do you (?:have|employ)|on)|employees|staff)"
            r"|big is (?:the|your) (?:team|company|staff|studio))\b"
        ),
    ),
    ("paying_users", GatedPattern(r"\b[Hh]ow many (?:\w+ )?(?:customers|clients|subscribers)\b|\b[Hh]ow many pay\b")),
    ("users", GatedPattern(r"\b[Hh]ow many (?:\w+ )?users\b|\b[Hh]ow many people use\b")),
)
_ANSWER = re.compile(
    r"(?:A: )?[\"“]?(?:(?:We(?: are|'re|’re)|There are|We have|It(?:'s|’s| is)|Right now|Today|Now),? )?"
    r"(?:(?:[Aa]bout|[Aa]round|[Ss]ome|[Nn]early|[Oo]ver|[Mm]ore than|[Jj]ust over|[Jj]ust under) )?"
    rf"(?P<number>{DIGITS}|(?i:{ENGLISH_WORDS}))(?: (?P<scale>thousand|million|billion))?"
    r"(?: (?:people|of us|employees|staff|customers|clients|subscribers|users))?(?: (?:now|today|at the moment|right"
    r" now))?"
    r"(?=[.,;]|$| (?:in|across|at|and|plus|if|from)\b)",
    re.IGNORECASE,
)


def answered(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """The figure of a sentence that only answers the question before it; it is of whom the text is about."""
    place = sentence.number if sentence.where == "text" and not sentence.counts else 0
    asked = document.sentences[place - 1] if place else None
    if asked is None or asked.where != "text" or not asked.text.endswith("?") or sentence.topic is None:
        return
    kind = next((kind for kind, question in _ASKS if question.search(asked.text)), None)
    match = _ANSWER.match(sentence.text) if kind is not None else None
    end = match.end("number") if match is not None else 0
    told = any(each.start < end for each in sentence.money) or any(each.start < end for each in sentence.dates)
    if match is None or told:
        return
    written = match["number"]
    number = (from_digits(written) if written[0].isdigit() else from_english(written)) * (
        SCALES[match["scale"]] if match["scale"] else 1
    )
    count = count_at(sentence.text, match.start("number"), number)
    on = date_of_figure(document, sentence, match.start("number"))
    span = (match.start("number"), match.end())
    yield make(
        document, sentence, "metric", sentence.topic, span, status=None, money=count, on=on, fields={"metric": kind}
    )
