"""Two counts told as a way from one to the other: "Headcount has gone from 86 to 210"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from db.values import PartialDate
from pipeline.english.claim_builder import make
from pipeline.english.document import Document, Sentence
from pipeline.english.parties import referred
from pipeline.english.payees import party_at
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of_figure
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.values.counts_told import SCALES, count_at
from pipeline.values.numbers import DIGITS, from_digits

_SO_MANY = r"(?:about |around |some |nearly |almost |just |only |over |more than |fewer than |roughly |under )?"
_SCALE = r"(?:[ -]?(?P<{0}>thousand|million|billion))?"
_OTHER = r"(?![\w%$€£]|[.,]\d)"
_THINGS = (
    r"(?P<{0}>[Hh]eadcount|[Ww]orkforce|[Ss]taff|[Tt]eam|[Pp]ayroll|[Ee]mployees|people|workers"
    r"|(?:[Mm]onthly |[Dd]aily |[Aa]ctive |registered |weekly ){{0,3}}[Uu]sers|[Uu]ser base|[Cc]reators"
    r"|(?:paying |paid |business |enterprise |corporate )?(?:[Cc]ustomers|[Cc]lients|[Ss]ubscribers|[Uu]sers)"
    r"|[Cc]ustomer base"
    r"|[Ss]ubscriber base|[Cc]lientele|[Dd]ownloads)"
)
_FROM_TO = (
    rf" from {_SO_MANY}(?P<first>{DIGITS}){_SCALE.format('first_scale')}{_OTHER}"
    r"(?P<when>[^.;$€£\d]{0,30}?(?: 20\d\d)?)"
    rf",? to {_SO_MANY}(?P<second>{DIGITS}){_SCALE.format('second_scale')}{_OTHER}"
    r"(?! (?:per ?cent|minutes|hours|seconds|days|weeks|months|years))"
)
_MOVED = GatedPattern(rf"\b{_THINGS.format('thing')}\b(?P<between>[^.;$€£\d]{{0,50}}?){_FROM_TO}")
_MOVED_BEFORE = GatedPattern(
    r"\b(?:gone|went|goes|grown|grew|grows|grow|expand|risen|rose|shrunk|shrank|fallen|fell|dropped|expanded|climbed|jumped|swelled"
    rf"|cut|scaled)\b[^.;$€£\d]{{0,40}}? from {_SO_MANY}(?P<first>{DIGITS}){_SCALE.format('first_scale')} "
    rf"{_THINGS.format('thing')}\b"
    r"(?P<when>[^.;$€£\d]{0,30}?(?: 20\d\d)?),? to "
    rf"{_SO_MANY}(?P<second>{DIGITS}){_SCALE.format('second_scale')}{_OTHER}"
)
_FROM_BEFORE = GatedPattern(
    rf"\b[Ff]rom {_SO_MANY}(?P<first>{DIGITS}){_SCALE.format('first_scale')} {_THINGS.format('thing')}\b"
    r"(?P<when>[^.;$€£\d]{0,30}?(?: 20\d\d)?),? (?:it|the company|the startup|the firm|we|they) (?:has |had "
    r"|have )?(?:now )?"
    rf"(?:grown|grew|risen|rose|shrunk|shrank|expanded|gone|went|swelled) to {_SO_MANY}"
    rf"(?P<second>{DIGITS}){_SCALE.format('second_scale')}{_OTHER}"
)
_LAID_OFF = re.compile(r"\b(?:cost|lost|losing|cuts?|laid off|reduc\w+|jobs)\b")
_NEAR = 24


def moved(sentence: Sentence, document: Document) -> Iterator[tuple[tuple[int, int], Claim]]:
    """The claims of both counts, each with where it stands in the sentence; none where it is a plan."""
    match = next((found for each in _PATTERNS if (found := each.search(sentence.text)) is not None), None)
    if match is None or any(each.start < match.end() and match.start() < each.end for each in sentence.money):
        return
    company = party_at(sentence, match.start("first"), document) or referred(
        sentence, match.start("first"), document, described=True
    )
    status = unrealised(sentence, match.start("first"), match.end())
    if company is None or status == "denied":
        return
    published = document.article.published
    kind = _kind(match["thing"].lower())
    end_scale = match["second_scale"]
    for name in ("first", "second") if status is None else ("first",):  # from where it plans to grow it is now
        start, end = match.start(name), match.end(f"{name}_scale" if match[f"{name}_scale"] else name)
        scale = match[f"{name}_scale"] or (
            end_scale if from_digits(match[name]) < 1000 and kind != "headcount" else None
        )
        number = from_digits(match[name]) * (SCALES[scale.lower()] if scale else 1)
        near = [each for each in sentence.dates if end <= each.start <= end + _NEAR and each.start < _stop(match, name)]
        on: PartialDate | None = near[0].date if near else None
        if on is None and name == "second":
            on = date_of_figure(document, sentence, start)
        if status is not None and published is not None:
            on = PartialDate(published.isoformat())
        counted = count_at(sentence.text, start, number)
        span = (match.start(), match.end())
        fields = {"metric": kind}
        yield (
            (start, end),
            make(document, sentence, "metric", company, span, status=None, money=counted, on=on, fields=fields),
        )


_PATTERNS = (_MOVED, _MOVED_BEFORE, _FROM_BEFORE)


def _stop(match: re.Match[str], name: str) -> int:
    return match.start("second") if name == "first" else len(match.string)


def _kind(thing: str) -> str:
    if thing in ("headcount", "workforce", "staff", "team", "payroll", "employees", "people", "workers"):
        return "headcount"
    if thing == "downloads":
        return "other"
    paying = re.search(r"customer|client|subscriber|paying|paid|business|enterprise|corporate", thing)
    return "paying_users" if paying is not None else "users"
