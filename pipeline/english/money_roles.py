"""What a sum of money in an English sentence is: a round, a price, a total, a revenue, or nothing we track."""

from __future__ import annotations

import re
from functools import cache

from pipeline.document import Sentence
from pipeline.found import FoundMoney
from pipeline.gated_pattern import GatedPattern
from pipeline.lexicon_files import lexicon

METRICS = ("arr", "revenue_monthly", "revenue_annual", "burn_monthly", "cash", "spending")
_REACH = 90
_COMMA = 12
"""What a comma between a word and a sum counts, in characters."""
_FARTHEST = 70
LOWEST_PRICE = 100_000
"""A company costs more, whatever its currency; a share less."""
_LOWEST_DEAL = 5_000
"""No round is so small, whatever its currency; the price of a plan, a seat or a share is."""
_FILLER = re.compile(
    r"\b(?:of|at|to|from|about|around|roughly|nearly|almost|some|more|than|over|just|under|up|a|an|the"
    r"|another|was|is|now|as|much|at least|between|approximately|approaching|close|nearer|passed|reached"
    r"|hit|topped|crossed|rose|climbed|grew|came|stood|stands|jumped|exceeded|surpassed|exceeds|tops"
    r"|reaches|had|been|worth|roughly)\b|[ -]"
)
_WEAK_BEHIND = re.compile(r" (?:from|led by|backed by|co-led by|in a|across(?! (?:its )?(?:[Pp]re-|[Ss]eed|Series)))\b")
_ADJECTIVE = re.compile(r"(?:multi-?)?[mb]illion-dollar")
_OPENING = re.compile(r"(?:[-–—•*·]+ |\d{1,2}[.)] )?[*]*[A-Z]")
"""The capital a sentence or a line of a list begins with."""
_PRICE_WORD = re.compile("unicorn|decacorn")
_LISTS = re.compile(
    r"\b(?:initial public offering|IPO|went public|goes public|listed in|listed on|debut(?:ed)? on|began trading)\b"
)
_ALLEGED = re.compile(r"\b(?:alleg\w+|accus\w+|falsely|fraudulently|claims of)\b")
_EARNS = re.compile(
    r"\b(?:(?:brings?|brought|takes?|took|pulls?|pulled|rakes?|raked) in|makes?|made|earns?|earned"
    r"|generates?|generated)\b[^.;,]{0,24}\Z"
)
_MOVED_AT = re.compile(
    r"\b(?:finish(?:es|ed)?|began|begins|start(?:s|ed)?|open(?:s|ed)?|end(?:s|ed)?)(?: up)? at (?:a |about |around )?\Z"
)
_FOR_A_PART = re.compile(
    r"(?: in cash)? for (?:an? |the )?(?:(?!all\b)[\w-]+ ){0,2}(?:\d[\d.]*(?:%| ?per ?cent)|stake|holding|slice"
    r"|share of|minority)"
)
"""Who pays for a part buys no company: "paid £320,000 for 18%"."""
_NEW_SHARES = re.compile(
    r"\b(?:new|fresh|preferred|additional|convertible|\d+% of its) (?:shares|stock|equity|notes)\b[^.;]{0,24}\Z"
)
_PAID = re.compile(
    r"\b(?:paid|pays?|paying)(?: (?:out|about|around|some|roughly|nearly|over|more|than|a|an|another|further|just|it"
    r"|them))*\s?\Z"
)
"""Who pays a sum gives no round, unless it is for a part of the company."""
_SOLD_ITSELF = re.compile(r"\b(?:sold|sells|selling|sell) (?:itself|out to|up to)\b[^.;]*\Z")
_BUYING = re.compile(r"\b(?:buyer|acquirer|purchaser|acqui\w+|purchase|takeover|buy(?:s|ing)?|bought|deal)\b")
_STANDS_NOW = re.compile(
    r"\b[Tt]h(?:e|at|is) (?:round|raise|financing|[Ss]eries [A-K]) (?:now )?(?:stands|totals|stood"
    r"|adds up)\b[^.;,]{0,20}\Z"
    r"|\b(?:brings?|bringing|takes?|taking|lifts?|lifting|swells?|swelling) (?:the|its|that) (?:round|raise|seed"
    r"|[Ss]eries [A-K])\b[^.;,]{0,20} to\b[^.;,]{0,12}\Z"
)
"""What a round has come to is no round beside it."""
_IS_EARNED = re.compile(
    r"\b(?:app-data|app data|app stores?|Sensor Tower|Appfigures|data\.ai|consumer spending|in-app|subscriptions?)\b"
    r"|^ (?:last|this|in the \w+|for the \w+|each) (?:quarter|half)\b"
)
"""What is earned rather than raised: counted by app stores, or quarter by quarter."""
_IN_MONTH = re.compile(
    r" (?:in|for|during) (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"| last month\b| (?:a|per|each) month\b"
)
_A_YEAR = re.compile(r" (?:in 20\d\d|last year|a year\b|per year|in the year)")
_A_MONTH = re.compile(r" (?:a|per|each|every) month\b| in each of [A-Z]")
_A_QUARTER = re.compile(r" (?:in|for|during) (?:the|its) (?:\w+ ){0,2}quarter\b")
_EARNS_A_QUARTER = re.compile(
    r"\b(?:(?:brings?|brought) in|makes?|made|earns?|earned|books?|booked|generates?|generated)\b[^.;,]{0,24}\Z"
)
_VALUED_AT = re.compile(
    r"\b(?:valued|valuing (?:it|the \w+|[A-Z]\w+)) at"
    r"(?: (?:about|around|some|nearly|roughly|over|up to|more than|less than|as much as|an estimated|a reported))? \Z"
)
_SAID_IT_WAS = re.compile(
    r"\b(?:said|says|told \w+|thinks?|put) (?:that )?(?:it|that|the (?:figure|number|sum)) (?:was|is|at)\b[^.;]{0,20}\Z"
)
"""What a figure was, somebody says: of what, the sentence before tells."""
_A_PART = re.compile(
    r" (?:as part of|of) (?:the|that|this|its) (?:round|financing|raise|deal|[Ss]eries [A-K])\b| of (?:it|that|which)\b"
)
_BRINGS_IN = re.compile(r"\b(?:brings?|brought|bringing) in\b[^.;]{0,20}\Z")
_SPENDS = re.compile(r"\b(?:spend|spends|spent|burn|burns|costs?|a month|revenue|sales)\b")
_OFFERED = re.compile(r"\b(?:offer(?:s|ed|ing)?|bids?|bidding)(?: to pay)?(?: \w+){0,3} \Z")
_FOR_ALL = re.compile(
    r" (?:in (?:cash|stock|cash and stock) )?(?:for|to (?:buy|acquire|take over)) (?!(?:a|an|the) (?:\S+ )?"
    r"(?:stake|share)|(?:rights|access|use)\b)"
)
_NO_ROUND = re.compile(
    r"[- ](?:(?!from\b|in\b|for\b|led\b|at\b|to\b|by\b|with\b|of\b|on\b)[\w-]+ ){0,2}?"
    r"(?:contract|contest|prize|campaign|budget|order|tender|fund)\b| (?:across|for|over) (?:\w+ ){1,3}funds\b"
    r"| (?:for|in|towards) (?:its|an?|the|their) (?:[\w-]+ ){0,4}?fund\b"
)
_CLAIMED = re.compile(
    r" in (?:damages|compensation|penalties|back pay|royalties|savings|fines|ticket sales)\b| at the box office\b"
    r"|[- ](?:[\w-]+ )?(?:bill|invoice|fine|penalty|lawsuit|settlement|salary|bonus)\b"
)
_WORTH = re.compile(
    r"\bworth(?: (?:about|around|some|roughly|nearly|over|more|than|up|to|at|least|almost|an?|estimated))*"
    r"\s*\Z"
)
_ROUND_WORTH = re.compile(
    r"\b(?:round|[Ss]eries [A-K]\+?|seed|shares|stock|equity|investment|financing|loan|facility|injection|raise"
    r"|note|funding|extension|tranche|bonds|grants?)\b[^.;$€£,]{0,24} worth"
)
"""What is worth a sum is no round, but shares and rounds themselves: "prizes worth $1 million"."""
_TOOK_TIME = re.compile(r"\b(?:took|takes|taken) (?:\S+ ){1,4}?(?:days|weeks|months|years)\b[^.;]{0,60}\Z")
_MARKET_VALUE = re.compile(r"\bmarket (?:value|cap|capitali[sz]ation)\b[^.;$€£]{0,20}\Z")
_LISTED = 10**12
"""Only a listed company is worth so much: no valuation of ours."""
SAYS_TODAY = re.compile(
    r"\b(?:said|announced|confirmed|told [^,.;]{1,30})(?: on \w+| \w+day| today)?(?: that)?"
    r" (?:it|they|the [\w-]+(?: [\w-]+)?|[A-Z]\w+) had\b"
)
"""What somebody says now that it "had raised" is the news, no total."""
_BURNS = re.compile(
    r"\b(?:burn(?:s|ed|ing|t)?|los(?:e|es|ing|t)|spend(?:s|ing)?|spent|bleed\w*|bled|losses|gets? through"
    r"|got through)\b"
)


