"""A Chinese article in, its claims out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache

from db.model import Article, Claim, Relevance
from pipeline.chinese import (
    acquisitions,
    controversies,
    counts,
    foundings,
    launches,
    lawsuits,
    layoffs,
    leadership,
    listings,
    partnerships,
    prices,
    rounds,
    shutdowns,
    tables,
)
from pipeline.chinese.clauses import Page
from pipeline.chinese.entries import ENTRY, LISTED
from pipeline.chinese.hearsay import denials
from pipeline.chinese.parties import is_nameless
from pipeline.chinese.patterns import any_of
from pipeline.chinese.walk import read_page
from pipeline.names.company_name import CompanyName
from pipeline.names.find_names import Names
from pipeline.topic import own_words

READERS: Sequence[Callable[[Page], Iterator[Claim]]] = (
    acquisitions.read,
    listings.read,
    shutdowns.read,
    layoffs.read,
    leadership.read,
    launches.read,
    foundings.read,
    lawsuits.read,
    counts.read,
    partnerships.read,
    controversies.read,
)
_REPEATED = ("convertible_note", "debt_financing", "corporate_round", "grant", "secondary_market", "post_ipo_equity")
"""What money a company may get more than once: the same kind alone does not make two claims one."""
_ROUNDED = 10
_NEAR = Decimal("1.1")
"""How far a figure may lie above the round one that a title says it has passed: 「破10亿元」 for 10.4."""
_VAGUE = re.compile("[余多]")
_OF_SUIT = re.compile("指控|控诉|立案|被指")
_SAME_NEWS = timedelta(days=10)
"""What a title tells undated happened when the text dates it, if that is so near."""


def read_chinese(
    article: Article, title: str, text: str, names: Names, owners: dict[str, CompanyName], relevance: Relevance
) -> list[Claim]:
    """The claims of a folded Chinese article, in the order of the text."""
    page = read_page(article, title, text, names, owners)
    told = [*rounds.read(page), *tables.read(page)]
    claims = [*rounds.claims(page, told), *prices.read(page, told)]
    for reader in READERS:
        claims += reader(page)
    claims += [*denials(page, claims)]
    bought = {(claim.sentence, claim.company) for claim in claims if claim.type == "acquisition"}
    claims = [claim for claim in claims if not _is_of_deal(claim, bought)]
    sued = {claim.company_key for claim in claims if claim.type == "lawsuit"}
    claims = [claim for claim in claims if not (claim.company_key in sued and _tells_suit(claim))]
    strangers = {claim.company_key: claim.company for claim in claims if not claim.company_known}
    kept = {key for key, name in strangers.items() if _is_of_the_field(page, key, name, relevance)}
    kept |= _raising_in_round_up(page, claims, relevance)
    if page.main is not None and relevance != "none":
        kept.add(page.main.key)
    kept |= {claim.company_key for claim in claims if _is_bought_by_ours(page, claim, kept)}
    ours = [claim for claim in claims if claim.company_known or claim.company_key in kept]
    ours = [_dated_by_text(page, claim, ours) for claim in ours if not _is_named_elsewhere(page, claim, ours)]
    ours = [_no_surer_than_text(claim, ours) for claim in ours]
    return sorted(ours, key=lambda claim: (claim.where == "text", claim.start))


def _is_of_deal(claim: Claim, bought: Collection[tuple[str, str]]) -> bool:
    """Whether an agreement is that by which the partner is bought: 「与乙签约，将后者全资并入」."""
    partner = claim.fields.get("partner") if claim.type == "partnership" else None
    return partner is not None and (claim.sentence, partner) in bought


def _tells_suit(claim: Claim) -> bool:
    """Whether an allegation is no more than what a suit already told is about."""
    return claim.type == "controversy" and _OF_SUIT.search(claim.evidence) is not None


@cache
def _field_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, [*own_words("zh"), *_MORE_WORDS])))


_SEVERAL = 3
_MORE_WORDS = (
    "AI",
    "对手",
    "竞争",
    "同行",
    "同城",
    "同类",
    "赛道",
    "人工智能",
    "大模型",
    "模型",
    "智能体",
    "多模态",
    "AIGC",
    "生成",
    "算法",
    "短剧",
    "视频",
    "影像",
)


def _is_bought_by_ours(page: Page, claim: Claim, kept: Collection[str]) -> bool:
    """Whether a company we follow buys it: then it is of the field, whatever it makes."""
    buyer = claim.fields.get("acquirer") if claim.type == "acquisition" else None
    if buyer is None:
        return False
    return any((each.known or each.key in kept) and each.name == buyer for each in page.named.values())


def _is_of_the_field(page: Page, key: str, name: str, relevance: Relevance) -> bool:
    """Whether a company nobody has listed is one of ours: article and paragraph are about the field."""
    if relevance == "none":
        return False
    if page.main is not None and page.main.key == key:
        return True
    listed = " ".join(each.text for each in page.sentences if name in each.text) if relevance == "core" else ""
    other_trade = any_of("chinese_clauses", "other_industries").search(listed) is not None
    if listed and any(_is_listed(each.text, name) for each in page.sentences):
        return not other_trade
    if listed and not other_trade and _is_entry_of_field(page, name):
        return True
    near = {each.paragraph for each in page.sentences if any(m.key == key for m in each.mentions)}
    near |= {each.paragraph for each in page.sentences if name in each.text}
    return any(each.paragraph in near and _field_words().search(each.text) for each in page.sentences)


def _raising_in_round_up(page: Page, claims: Sequence[Claim], relevance: Relevance) -> set[str]:
    """Whoever raises money in an article on the rounds of the field, unless it is said to be of another trade."""
    raising = {claim.company_key: claim.company for claim in claims if claim.type == "funding_round"}
    titled = _field_words().search(page.article.title) is not None
    if relevance != "core" or len(raising) < _SEVERAL or not titled:
        return set()
    other = any_of("chinese_clauses", "other_industries")
    told = {key: " ".join(one.text for one in page.sentences if name in one.text) for key, name in raising.items()}
    return {key for key, text in told.items() if other.search(text) is None}


def _is_listed(text: str, name: str) -> bool:
    """Whether a sentence begins an entry of a list about a company: 「3. 甲：」, 「【甲】」."""
    return text.startswith(f"【{name}】") or (LISTED.match(text) is not None and name in text)


def _is_entry_of_field(page: Page, name: str) -> bool:
    """Whether a company has its entry in a round-up whose title is of the field: 「【首尔】甲宣布…」."""
    if not page.is_round_up or _field_words().search(page.article.title) is None:
        return False
    return any(name in each.text and ENTRY.match(each.text) for each in page.sentences)


def _is_named_elsewhere(page: Page, claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether a title tells only a post and the text names who leaves it, or a listing is told again with its day."""
    if claim.type == "ipo" and claim.event_date is None and claim.money is None and not claim.fields.get("exchange"):
        told = [each for each in claims if (each.type, each.company_key) == ("ipo", claim.company_key)]
        better = (each for each in told if each.event_date or each.money or each.fields.get("exchange"))
        return any(each is not claim for each in better) or told[0] is not claim
    if claim.type == "lawsuit" and claim.where == "title":
        plaintiff = claim.fields.get("plaintiff")
        suits = [other for other in claims if other is not claim and other.where == "text" and other.type == "lawsuit"]
        if plaintiff is not None and any(_names_more(other, claim) for other in suits):
            return True
        if plaintiff is not None and not is_nameless(str(plaintiff)):
            return False
        return any(
            other.where == "text" and (other.type, other.company_key) == ("lawsuit", claim.company_key)
            for other in claims
        )
    if claim.where == "title" and claim.type == "funding_round" and claim.money is None:
        news = page.article.published.isoformat() if page.article.published else None
        return claim.fields.get("investment_type") in _REPEATED and any(
            _is_same_note(other, claim, news) for other in claims
        )
    if claim.where == "title" and claim.type in ("metric", "layoffs", "valuation", "total_funding"):
        return any(_says_better(other, claim) for other in claims)
    if claim.type != "leadership_change" or claim.where != "title" or claim.fields.get("person"):
        return False
    return any(
        other.type == claim.type
        and other.where == "text"
        and other.company_key == claim.company_key
        and other.fields.get("direction") == claim.fields.get("direction")
        and other.fields.get("person") is not None
        for other in claims
    )


