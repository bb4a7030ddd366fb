"""Parts of a company that somebody buys: a stake taken, new shareholders, an investment whose size nobody tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from db.model import Claim
from pipeline.english.document import Document, Sentence
from pipeline.english.money_roles import role_of
from pipeline.english.name_lists import Span, names_in
from pipeline.english.parties import Reference, references, subject_company, weight
from pipeline.english.patterns import any_of, each_of, gated
from pipeline.english.payees import party_at
from pipeline.english.round_claims import round_claim
from pipeline.english.rounds_to_come import with_what_came
from pipeline.english.statements import Statement
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundMoney, FoundSeries

_TABLE = "english_stakes"
_KINDS = ("buys", "sells", "joins", "takes")
_IN_WHICH = any_of(_TABLE, "in_which")
_TO_TARGET = any_of(_TABLE, "to_target")
_UNTOLD = any_of(_TABLE, "untold")
_STRATEGIC = any_of(_TABLE, "strategic")
_CONTROLS = any_of(_TABLE, "controls")
_BUYOUT = gated(_TABLE, "buyout")
_PRICE_BEFORE = any_of(_TABLE, "price_before")
_PRICE_BEHIND = any_of(_TABLE, "price_behind")

_WON = GatedPattern(
    r"\b(?:raised|secured|agreed|closed) an? (?:[\w\"“”]+ )?bridge\b"
    r"|\b(?:raised|secured|received|bagged|got|closed|landed|attracted) an? (?:undisclosed|unspecified)"
    r" (?:amount|sum|round|investment)\b(?: of (?:money|funding|capital))?(?: in [^.;,]{3,30}?)? from\b"
    r"|\b(?:won|secured|received|attracted|landed) (?:(?:strategic|minority|new|fresh|an?|undisclosed) ){0,2}"
    r"(?:backing|investment|funding) from\b"
    r"|\b(?:made|makes) (?:an? |its )(?:(?:strategic|minority|small|first|further|undisclosed) ){0,2}"
    r"(?:equity )?investment\b"
)
"""Money taken in, or given, whose size is not told."""


class Stake(NamedTuple):
    """A part of a company that changes hands: of whom, to whom, for what, and where a sentence tells it."""

    target: CompanyName
    buyers: tuple[Span, ...]
    trade: bool
    """Whether a company of a trade buys, and no investor."""
    sum_: FoundMoney | None
    start: int
    end: int
    controls: bool
    """Whether it is so large that the buyer takes control."""


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """One part of a company a sentence, with its price, or where it is said that nobody tells it."""
    stake = stake_in(sentence, document)
    if stake is None:
        yield from _money_won(sentence, document)
        return
    series = "private_equity" if stake.controls else "corporate_round" if stake.trade else "series_unknown"
    span = (stake.start, stake.end)
    status = unrealised(sentence, *span)
    money = None
    if stake.sum_ is not None:
        money, span = stake.sum_.money, (min(span[0], stake.sum_.start), max(span[1], stake.sum_.end))
        status = with_what_came(sentence, stake.sum_, status)
    on = date_of(document, sentence, stake.start)
    found = FoundSeries(*span, series)
    claim = round_claim(sentence, document, stake.target, span, money, found, status, on)
    original = document.article.title if sentence.where == "title" else document.article.text
    names = [original[sentence.place + start : sentence.place + end] for start, end in stake.buyers]
    yield replace(claim, fields={**claim.fields, "investors": names}) if names else claim


def stake_in(sentence: Sentence, document: Document) -> Stake | None:
    """The part of a company that a sentence tells of, looked for once."""
    if "stake" not in sentence.noted:
        sentence.noted["stake"] = next(_stakes(sentence, document), None)
    found: Stake | None = sentence.noted["stake"]
    return found


_MOST = 6
"""So many parts that may change hands are looked at in a sentence; more stand in lists."""


def _stakes(sentence: Sentence, document: Document) -> Iterator[Stake]:
    for kind in _KINDS:
        for match in islice(each_of(_TABLE, kind).finditer(sentence.text), _MOST):
            stake = _stake(sentence, document, kind, match)
            if stake is not None:
                yield stake


def _stake(sentence: Sentence, document: Document, kind: str, match: re.Match[str]) -> Stake | None:
    statement = sentence.parsed.at(match.start())
    buyers = tuple(_buyers(sentence, kind, match, statement))
    acting = {
        mention.key
        for mention in sentence.mentions
        if any(start < mention.end and mention.start < end for start, end in buyers)
    }
    target = _target(sentence, document, kind, match, statement, acting)
    if target is None:
        return None
    sum_ = _price(sentence, match)
    controls = bool(_CONTROLS.search(match[0]))
    if controls and not _BUYOUT.search(f"{document.title}\n{document.text[:_LEAD]}"):
        return None  # that is a takeover
    strategic = bool(_STRATEGIC.search(sentence.text, max(0, match.start() - 40), match.end() + 40))
    if sum_ is None and not (strategic or _is_untold(sentence, document, kind)):
        return None
    if sum_ is None and kind == "joins" and _round_told(sentence, document):
        return None  # who came into the round told right before
    if kind == "joins" and match["stake"] is None and sum_ is not None:
        return None  # what is invested is a round told by its sum
    trade = strategic or any(
        mention.kind == "company" and weight(CompanyName(mention.key, mention.name, mention.known)) == 1
        for mention in sentence.mentions
        if mention.key in acting
    )
    named = " ".join(sentence.text[start:end] for start, end in buyers)
    investor = any(
        mention.kind == "investor" and start < mention.end and mention.start < end
        for mention in sentence.mentions
        for start, end in buyers
    )
    trade = trade or (kind in ("buys", "sells") and bool(buyers) and not (investor or _INVESTS.search(named)))
    return Stake(target, buyers, trade, sum_, match.start(), match.end(), controls)


_LEAD = 1200
"""Characters of a text in which it says who its buyer is."""
_INVESTS = re.compile(
    r"\b(?:Ventures?|Capital|Partners|Equity|Investments?|Fund|Funds|VC|Angels|Holdings|Asset|Management)\b"
)


def _buyers(sentence: Sentence, kind: str, match: re.Match[str], statement: Statement | None) -> Iterator[Span]:
    if kind == "takes" and "buyer" in match.re.groupindex:
        yield from names_in(sentence.text, *match.span("buyer"))
    elif kind in ("sells", "takes"):
        yield from names_in(sentence.text, match.end())
    elif statement is not None and statement.subject is not None and statement.subject.refers is None:
        yield from names_in(sentence.text, statement.subject.start, statement.subject.end)


def _target(
    sentence: Sentence,
    document: Document,
    kind: str,
    match: re.Match[str],
    statement: Statement | None,
    acting: set[str],
) -> CompanyName | None:
    """Whose part it is: named behind it, or before "in which"; else who sells, or the company talked about."""
    text = sentence.text
    told: Sequence[Reference] = [each for each in references(sentence, document) if each.company.key not in acting]
    if kind in ("buys", "joins"):
        inside = [each for each in told if match.start() <= each.start and each.end <= match.end() + 2]
        behind = [
            each for each in told if each.start >= match.end() and _TO_TARGET.fullmatch(text[match.end() : each.start])
        ]
        before = [
            each for each in told if each.end <= match.start() and _IN_WHICH.fullmatch(text[each.end : match.start()])
        ]
        found = next((each.company for each in (*behind, *inside, *before[-1:])), None)
        if found is not None or re.match(r" (?:in|of) (?!which\b)(?:the )?[A-Z]", text[match.end() :]):
            return found
    elif statement is not None and statement.subject is not None:
        if re.match(r" in (?!itself|the\b|it\b)", text[match.end("stake") :]) and kind == "sells":
            return None  # a part of somebody else
        company = subject_company(statement.subject, sentence, document)
        return company if company is not None and company.key not in acting else None
    topic = sentence.topic
    return topic if topic is not None and topic.key not in acting else None


def _price(sentence: Sentence, match: re.Match[str]) -> FoundMoney | None:
    """The sum that is paid for it."""
    for sum_ in sentence.money:
        if sum_.restates or role_of(sentence, sum_) in ("valuation", "total_funding", "arr", "revenue_annual"):
            continue
        paid = _PRICE_BEFORE.search(sentence.text, max(0, sum_.start - 40), sum_.start)
        near = match.start() - 60 <= sum_.start <= match.end() + 160
        if near and (paid or _PRICE_BEHIND.match(sentence.text, sum_.end)):
            return sum_
    return None


def _round_told(sentence: Sentence, document: Document) -> bool:
    """Whether one of the two sentences before tells of a round."""
    before = document.sentences[max(0, sentence.number - 2) : sentence.number]
    return any(each.series or any(role_of(each, sum_) == "funding_round" for sum_ in each.money) for each in before)


def _is_untold(sentence: Sentence, document: Document, kind: str) -> bool:
    place = sentence.number
    following = document.sentences[place + 1 : place + 2]
    return any(_UNTOLD.search(each.text) for each in (sentence, *following) if not (each.money and kind == "joins"))


def _money_won(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """An investment without a sum, told by who takes it in or makes it."""
    match = None if sentence.money else _WON.search(sentence.text)
    if match is None or not ("strategic" in match[0] or _is_untold(sentence, document, "won")):
        return
    statement = sentence.parsed.at(match.start())
    subject = statement.subject if statement is not None else None
    giver = next((CompanyName(each.key, each.name, each.known) for each in subject.names), None) if subject else None
    won = match[0].endswith(("from", "bridge"))
    company = party_at(sentence, match.start(), document) if won else _given(sentence, document, match.end(), giver)
    if company is None or (giver is not None and not won and company.key == giver.key):
        return
    trade = giver is not None and not won and weight(giver) == 1
    series = FoundSeries(*match.span(), "corporate_round" if trade or "strategic" in match[0] else "series_unknown")
    status = unrealised(sentence, *match.span())
    on = date_of(document, sentence, match.start())
    yield round_claim(sentence, document, company, match.span(), None, series, status, on)


def _given(sentence: Sentence, document: Document, place: int, giver: CompanyName | None) -> CompanyName | None:
    """In whom: the company told behind "in", else the one talked about."""
    for each in references(sentence, document):
        if each.start >= place and sentence.text[place : each.start].strip() in ("in", "in the"):
            return each.company
    topic = sentence.topic
    return topic if topic is not None and (giver is None or topic.key != giver.key) else None
