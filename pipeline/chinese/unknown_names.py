"""Companies nobody has listed yet, by the way a Chinese text introduces them: they become candidates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pipeline.chinese.introduced_names import introduced_names
from pipeline.chinese.patterns import HAN, alternation, any_of, words, written
from pipeline.chinese.recurring_names import recurring_names
from pipeline.lexicon_files import lexicon
from pipeline.matching.gated_pattern import GatedPattern
from pipeline.matching.led_pattern import LedPattern
from pipeline.matching.occurrences import places_of

_TABLE = "chinese_unknown_names"


def unknown_names(whole: str) -> Iterator[str]:
    """The names of companies that a folded text introduces as such."""
    lines = f"\n{whole}"  # the first line begins as the others do
    names = {match["name"].strip() for pattern in _patterns() for match in pattern.finditer(lines)}
    names |= {*_recurring(whole), *_of_title(whole), *introduced_names(lines), *recurring_names(lines)}
    people = {
        match["name"]
        for match in _latin_names().finditer(whole)
        if (" " in match["name"] and (_has_role(whole, match) or _founds(whole, match)))
        or _SCHOLARS.match(whole, match.end())
    }
    people |= {part for name in people for part in name.split()[1:]}  # Prado, of Luis Prado
    trades = other_trades()
    yield from sorted(
        name
        for name in {_to_its_last_tail(whole, name) for name in names - people}
        if not (_refused().search(name) or _adverbs().fullmatch(name) or name.endswith(trades))
    )


def _to_its_last_tail(whole: str, name: str) -> str:
    """梦河影业科技 for 梦河影业, where the text never writes it otherwise."""
    if not _tail().fullmatch(name):
        return name
    behind = [_last_tail().match(whole, place + len(name)) for place in places_of(whole, name)]
    tails = {match[0] if match is not None else "" for match in behind}
    return name + tails.pop() if len(tails) == 1 else name


@cache
def _last_tail() -> re.Pattern[str]:
    return re.compile(alternation(_TABLE, "last_tails"))


@cache
def _patterns() -> tuple[LedPattern | GatedPattern, ...]:
    behind = (LedPattern(written(_TABLE, line)) for line in words(_TABLE, "introduced_behind"))
    others = (GatedPattern(written(_TABLE, line)) for line in words(_TABLE, "introduced"))
    return (*behind, *others)


def _recurring(whole: str) -> Iterator[str]:
    """Latin names a text comes back to that own and do what companies do: 「Filmwerk AI的前一轮融资」."""
    times: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    others: set[str] = set()
    first_line = whole.partition("\n")[0]
    for match in _latin_names().finditer(whole):
        name = match["name"]
        times[name] += 1
        if _owned().match(whole, match.end()):
            signs[name] += 1
        if _never_behind().match(whole, match.end()) or _never_before().search(
            whole, max(0, match.start() - 8), match.start()
        ):
            others.add(name)
    for name, weight in signs.items():
        told_again = times[name] > 1 or name in first_line
        if name not in others and told_again and weight + (name in first_line) > 1:
            yield name


_SCHOLARS = re.compile(r"\s?(?:的)?(?:前)?(?:研究员|研究人员|博士|教授|校友|毕业生|学生|实验室)")
"""Behind a name: 「两位INRIA研究员在2022年创立的」 names no company."""


def _of_title(whole: str) -> Iterator[str]:
    """The short name a title begins with, where it does what companies do and the text comes back to it twice."""
    match = _titled().match(whole)
    if match is not None and whole.count(match["name"], whole.find("\n")) >= _COMES_BACK:
        yield match["name"]


_COMES_BACK = 2


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(written(_TABLE, "(?!<common_nouns>)[“「]?(?P<name><plain_letter>{2,4}?)[”」]?(?=<title_deeds>)"))


def _has_role(whole: str, match: re.Match[str]) -> bool:
    return _role_before().search(whole, max(0, match.start() - 8), match.start()) is not None


def _founds(whole: str, match: re.Match[str]) -> bool:
    """「由Gaurav Misra与Dwight Churchill在2021年创立」: who stands between 由 and a verb of founding is a person."""
    begins = _BY.search(whole, max(0, match.start() - _FAR), match.start())
    return begins is not None and _FOUNDING.match(whole, match.end()) is not None


_FAR = 60
_BY = re.compile(r"由[^，。；\n]*\Z")
_FOUNDING = re.compile(r"[^，。；\n]{0,40}?(?:创立|创办|创建|成立|组建|组成)")


@cache
def _role_before() -> re.Pattern[str]:
    return re.compile(rf"{alternation('chinese_people', 'roles')}\s?$")


@cache
def _latin_names() -> re.Pattern[str]:
    return re.compile(written(_TABLE, "(?<![A-Za-z0-9.&À-ž-])(?P<name><latin>)(?![A-Za-z0-9À-ž])"))


@cache
def _owned() -> re.Pattern[str]:
    return re.compile(alternation(_TABLE, "owned"))


@cache
def _never_behind() -> re.Pattern[str]:
    return re.compile(alternation(_TABLE, "not_owned_behind"))


@cache
def _never_before() -> re.Pattern[str]:
    return re.compile(alternation(_TABLE, "not_owned_before"))


@cache
def _refused() -> re.Pattern[str]:
    return re.compile(alternation(_TABLE, "refused"))


@cache
def other_trades() -> tuple[str, ...]:
    """How companies of other trades end: 可灵珠宝 is nobody of the field, whatever is told beside it."""
    return tuple(lexicon("pipeline.lexicon", "names")["other_trades_zh"])


@cache
def _adverbs() -> re.Pattern[str]:
    """「，至今完成了三轮融资」: what stands before a verb and names nobody."""
    return re.compile(
        rf"(?:{alternation('chinese_clauses', 'adverbs')}|{alternation('chinese_clauses', 'openers')}"
        r"|迄今|历史上|期间|接连|双双|多次|首度|现已|业已|截止|截至|上线|半年|数月|短短|不久|后又|资方|双方|创业|拟|先|欲|仍|共|各|再)+"
    )


def products_made(whole: str, names: set[str]) -> dict[str, str]:
    """Quoted product -> the company, of these, that a text says makes or runs it: 「“译境”由声画同源科技开发」."""
    asked = sorted(names, key=len, reverse=True)[:_MOST]
    found: dict[str, str] = {}
    for match in _MADE_BY.finditer(whole) if asked else ():
        city = any_of(_TABLE, "cities").match(whole, match.end())
        places = (city.end(), match.end()) if city is not None else (match.end(),)
        maker = next((name for place in places for name in asked if whole.startswith(name, place)), None)
        if maker is not None and match["product"] not in names:
            found[match["product"]] = maker
    return found


_MADE_BY = GatedPattern(
    rf"[“「《](?P<product>[{HAN}A-Za-z0-9]{{2,10}})[”」》](?:App|APP|应用|平台|小程序)?"
    r"(?:的?(?:运营方|开发商|开发方|开发者|开发团队|母公司|出品方|运营公司|研发方)(?:是|为)|由)"
)
_MOST = 50
"""Companies of a text that are asked what they make."""


def short_forms(whole: str, names: set[str]) -> dict[str, str]:
    """镜岛 for 镜岛科技 and Filmwerk for Filmwerk AI, where the text uses it by itself.

    Once is enough where it begins a clause and acts; a word that is everybody's needs to be told twice.
    """
    found: dict[str, str] = {}
    for name in sorted(names):
        sure = _tail().fullmatch(name) or _LATIN_TAIL.fullmatch(name)
        match = sure or _LATIN_WORDS.fullmatch(name)
        if match is None:
            continue
        alone = whole.count(match["short"]) - whole.count(name)
        acts = alone > 0 and re.search(rf"{_STARTS}{re.escape(match['short'])}{_ACTS}", whole) is not None
        if (alone > 1 and sure is not None) or acts or match["short"] in names:
            found[match["short"]] = name
        stem = _two_tails().fullmatch(name)
        if stem is not None and whole.count(stem["short"]) > whole.count(name):
            found[stem["short"]] = name
    return found


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?P<short>[{HAN}]{{2,4}}){alternation('chinese_unknown_names', 'tails')}")


@cache
def _two_tails() -> re.Pattern[str]:
    tails, last = (alternation(_TABLE, kind) for kind in ("tails", "last_tails"))
    return re.compile(rf"(?P<short>[{HAN}]{{2,4}}?){tails}{last}")


_LATIN_TAIL = re.compile(r"(?P<short>[A-Z][A-Za-zÀ-ž]{3,}) (?:AI|Labs?|Studios?|Inc|Technologies|Pictures)")
_LATIN_WORDS = re.compile(r"(?P<short>[A-Z][A-Za-zÀ-ž]{3,})(?: [A-Z][A-Za-zÀ-ž]+){1,2}")
_STARTS = r"(?:\A|[\n，。；：、“「]|[与和由对从被]|此前，?|目前，?)"
_ACTS = r"(?=在|将|已|的|现|有|也|与|和|获|拿|成立|宣|完|推|由|从|则|还|今|去|上|本|目|没|把|被|向|说|称|表|\d)"