def _names_more(other: Claim, title: Claim) -> bool:
    """Whether the text names more of the plaintiffs of a title's suit: 「迪士尼起诉MiniMax」 for three studios."""
    named, told = (set(str(each.fields.get("plaintiff")).split("; ")) for each in (title, other))
    return other.company_key == title.company_key and named < told


def _is_same_note(other: Claim, title: Claim, news: str | None) -> bool:
    """Whether the text tells a title's note or stake with its sum: a company may have many, and the news is one."""
    same = (other.type, other.company_key) == (title.type, title.company_key)
    dated = title.event_date is None or title.event_date == other.event_date or title.event_date.iso == news
    same = same and dated and other.status == title.status
    kind = other.fields.get("investment_type") == title.fields.get("investment_type")
    return same and kind and other.where == "text" and other.money is not None


def _says_better(other: Claim, title: Claim) -> bool:
    """Whether the text tells a title's rounded figure: 「收入过亿」 is its ARR, 「裁员20余人」 its 25."""
    if other.where != "text" or (other.type, other.company_key) != (title.type, title.company_key):
        return False
    if title.type == "layoffs":
        rounded, told = title.fields.get("headcount"), other.fields.get("headcount")
        is_vague = isinstance(rounded, int) and isinstance(told, int) and rounded < told < rounded + _ROUNDED
        return is_vague and _VAGUE.search(title.evidence) is not None
    if other.money is None or title.money is None or other.money.currency != title.money.currency:
        return False
    kinds = {title.fields.get("metric"), other.fields.get("metric")}
    if title.money.operator == ">" and len(kinds) == 1 and title.money.amount > 0:
        return title.money.amount < other.money.amount <= title.money.amount * _NEAR
    same = other.money.amount == title.money.amount
    return same and len(kinds) > 1 and kinds <= {"revenue_annual", "arr", "other"}


def _no_surer_than_text(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """A title's sum is no more done than the text says that tells the same: 「估值80亿美元」 for 「可能达到」."""
    if claim.where != "title" or claim.money is None or claim.status in ("rumored", "denied"):
        return claim
    told = [
        other.status
        for other in claims
        if other.where == "text"
        and (other.type, other.company_key) == (claim.type, claim.company_key)
        and other.money is not None
        and (other.money.amount, other.money.currency) == (claim.money.amount, claim.money.currency)
    ]
    return replace(claim, status="rumored") if told and all(status == "rumored" for status in told) else claim


def _dated_by_text(page: Page, claim: Claim, claims: Sequence[Claim]) -> Claim:
    """A title's claim takes the day its text gives the same news."""
    published = page.article.published
    if claim.where != "title" or claim.event_date is None or published is None:
        return claim
    if claim.event_date.iso != published.isoformat():
        return claim
    for other in claims:
        same = other.where == "text" and (other.type, other.company_key) == (claim.type, claim.company_key)
        if same and other.event_date is not None and (other.money == claim.money or claim.money is None):
            apart = published - other.event_date.last_day()
            if timedelta(0) <= apart <= _SAME_NEWS:
                return replace(claim, event_date=other.event_date)
    return claim