def role_of(sentence: Sentence, sum_: FoundMoney) -> str | None:
    """The role whose words stand nearest: funding_round, valuation, total_funding, acquisition, ipo, a metric, or None.

    "other" words (prices, budgets, market sizes, funds) silence a sum.
    """
    roles: dict[FoundMoney, str | None] = sentence.noted.setdefault("roles", {})
    if sum_ not in roles:
        roles[sum_] = _role_of(sentence, sum_)
    return roles[sum_]


def _role_of(sentence: Sentence, sum_: FoundMoney) -> str | None:
    text = sentence.text
    if _ADJECTIVE.fullmatch(text, sum_.start, sum_.end):
        return None
    if _PRICE_WORD.search(text[sum_.start : sum_.end]):
        return "valuation"
    opening = _OPENING.match(text)
    if sum_.start <= _REACH and opening is not None:
        text = f"{text[: opening.end() - 1]}{text[opening.end() - 1].lower()}{text[opening.end() :]}"
    earlier = max((other.end for other in sentence.money if other.end <= sum_.start), default=0)
    before = text[max(0, sum_.start - _REACH, earlier) : sum_.start]
    end = _end(sentence, sum_)
    found = [
        (distance + place * 0.01, role)
        for place, (role, ends, begins) in enumerate(_roles())
        if (distance := _nearest(before, text, end, ends, begins, quiet=role == "other")) is not None
    ]
    role: str | None = min(found)[1] if found else "other"
    if _VALUED_AT.search(before):
        role = "valuation"
    if role in ("other", "burn_monthly", "funding_round") and _A_MONTH.match(text, end) and _EARNS.search(before):
        return "revenue_monthly"
    if role in ("other", "funding_round") and _A_YEAR.match(text, end) and _EARNS.search(before):
        return "revenue_annual"
    if role == "acquisition" and (_FOR_A_PART.match(text, end) or _NEW_SHARES.search(before)):
        role = "funding_round"
    if role in ("funding_round", "cash") and _PAID.search(before) and not _FOR_A_PART.match(text, end):
        role = "acquisition" if _BUYING.search(text) else None
    if role == "valuation" and _SOLD_ITSELF.search(text[: sum_.start]):
        role = "acquisition"
    if role == "burn_monthly" and _A_YEAR.match(text, end):
        role = "spending"
    if role in ("funding_round", "other") and _EARNS.search(before) and _IS_EARNED.search(text[end:]):
        return "revenue_monthly" if _IN_MONTH.match(text, end) else "revenue_annual"
    if role in (None, "other", "funding_round"):
        role = _priced_at(sentence, sum_) or role
    if role == "funding_round" and (
        _STANDS_NOW.search(before) or _SAID_IT_WAS.search(before) or _A_PART.match(text, end)
    ):
        return None
    if role == "funding_round" and _BRINGS_IN.search(before) and _SPENDS.search(text):
        return None
    if role == "funding_round" and _WORTH.search(before) and not _ROUND_WORTH.search(before):
        return None
    if role == "funding_round" and _TOOK_TIME.search(before):
        return None
    if role is not None and (_NO_ROUND.match(text, end) or _CLAIMED.match(text, end) or _MARKET_VALUE.search(before)):
        return None
    if role == "valuation" and sum_.money.amount >= _LISTED:
        return None
    if role in ("other", "funding_round") and _A_QUARTER.match(text, end) and _EARNS_A_QUARTER.search(before):
        return "revenue_annual"
    if role in ("other", "funding_round") and _OFFERED.search(before) and _FOR_ALL.match(text, end):
        return "acquisition"
    if role in ("funding_round", "other") and _MOVED_AT.search(before):
        return "valuation" if "valuation" in text[: sum_.start] else None
    if role == "valuation" and sum_.money.amount < LOWEST_PRICE:
        return None
    if role in ("funding_round", "total_funding", "acquisition", "ipo") and sum_.money.amount < _LOWEST_DEAL:
        return None
    if role == "other" or (role == "burn_monthly" and not _BURNS.search(before)):
        return None
    if role == "funding_round":
        if _ALLEGED.search(text[: sum_.start]):
            return None
        if _is_total(sentence, sum_):
            return "total_funding"
        return "ipo" if _LISTS.search(text) and not sentence.series else role
    return role


