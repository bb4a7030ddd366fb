"""Rounds, prices, totals and figures: every claim of an English sentence that begins with a sum of money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from db.model import Claim
from pipeline.english.claims_by_role import Told, claims_of, is_of_now
from pipeline.english.document import Document, Sentence
from pipeline.english.leaning_sums import (
    as_before,
    carried_over,
    continued,
    dated_as,
    is_earlier,
    rising_from,
    told_figure,
)
from pipeline.english.listing_sums import is_float
from pipeline.english.money_roles import METRICS, role_of
from pipeline.english.parties import is_beside, weight
from pipeline.english.patterns import any_of, gated
from pipeline.english.payees import party_at
from pipeline.english.stakes import stake_in
from pipeline.english.told_as_round import is_told_as_round
from pipeline.english.verb_forms import words
from pipeline.english.whose_sums import (
    expected_of,
    gives_away,
    is_of_group,
    is_of_others,
    is_of_several,
    is_somebody_elses,
    of_unit,
    owner_of,
    whose_worth,
)
from pipeline.names.company_name import CompanyName
from pipeline.values.found import FoundMoney

_TABLE = "english_sums"
_FUND = gated(_TABLE, "fund")
_OF_NEWS = any_of(_TABLE, "of_news")
_MONEY_NEWS = any_of(_TABLE, "money_news")
_PAYS_CASH = any_of(_TABLE, "pays_cash")
_EARNED_BY_PERSON = any_of(_TABLE, "earned_by_person")
_OF_WHOM_ELSE = any_of(_TABLE, "of_whom_else")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """The claims of a sentence's sums; a sum said again in another currency is none of its own."""
    used: set[int] = set()
    before: tuple[FoundMoney, str, CompanyName] | None = None
    for sum_ in sentence.money:
        if sum_.restates:
            continue
        role, company, gapped = role_of(sentence, sum_), None, False
        if before is None:
            before = continued(sentence, document, sum_)
        rises = rising_from(sentence, sum_, role)
        role = sentence.noted["roles"][sum_] = told_figure(sentence, document, sum_, role) or rises or role
        if before is not None:
            role, company = carried_over(sentence, document, before, sum_) or (role, None)
            gapped = company is not None and company.key != before[2].key
        stake = stake_in(sentence, document) if role != "valuation" else None
        if stake is not None and stake.sum_ is sum_:
            continue
        if role is None or (
            role == "funding_round" and (_FUND.search(sentence.text) or not is_told_as_round(sentence, document, sum_))
        ):
            continue
        if (role != "total_funding" and is_of_several(sentence, sum_)) or is_of_others(sentence, sum_):
            continue
        if role == "funding_round" and _is_told_aside(sentence, sum_, document):
            role = "total_funding"
        if role in METRICS and _of_somebody(sentence, sum_):
            continue
        if role in METRICS and (_of_others(sentence, sum_) or _is_outlay(sentence, sum_, role)):
            continue
        company = company or of_unit(sentence, document, sum_, role) or party_at(sentence, sum_.start, document)
        if role == "valuation":
            company = whose_worth(sentence, document, sum_) or company
            if company is None and before is not None and before[1] == "funding_round":
                company = before[2]  # "$308 million from a round in which General Atlantic was the lead, struck at"
        if (
            company is None
            and role == "total_funding"
            and _SUM_OF.search(sentence.text, max(0, sum_.start - 90), sum_.start)
        ):
            company = sentence.topic
        if company is not None and role in METRICS:
            company = expected_of(sentence, document, sum_, company)
        if (
            company is None
            and role == "funding_round"
            and _APPROACHED.search(sentence.text[max(0, sum_.start - 160) : sum_.start])
        ):
            company = sentence.topic
        if role == "funding_round" and is_float(sentence, document, sum_):
            role = "ipo"
        if company is not None and is_somebody_elses(sentence, document, sum_, company):
            continue
        if company is not None and role == "funding_round" and gives_away(sentence, document, sum_, company):
            continue
        if company is not None and role in METRICS and is_of_group(sentence, sum_, company):
            company = owner_of(company)
        if company is not None and role in _BIG_SUMS and _is_of_trade_beside(sentence, sum_, document, company):
            continue
        if company is not None:
            earlier = before is not None and is_earlier(sentence, before[0], sum_) and not is_of_now(sentence, sum_)
            first = before[0] if before is not None and gapped else None
            before = (sum_, role, company)
            for claim in claims_of(Told(sentence, document, sum_, role, company, used)):
                claim = dated_as(claim, first, sum_, sentence, document)
                if rises and not any(0 <= each.start - sum_.end <= 12 for each in sentence.dates):
                    claim = replace(claim, event_date=None)  # "from $1 million": when it was, nobody says
                yield as_before(claim, sum_, sentence) if earlier else claim


