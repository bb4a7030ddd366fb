"""Joins what several sentences tell of one round: its sum, its name, and who put money in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from db.model import Claim, FieldValue
from pipeline.english.document import Document, Sentence
from pipeline.english.investors import find_backers
from pipeline.english.name_lists import Span
from pipeline.english.parties import references
from pipeline.matching.gated_pattern import GatedPattern

_TOLD_AGAIN = re.compile(
    r"(?:The|That|This) \Z|(?:That|This|It|The (?:round|deal|financing|raise)) (?:was|is|marks|marked|counts as"
    r"|counted as) "
    r"(?:a|an|the|its|their) (?:\w+ )?\Z"
)
"""A round's name that speaks of the one told before: "The Series C", "That was a Series C as well"."""
_BEHIND = 30
"""Characters: names mostly follow the sum they are part of, so one that comes after them counts as farther."""

_EXTENSION = re.compile(r"(?:The|That|This) extension\b")


def with_backers(sentence: Sentence, document: Document, found: Sequence[Claim], told: list[Claim]) -> list[Claim]:
    """The claims of a sentence, its rounds with their investors; without a round here they go to the one told last.

    `told` holds the claims before; its last round is replaced where this sentence says more of it.
    """
    rounds = [place for place, claim in enumerate(found) if claim.type == "funding_round"]
    last = _round_before(sentence, told)
    if last is None and not rounds:
        return list(found)
    every, led = find_backers(sentence)
    if last is not None and _EXTENSION.match(sentence.text):
        series = next(
            (each.investment_type for each in sentence.series if each.investment_type != "series_unknown"), None
        )
        fields = {**told[last].fields, "series_qualifier": "extension"}
        told[last] = replace(told[last], fields=fields | ({"investment_type": series} if series else {}))
    if last is not None and sentence.series and _TOLD_AGAIN.match(sentence.text[: sentence.series[0].start]):
        told[last] = _more(told[last], sentence, document, [], [])
    if rounds:
        earlier = _of_told_round(sentence, every) if last is not None else []
        if last is not None and earlier:
            told[last] = _with(told[last], sentence, document, earlier, [span for span in led if span in earlier])
            every = [span for span in every if span not in earlier]
        return list(_shared_out(sentence, document, found, rounds, every, led))
    if last is not None and (every or sentence.series) and not _tells_other_round(sentence):
        told[last] = _more(told[last], sentence, document, every, led)
    return list(found)


def _tells_other_round(sentence: Sentence) -> bool:
    """Whether a sentence tells of somebody's round whose company we cannot name: its investors are not ours."""
    first = next((each for each in sentence.parsed.statements if not each.reduced), None)
    subject = first.subject if first is not None else None
    unnamed = subject is not None and not (subject.names or subject.owners or subject.refers)
    raised = first is not None and first.verb.lemma in (
        "raise",
        "take",
        "get",
        "secure",
        "close",
        "land",
        "pull",
        "bring",
    )
    return bool(sentence.money) and unnamed and raised and sentence.text[:1].isupper()


def _of_told_round(sentence: Sentence, every: list[Span]) -> list[Span]:
    """Those that "The Series A also brought in", where the sentence then turns to another round."""
    first = next(iter(sentence.parsed.statements), None)
    if first is None or not re.match(r"(?:The|That|This) (?:Series|round|seed|deal|financing)\b", sentence.text):
        return []
    turn = next((each.verb.start for each in sentence.parsed.statements if each.relative), len(sentence.text))
    stop = min([turn, *(sum_.start for sum_ in sentence.money)])
    return [span for span in every if span[0] < stop]


def _shared_out(
    sentence: Sentence,
    document: Document,
    found: Sequence[Claim],
    rounds: list[int],
    every: list[Span],
    led: list[Span],
) -> Iterator[Claim]:
    """Each investor to the round of the sentence that stands nearest."""
    every = [span for span in every if not _of_total(sentence, found, span)]
    owner = {span: min(rounds, key=lambda place: _distance(sentence, found[place], span)) for span in every}
    for place, claim in enumerate(found):
        if place in rounds:
            mine = [span for span in every if owner[span] == place]
            yield _with(claim, sentence, document, mine, [span for span in led if span in mine])
        else:
            yield claim


def _of_total(sentence: Sentence, found: Sequence[Claim], span: Span) -> bool:
    """Whether somebody put money in over the years: "more than $100 million from A and B, most recently a Series C"."""
    total = next((claim for claim in found if claim.type == "total_funding" and claim.money is not None), None)
    sums = [each for each in sentence.money if total is not None and each.money == total.money]
    turn = sentence.text.find("most recently")
    return bool(sums) and sums[0].end <= span[0] < turn