def _priced_at(sentence: Sentence, sum_: FoundMoney) -> str | None:
    """A second sum, much larger, behind "at": "picked up $200 million from GV and others at $4 billion"."""
    earlier = [other for other in sentence.money if other.end <= sum_.start and not other.restates]
    if not earlier or not sentence.text[: sum_.start].endswith((" at ", " at about ", " at around ", " at over ")):
        return None
    raised = earlier[-1]
    same = sentence.parsed.at(raised.start) is sentence.parsed.at(sum_.start)
    larger = sum_.money.currency == raised.money.currency and sum_.money.amount >= 2 * raised.money.amount
    return "valuation" if same and larger and role_of(sentence, raised) == "funding_round" else None


_MOST_RECENTLY = re.compile(
    r"[^;.]{0,160}?\b(?:most recently|including (?:a|an|its)|of which|the (?:last|latest) of (?:it|which|them)"
    r"|last of all|lately)\b"
    r"[^.;$€£]{0,30}[$€£]"
)
"""Behind what is raised in all: "more than $100 million from X and Y, most recently a $60 million Series C"."""


def _is_total(sentence: Sentence, sum_: FoundMoney) -> bool:
    """As in "It had raised about €4 million": all until then, where no round, date or investor is named."""
    statement = sentence.parsed.at(sum_.start)
    if _MOST_RECENTLY.match(sentence.text, sum_.end) and not sentence.text[sum_.end :].startswith((" Series", " seed")):
        return True
    if (
        statement is None
        or not re.match(r"had\b", statement.verb.group)
        or statement.verb.lemma not in ("raise", "collect", "attract", "take")
    ):
        return False
    if SAYS_TODAY.search(sentence.text[: sum_.start]):
        return False
    behind = sentence.text[sum_.end : sum_.end + 50]
    dated = any(
        each.start > sum_.end or each.start < statement.verb.start - 40
        for each in sentence.dates
        if not sentence.text[: each.start].endswith("since ")
    )
    return (
        not sentence.series and not dated and not re.search(r"\b(?:led|round|funding|financing|seed|at an?)\b", behind)
    )


