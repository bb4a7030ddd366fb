"""What a sum of money in an English sentence is: a round, a price, a total, a revenue, or nothing we track."""

from __future__ import annotations

import re
from functools import cache

from pipeline.english.document import Sentence
from pipeline.english.role_rules import ruled
from pipeline.english.sum_tests import Place
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern, GatedTable
from pipeline.values.found import FoundMoney

METRICS = ("arr", "revenue_monthly", "revenue_annual", "burn_monthly", "cash", "spending")
_REACH = 90
_COMMA = 12
"""What a comma between a word and a sum counts, in characters."""
_FARTHEST = 70
_FILLER = re.compile(
    r"\b(?:of|at|to|from|reported|about|around|roughly|nearly|almost|some|more|than|over|just|under|up|a|an|the"
    r"|another|was|is|now|as|much|at least|between|approximately|approaching|close|nearer|passed|reached"
    r"|hit|topped|crossed|rose|climbed|grew|came|stood|stands|jumped|exceeded|surpassed|exceeds|tops"
    r"|reaches|had|been|worth|roughly|doubled|tripled|quadrupled|halved|risen|grown|fallen|fell|dropped|increased"
    r"|widened|narrowed|swelled|soared|surged|shrank|slipped|declined|expanded|totalled|totaled|amounted|peaked|has|have|quintupled"
    r"|sextupled|ballooned|mushroomed|rocketed|leapt|leaped|shot|edged|crept|inched|improved|moved|went|gone|sits|sat"
    r"|cleared|blew|past|topping|hitting|reaching|passing|nearing|since|north|upwards|excess|well|beyond)\b|[ -]"
)
_WEAK_BEHIND = re.compile(r" (?:from|led by|backed by|co-led by|in a|across(?! (?:its )?(?:[Pp]re-|[Ss]eed|Series)))\b")
_ADJECTIVE = re.compile(r"(?:multi-?)?[mb]illion-dollar")
_OPENING = re.compile(r"(?:[-–—•*·]+ |\d{1,2}[.)] )?[*]*[A-Z](?![A-Z])")
"""The capital a sentence or a line of a list begins with."""
_MARK = re.compile(r" (?:mark|threshold|milestone|barrier|line|post)\b(?!-)")
_INSERTED = re.compile(
    r", (?:(?:before|after|including|excluding|not counting) (?:the |this )?(?:new |fresh )?(?:money|round|deal|cash)"
    r"|(?:excluding|not counting|before|adjusted for) (?!the new)[^,.;$€£]{3,60}"
    r"|(?:announced|closed|completed|agreed|signed)(?: (?:in|on|at|this|last|early|late) [\w ]{2,24})?),"
)
_ROUND_NUMBER = re.compile(r"\ba round \Z")
"""As in "a round four hundred million dollars"."""
_PRICE_WORD = re.compile("unicorn|decacorn")


def role_of(sentence: Sentence, sum_: FoundMoney) -> str | None:
    """The role whose words stand nearest: funding_round, valuation, total_funding, acquisition, ipo, a metric, or None.

    "other" words (prices, budgets, market sizes, funds) silence a sum; what the rules say decides.
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
    named = opening is not None and any(each.start == opening.end() - 1 for each in sentence.mentions)
    if sum_.start <= _REACH and opening is not None and not named:
        text = f"{text[: opening.end() - 1]}{text[opening.end() - 1].lower()}{text[opening.end() :]}"
    earlier = max((other.end for other in sentence.money if other.end <= sum_.start), default=0)
    before = _INSERTED.sub("", text[max(0, sum_.start - _REACH, earlier) : sum_.start])
    before = _ROUND_NUMBER.sub("a ", before)
    end = _end(sentence, sum_)
    last = {place: match for ends, place in _ends().possible(before) if (match := _last(ends, before)) is not None}
    found = [
        (distance + place * 0.01, role)
        for place, (role, begins) in enumerate(_begins())
        if (distance := _nearest(last.get(place), begins.match(text, end), quiet=role == "other")) is not None
    ]
    role = ruled(Place(sentence, sum_, text, before, end, role_of), min(found)[1] if found else "other")
    return "funding_round" if role is None and not found and _beside_round(sentence, sum_) else role


_NEAR = 40
"""Characters between a sum and the round's name, or the investor, that say what it is where no word does."""
_SAYS_ELSE = re.compile(
    r"\b(?:revenues?|sales|turnover|income|profits?|loss(?:es)?|burn\w*|valu\w+|worth|price[ds]?|acqui\w+|b(?:uy|ought)\w*"
    r"|takeover|funds?\b(?! led)|fines?|salar\w+|budgets?|market|contracts?|licen[cs]\w+|fees?|costs?|sp[ae]n[dt]\w*"
    r"|lawsuit|damages|su(?:ed|es|ing)|settle\w*|users?|bill(?:s|ed)?|IPO|listing|shares?)\b"
)


def _beside_round(sentence: Sentence, sum_: FoundMoney) -> bool:
    """Whether a round's name or an investor stands right beside a sum of which no word says what it is."""
    if len(sentence.money) > 1 or _SAYS_ELSE.search(sentence.text):
        return False
    spans = [(each.start, each.end) for each in sentence.series if each.investment_type != "grant"]
    spans += [(each.start, each.end) for each in sentence.mentions if each.kind == "investor"]
    return any(0 <= start - sum_.end <= _NEAR or 0 <= sum_.start - end <= _NEAR for start, end in spans)


def _end(sentence: Sentence, sum_: FoundMoney) -> int:
    """Where a sum ends, with the bracket that says it again in another currency, or "mark" behind it."""
    again = next((each for each in sentence.money if each.restates and 0 <= each.start - sum_.end <= 12), None)
    if again is None:
        mark = _MARK.match(sentence.text, sum_.end)
        return sum_.end if mark is None else mark.end()
    return again.end + (sentence.text[again.end : again.end + 1] == ")")


@cache
def _ends() -> GatedTable[int]:
    """What ends before a sum, and the number of the role it tells."""
    table = lexicon("pipeline.lexicon", "english_money_roles")
    return GatedTable((GatedPattern(_joined(words["before"])), place) for place, words in enumerate(table.values()))


@cache
def _begins() -> list[tuple[str, re.Pattern[str]]]:
    """(role, what begins behind a sum), in the order that decides between equals."""
    table = lexicon("pipeline.lexicon", "english_money_roles")
    return [(role, re.compile(_joined(words["after"]))) for role, words in table.items()]


def _joined(patterns: list[str]) -> str:
    return "|".join(rf"(?:{pattern})" for pattern in patterns)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match in a text."""
    last = None
    for match in pattern.finditer(text):
        last = match
    return last


def _nearest(before: re.Match[str] | None, behind: re.Match[str] | None, *, quiet: bool) -> float | None:
    """How far the role's nearest word is from the sum, in characters; None where it is out of reach."""
    distances: list[float] = []
    if behind is not None:
        weak = _WEAK_BEHIND.match(behind[0]) is not None
        distances.append((0.3 if weak else 0.05 if quiet else -0.5) + 0.01 * (behind.end() - behind.start()))
    if before is not None:
        gap = _FILLER.sub("", before.string[before.end() :])
        distances.append(len(gap.strip()) + _COMMA * gap.count(","))
    nearest = min(distances, default=None)
    return nearest if nearest is not None and nearest <= _FARTHEST else None