def _distance(sentence: Sentence, claim: Claim, span: Span) -> int:
    sums = [sum_ for sum_ in sentence.money if sum_.money == claim.money]
    start, end = (sums[0].start, sums[0].end) if sums else (claim.start - sentence.place, claim.end - sentence.place)
    if span[0] >= end:
        return span[0] - end
    apart = "," in sentence.text[span[1] : start]  # "from A, with B, on top of a $43 million raise": of the sum before
    return abs(start - span[1]) + (3 * _BEHIND if apart else _BEHIND)


def _round_before(sentence: Sentence, told: Sequence[Claim]) -> int | None:
    """The round told last, where this sentence may speak of it: near, of the company talked about."""
    if sentence.topic is None:
        return None
    found = [
        place
        for place in range(max(0, len(told) - 14), len(told))
        if told[place].type == "funding_round"
        and told[place].company_key == sentence.topic.key
        and told[place].status != "denied"
        and (told[place].where == "title" or sentence.place - told[place].end < 900)
    ]
    done = [place for place in found if told[place].status != "rumored"]
    found = [place for place in found if place not in done] or done if _MAY.search(sentence.text) else done
    if not found:
        return None
    direct = told[found[-1]].where == "text" and sentence.place - told[found[-1]].end < 3
    return found[-1] if direct else max(found, key=lambda place: (_iso(told[place]), place))


_MAY = GatedPattern(
    r"\b(?:could|may|might|would|expected to|likely to|set to|about to|negotiating|in talks|talking|considering"
    r"|discussing|offered to|agreed to|plans? to|to lead|to join|interested)\b"
)
"""Who may put money in does so in a round still talked about."""


def _iso(claim: Claim) -> str:
    """The news is the latest of the rounds a text tells; one without a date is background."""
    return claim.event_date.iso if claim.event_date is not None else ""


def _more(claim: Claim, sentence: Sentence, document: Document, every: list[Span], led: list[Span]) -> Claim:
    claim = _with(claim, sentence, document, every, led)
    told_again = _TOLD_AGAIN.match(sentence.text[: sentence.series[0].start]) if sentence.series else None
    if (sentence.money and told_again is None) or sentence.text.startswith(("A ", "An ", "Another ")):
        return claim  # "A Series E followed" is none told before
    named = next((series for series in sentence.series if series.investment_type != "series_unknown"), None)
    if (
        named is None
        or claim.fields.get("investment_type") != "series_unknown"
        or not _subject_is_round(sentence, named.start)
    ):
        return claim
    fields = {**claim.fields, "investment_type": named.investment_type}
    if named.qualifier:
        fields["series_qualifier"] = named.qualifier
    return replace(claim, fields=fields)


def _subject_is_round(sentence: Sentence, place: int) -> bool:
    """Whether the round's name is what the sentence speaks of: "The Series B also drew Antler"."""
    first = next(iter(sentence.parsed.statements), None)
    return (
        first is not None
        and (first.subject is None or first.subject.end >= place or "round" in first.subject.head)
        and place < 60
    )


def _with(claim: Claim, sentence: Sentence, document: Document, every: list[Span], led: list[Span]) -> Claim:
    own = [(each.start, each.end) for each in references(sentence, document) if each.company.key == claim.company_key]
    names = _written(sentence, document, [span for span in every if not _overlaps(span, own)])
    leaders = _written(sentence, document, [span for span in led if not _overlaps(span, own)])
    if not names:
        return claim
    fields: dict[str, FieldValue] = {**claim.fields}
    together = _joined(fields.get("investors"), names)
    fields["investors"] = together
    if leaders or fields.get("lead_investors"):
        told = _joined(fields.get("lead_investors"), leaders)
        fields["lead_investors"] = list(dict.fromkeys(_in_full(told, together)))
    return replace(claim, fields=fields)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _joined(before: FieldValue, names: list[str]) -> list[str]:
    """Names told before and now, each once: told shorter again ("Peak XV" of "Peak XV Partners") it is the same."""
    every = list(dict.fromkeys([*(before if isinstance(before, list) else []), *names]))
    return [name for name in every if not any(other.startswith(f"{name} ") for other in every)]


def _in_full(names: list[str], every: list[str]) -> list[str]:
    """Names as they are written in full among all: who "Peak XV" is."""
    return [next((other for other in every if other.startswith(f"{name} ")), name) for name in names]


def _written(sentence: Sentence, document: Document, spans: Sequence[Span]) -> list[str]:
    original = document.article.title if sentence.where == "title" else document.article.text
    return [original[sentence.place + start : sentence.place + end] for start, end in spans]