def _end(sentence: Sentence, sum_: FoundMoney) -> int:
    """Where a sum ends, with the bracket that says it again in another currency."""
    again = next((each for each in sentence.money if each.restates and 0 <= each.start - sum_.end <= 12), None)
    if again is None:
        return sum_.end
    return again.end + (sentence.text[again.end : again.end + 1] == ")")


@cache
def _roles() -> list[tuple[str, GatedPattern, re.Pattern[str]]]:
    """(role, what ends at the sum, what begins behind it), in the order that decides between equals."""
    table = lexicon("pipeline.lexicon", "english_money_roles")
    return [
        (role, GatedPattern(_joined(words["before"])), re.compile(_joined(words["after"])))
        for role, words in table.items()
    ]


def _joined(patterns: list[str]) -> str:
    return "|".join(rf"(?:{pattern})" for pattern in patterns)


def _nearest(
    before: str, text: str, end: int, ends: GatedPattern, begins: re.Pattern[str], *, quiet: bool
) -> float | None:
    """How far the role's nearest word is from the sum, in characters; None where it is out of reach."""
    distances: list[float] = []
    behind = begins.match(text, end)
    if behind is not None:
        weak = _WEAK_BEHIND.match(behind[0]) is not None
        distances.append((0.3 if weak else 0.05 if quiet else -0.5) + 0.01 * (behind.end() - end))
    last = None
    for match in ends.finditer(before):
        last = match
    if last is not None:
        gap = _FILLER.sub("", before[last.end() :])
        distances.append(len(gap.strip()) + _COMMA * gap.count(","))
    nearest = min(distances, default=None)
    return nearest if nearest is not None and nearest <= _FARTHEST else None