_BIG_SUMS = frozenset(("spending", "cash", "revenue_annual"))


def _is_of_trade_beside(sentence: Sentence, sum_: FoundMoney, document: Document, company: CompanyName) -> bool:
    """Whether a figure is a big company's, whose results are not the news, or its product's: none of the field's."""
    if weight(company) > 1:
        return False
    statement = sentence.parsed.at(sum_.start)
    subject = statement.subject if statement is not None else None
    of_itself = subject is None or any(each.key == company.key for each in subject.names) or not subject.names
    return is_beside(document, company) or not of_itself


_APPROACHED = re.compile(
    r"\b(?:[Ii]nvestors|[Ff]unds|[Bb]ackers|[Bb]anks|[Ff]irms|capitalists)\b[^.;$€£]{0,30}\b(?:been|being|were|are)"
    r" (?:\w+ )?(?:sounded out|approached|asked|invited|canvassed|courted"
    r"|pitched|contacted|solicited)\b[^.;$€£]{0,60}\Z"
)
"""Who is asked for money is asked by whom the text speaks of."""
_SUM_OF = re.compile(r"\b(?:[Ss]um|[Tt]ally|[Tt]otal|[Aa]mount|[Hh]aul|[Mm]oney|[Ee]quity)\b(?! of)[^.;]{0,60}\Z")
"""As in "the sum raised since the beginning stands at": that of whom the text speaks of."""
# fmt: off
_OTHERS = frozenset((
    "investor", "investors", "backers", "shareholders", "customer", "customers", "victims", "clients", "rivals",
    "competitors", "rival", "competitor", "partners", "suppliers", "advertisers", "studios",
))
# fmt: on


def _of_others(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether investors or customers lost, spent or earned it: "Investors lost $3 million in the fraud"."""
    statement = sentence.parsed.at(sum_.start)
    subject = statement.subject if statement is not None else None
    return (
        statement is not None
        and subject is not None
        and subject.head in _OTHERS
        and statement.verb.start < sum_.start
        and statement.verb.lemma not in words("says_or_estimates")
        and not (
            statement.verb.lemma in ("pay", "hand") and _TO_IT.match(sentence.text, statement.verb.end, sum_.start)
        )
    )


_TO_IT = re.compile(r" (?:over |it\b|us\b|the (?:company|startup|firm|studio)\b)")


def _of_somebody(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether a figure is a person's, or of somebody who is only told of: "The chief executive earned $5 million"."""
    start = max(0, sum_.start - 90)
    return bool(
        _EARNED_BY_PERSON.search(sentence.text, start, sum_.start)
        or _OF_WHOM_ELSE.search(sentence.text, start, sum_.start)
    )


def _is_outlay(sentence: Sentence, sum_: FoundMoney, role: str) -> bool:
    """Whether a sum is what one party pays another or will spend: "It will spend $9 million on a studio"."""
    if role == "cash":
        return _PAYS_CASH.search(sentence.text, 0, sum_.start) is not None
    if role != "spending":
        return False
    statement = sentence.parsed.at(sum_.start)
    if statement is None or statement.verb.start > sum_.start:
        return False
    return statement.verb.lemma == "pay" or (
        statement.verb.lemma in ("spend", "invest", "need", "cost", "take", "require")
        and re.match(r"(?:will|would|is to) ", statement.verb.group) is not None
    )


def _is_told_aside(sentence: Sentence, sum_: FoundMoney, document: Document) -> bool:
    """As in "The company has raised $27 million from ..." in a text whose news is no money: all until then."""
    statement = sentence.parsed.at(sum_.start)
    if statement is None or sentence.where == "title" or sentence.paragraph == 0 or sentence.series or sentence.dates:
        return False
    if not re.match(r"(?:has|have)\b", statement.verb.group) or statement.verb.lemma != "raise":
        return False
    news = " ".join(each.text for each in document.sentences if each.where == "title" or each.paragraph == 0)
    return not _MONEY_NEWS.search(news) and not _OF_NEWS.search(sentence.text[sum_.end :])
