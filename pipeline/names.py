"""Names in a document: the companies, products and investors we know, weak ones only with a second sign."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from db.knowledge import KnownCompany, load_knowledge
from db.model import Language
from pipeline.field_companies import OPENING, core_companies, media_companies
from pipeline.first_names import in_persons_names
from pipeline.fold import fold_text
from pipeline.found import NameMention, moved
from pipeline.led_pattern import LedPattern
from pipeline.lexicon_files import lexicon
from pipeline.occurrences import goes_on, occurrences
from pipeline.renamed import renamed
from pipeline.topic import may_be_ours, own_words
from pipeline.unknown_names import discover
from pipeline.word_patterns import chinese_words, whole_words

_SHORTEST_UPPER = 5
_WINDOW = 90
"""How far from a weak name, in characters, a word of the field makes it sure."""
_MOST_NAMES = 20_000
"""So many names no article has, even one of a megabyte; a text that is nothing but names is not read to its end."""
_SPOKEN_OF = 3
"""So many words of the field make a text one about it."""
_NEXT_LATIN = re.compile(r" ([A-Z][A-Za-z0-9]*)")
_OF_NAMES = frozenset({"AI", "Labs", "Lab", "Inc", "ML", "Studio", "Studios", "CEO", "CTO", "CFO", "COO", "Pro", "API"})
"""Words behind a company's name that are part of it, or of none."""
_TITLE = 40
"""How much stands before a name to say what it is: "chief executive of"."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a document, in order, none overlapping: those of its title and those of its text."""

    in_title: list[NameMention]
    in_text: list[NameMention]


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a spelling stands for. `family`: keys whose other names are a sign for it."""

    kind: Literal["company", "product", "investor"]
    key: str
    name: str
    weak: bool
    owner_key: str | None = None
    family: frozenset[str] = frozenset()


def find_names(title: str, text: str, language: Language) -> Names:
    """Every name in a folded title and text. Signs are looked for in both: a name proven once is proven throughout.

    Companies nobody has listed are looked for only where the text is of the field, by its words or by whom it names.
    """
    whole, spelled = _bounded(f"{title}\n\n{text}")
    known, refused = _known(whole, spelled)
    mentions = known
    early = (each for each in known if each.start < len(title) + 2 + OPENING)
    if may_be_ours(title, text, language) or core_companies(known) or media_companies(early):
        taken = [(mention.start, mention.end) for mention in known]
        mentions = sorted([*known, *discover(whole, taken, refused)], key=lambda mention: mention.start)
    shift = len(title) + 2
    return Names(
        [each for each in mentions if each.end <= len(title)],
        [moved(each, -shift) for each in mentions if each.start >= shift],
    )


def spelled_at(text: str) -> list[tuple[int, int]]:
    """Where a text spells any name we know, weak ones and other meanings among them."""
    automaton, _ = _automaton()
    return [
        (start, end) for _, start, end in automaton.find_matches_as_indexes(text) if _stands_alone(text, start, end)
    ]


@cache
def _automaton() -> tuple[AhoCorasick, list[_Meaning]]:
    """The automaton over every spelling we know, and what each of its patterns means."""
    spellings: dict[str, _Meaning] = {}
    knowledge = load_knowledge()
    for company in knowledge.companies:
        for spelling, meaning in _company_spellings(company):
            spellings.setdefault(fold_text(spelling), meaning)
    for investor in knowledge.investors:
        family = frozenset({investor.key})
        for name, weak in [
            *((name, False) for name in investor.strong_names),
            *((name, True) for name in investor.weak),
        ]:
            meaning = _Meaning("investor", investor.key, investor.name, weak, None, family)
            spellings.setdefault(fold_text(name), meaning)
    for spelling, meaning in list(spellings.items()):
        if spelling.isascii() and len(spelling) >= _SHORTEST_UPPER and not meaning.weak:
            spellings.setdefault(spelling.upper(), meaning)
            spellings.setdefault(spelling.capitalize(), meaning)
    return AhoCorasick(list(spellings), matchkind=MatchKind.LeftmostLongest), list(spellings.values())


def _company_spellings(company: KnownCompany) -> Iterable[tuple[str, _Meaning]]:
    family = frozenset(key for key in (company.key, company.parent) if key)
    for name in company.strong_names:
        yield name, _Meaning("company", company.key, company.name, False, None, family)
        if name.endswith(" AI"):
            yield name.replace(" AI", "AI"), _Meaning("company", company.key, company.name, False, None, family)
    for name in company.weak:
        yield name, _Meaning("company", company.key, company.name, True, None, family)
    for product in company.products:
        for name in filter(None, (product.name, product.name_zh)):
            yield (
                name,
                _Meaning("product", f"{company.key}/{product.name}", product.name, product.weak, company.key, family),
            )


def _bounded(whole: str) -> tuple[str, list[tuple[int, int, int]]]:
    """A document up to its last name that is looked at, and what it spells there: (index, start, end)."""
    automaton, _ = _automaton()
    spelled = automaton.find_matches_as_indexes(whole)
    if len(spelled) <= _MOST_NAMES:
        return whole, spelled
    return whole[: spelled[_MOST_NAMES][1]], spelled[:_MOST_NAMES]


def _known(whole: str, spelled: Iterable[tuple[int, int, int]]) -> tuple[list[NameMention], set[str]]:
    """The mentions of names we know, and the spellings refused: of a known name, but meant as something else here."""
    _, meanings = _automaton()
    hits: list[tuple[int, int, _Meaning]] = []
    refused: set[str] = set()
    for index, start, end in spelled:
        if _guarded(whole, start, end):
            refused.add(whole[start:end])
        elif _stands_alone(whole, start, end):
            hits.append((start, end, meanings[index]))
    weak = [(start, end) for start, end, meaning in hits if meaning.weak and whole[start].isascii()]
    persons = in_persons_names(whole, weak, _OF_NAMES)
    hits = _with_new_names(whole, [hit for hit in hits if hit[0] not in persons])
    others = _parts_of_others(whole, hits)
    if others:
        refused |= others
        hits = [hit for hit in hits if whole[hit[0] : hit[1]] not in others]
    meanings_told = list({id(meaning): meaning for _, _, meaning in hits}.values())
    proven = {key for meaning in meanings_told if not meaning.weak for key in meaning.family}
    proven |= _proven_by_each_other(meanings_told) | _proven_by_founders(whole, meanings_told)
    mentions: list[NameMention] = []
    context: list[int] = []
    if any(meaning.weak and meaning.family.isdisjoint(proven) for meaning in meanings_told):
        context = [match.start() for match in _context().finditer(whole)]
        proven |= _proven_by_deeds(whole, hits, proven, refused)
        among = bool(context) and any(not meaning.weak and meaning.kind != "investor" for meaning in meanings_told)
        listed = len(proven & _of_the_field()) >= _MANY
        for start, end, meaning in hits:
            asked = meaning.weak and meaning.kind == "company" and meaning.family.isdisjoint(proven)
            if asked and (
                _is_sure(whole, start, end, meaning, context)
                or (among and whole[start:end] not in refused and _does().match(whole, _past(whole, end)) is not None)
                or (listed and whole[start:end] not in refused and _is_spoken_of(whole, start, end))
            ):
                proven.add(meaning.key)
    for start, end, meaning in hits:
        proved = not meaning.weak or not meaning.family.isdisjoint(proven)
        if proved or _is_sure(whole, start, end, meaning, context):
            mentions.append(NameMention(start, end, meaning.kind, meaning.key, meaning.name, True, meaning.owner_key))
        else:
            refused.add(whole[start:end])
    return mentions, refused


def _with_new_names(whole: str, hits: list[tuple[int, int, _Meaning]]) -> list[tuple[int, int, _Meaning]]:
    """The hits with those of names the text gives to companies we know: Mirage, once Captions."""
    for new, old in renamed(whole).items():
        meant = next((each for start, end, each in hits if whole[start:end] == old and each.kind == "company"), None)
        if meant is None or any(whole[a:b] == new and not each.weak for a, b, each in hits):
            continue
        sure = replace(meant, weak=False)
        spans = [(start, end) for start, end, _ in occurrences(whole, {new})]
        kept = [hit for hit in hits if not any(hit[0] < end and start < hit[1] for start, end in spans)]
        hits = sorted([*kept, *((start, end, sure) for start, end in spans)], key=lambda hit: hit[:2])
    return hits


def _parts_of_others(whole: str, hits: Iterable[tuple[int, int, _Meaning]]) -> set[str]:
    """The weak Latin names that go on, wherever a text writes them, with one and the same word: Pika Home."""
    behind: dict[str, str] = {}
    alone: set[str] = set()
    often: set[str] = set()
    for start, end, meaning in hits:
        name = whole[start:end]
        if not meaning.weak or meaning.kind != "company" or name in alone or not whole[start].isascii():
            continue
        following = _NEXT_LATIN.match(whole, end)
        if following is None or following[1] in _OF_NAMES or any(each.isdigit() for each in following[1]):
            alone.add(name)
        elif name not in behind:
            behind[name] = following[1]
        elif behind[name] != following[1]:
            alone.add(name)
        else:
            often.add(name)
    return often - alone


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A Latin name must not be part of a longer word."""
    before = text[start - 1 : start]
    if _latin(text[start]) and _latin(before):
        return False
    if _latin(text[end - 1]) and goes_on(text, end):
        return False
    return not (text[start].isascii() and before == "-" and _latin(text[start - 2 : start - 1]))


def _latin(character: str) -> bool:
    return character < "\u2e80" and character.isalnum()


_NEXT_WORD = re.compile(r"[ -]([A-Z][A-Za-z0-9]*)")
_OF_PRODUCT = re.compile(r" (?:apps?|API|web|mobile|model|video|feed|service|tool|team)\b")
_LAST_WORD = re.compile(r"(\w+)\.? \Z")


_NAMESAKE = re.compile(r"(?:与|和|跟|同)[^，。；]{0,8}(?:同名|重名)的?[^，。；]{0,14}\Z")
_UNRELATED = re.compile(
    r"[^。；]{0,12}?(?:无关|没有[^，。；]{0,10}(?:关系|关联|联系|瓜葛)|(?:并)?无[^，。；]{0,8}(?:关系|关联|联系))"
)


def _guarded(text: str, start: int, end: int) -> bool:
    """Whether what stands around a name makes it another thing's: Runway Capital, 海螺水泥, WU Anthropic LP."""
    if _NAMESAKE.search(text, max(0, start - 28), start) and _UNRELATED.match(text, end):
        return True  # 「公司与同名的AI工具“即梦”没有任何关系」
    if not text[start].isascii() and _of_another_trade().match(text, end) is not None:
        return True
    guard = _guards_zh().get(text[start:end])
    if guard is not None:
        before, behind = guard
        return text.startswith(behind, end) or text[max(0, start - 4) : start].endswith(before)
    if not text[start].isascii():
        return False
    sign = text[end : end + 1]
    if sign == "," and text[end + 2 : end + 3] in ("a", "t") and _something_else().match(text, end):
        return True
    following = _NEXT_WORD.match(text, end) if sign in (" ", "-") else None
    if following and following[1] in _other_names():
        return True
    led = text[start - 1 : start] == " " and text[start - 2 : start - 1] != ","
    previous = _LAST_WORD.search(text, max(0, start - 16), start) if led else None
    if previous and previous[1] == "The" and _OF_PRODUCT.match(text, end):
        return False
    return bool(previous) and previous[1] in _titles()  # type: ignore[index]


@cache
def _guards_zh() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Chinese name -> what before it and what behind it makes it another word."""
    table = lexicon("pipeline.lexicon", "names")["guards_zh"]
    return {name: (tuple(each.get("before", ())), tuple(each.get("behind", ()))) for name, each in table.items()}


@cache
def _of_another_trade() -> re.Pattern[str]:
    """Behind a Chinese name: the rest of a longer one, of a company of another trade (可灵达医药, 海螺新材)."""
    return re.compile(f"[\u4e00-\u9fff]{{0,2}}(?:{'|'.join(lexicon('pipeline.lexicon', 'names')['other_trades_zh'])})")


@cache
def _something_else() -> re.Pattern[str]:
    things = "|".join(lexicon("pipeline.lexicon", "names")["other_things"])
    return re.compile(rf", (?:a|an|the) (?:\w+ )?(?:{things})\b")


@cache
def _other_names() -> frozenset[str]:
    return frozenset(lexicon("pipeline.lexicon", "names")["not_before"])


@cache
def _titles() -> frozenset[str]:
    return frozenset(lexicon("pipeline.lexicon", "names")["not_after_words"])


def _proven_by_each_other(told: Iterable[_Meaning]) -> set[str]:
    """Two different weak names of one family prove each other: 字节旗下的即梦, Odyssey and its Agora-1."""
    names: dict[str, set[str]] = {}
    for meaning in told:
        for key in meaning.family:
            names.setdefault(key, set()).add(meaning.key)
    return {key for key, keys in names.items() if len(keys) > 1}


def _proven_by_deeds(
    whole: str, hits: Sequence[tuple[int, int, _Meaning]], proven: set[str], refused: set[str]
) -> set[str]:
    """Weak names that do and own at several places what companies do, in a text that tells of pictures."""
    weights: dict[str, int] = {}
    for start, end, meaning in hits:
        asked = meaning.weak and meaning.kind == "company" and meaning.family.isdisjoint(proven)
        asked = asked and whole[start].isascii() and whole[start:end] not in refused  # "Luma", of Luma Therapeutics
        if asked and (_does().match(whole, end) or _acting().match(whole, end) or _HAS_OWNERS.match(whole, end)):
            weights[meaning.key] = weights.get(meaning.key, 0) + 1
    found = {key for key, weight in weights.items() if weight > 1}
    pictures = bool(found) and _pictures().search(whole) is not None
    return {key for key in found if pictures or _is_of_its_city(whole, key)}


_HAS_OWNERS = re.compile(r" (?:shares|stock|staff|employees|itself)\b")
"""What stands behind a company's name: "Runway shares", "None of it goes to Runway itself"."""


def _is_of_its_city(whole: str, key: str) -> bool:
    """Whether a text speaks of "the New York company", and there our company is at home."""
    city = _cities().get(key)
    nouns = "|".join(lexicon("pipeline.lexicon", "names")["company_nouns"])
    return city is not None and bool(
        re.search(rf"\b{re.escape(city)}(?:-based)? (?:[\w-]+ ){{0,2}}(?:{nouns})\b", whole)
    )


@cache
def _cities() -> dict[str, str]:
    return {company.key: company.city for company in load_knowledge().companies if company.city}


@cache
def _pictures() -> re.Pattern[str]:
    return re.compile(
        whole_words(["video", "videos", "clips", "clip", "film", "films", "avatar", "avatars", "footage"])
    )


def _proven_by_founders(whole: str, told: Iterable[_Meaning]) -> set[str]:
    asked = {meaning.key for meaning in told if meaning.weak and meaning.kind == "company"}
    return {key for key in asked if any(founder in whole for founder in _founders()[key])}


@cache
def _founders() -> dict[str, Sequence[str]]:
    return {company.key: company.founders for company in load_knowledge().companies}


@cache
def _context() -> LedPattern:
    """The words of the field and of its business: where they stand, a weak name may be meant."""
    table = lexicon("pipeline.lexicon", "names")
    english = whole_words({*table["context_en"], *own_words("en")})
    return LedPattern(f"{english}|{chinese_words({*table['context_zh'], *own_words('zh')})}")


@cache
def _signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands behind or before a company's name: an apposition, a company noun, a round."""
    table = lexicon("pipeline.lexicon", "names")
    nouns = "|".join(table["company_nouns"])
    behind = re.compile(
        rf"(?:: (?:[A-Z]{{1,3}})?[$€£¥₩]\d|, (?:a|an|the|its)\b[^.;]{{0,60}}?\b(?:{nouns})\b|,? (?:founded|started"
        rf"|co-founded) (?:in|by)\b"
        rf"|, (?:now |once |also )?(?:called|named|known as|formerly) (?=[A-Z])"
        rf"| (?:{'|'.join(table['funding_en'])})|'s (?:Series|seed|valuation|round|chief|CEO|co-founder|founder|model))"
    )
    before = re.compile(
        r"\b(?:formerly|previously|(?:knew|known) as|(?:used to be|was) called) \Z"
        rf"|\b(?:{nouns}|startups|rivals|companies|(?:chief executive|CEO|founder|co-founder) of) (?:like |such as )?\Z"
    )
    return behind, before


def _is_sure(text: str, start: int, end: int, meaning: _Meaning, context: Sequence[int]) -> bool:
    """Whether a weak name has a second sign beside it; `context` is where the field's words begin, in order."""
    behind, before = _signs()
    if meaning.kind == "company" and (behind.match(text, end) or before.search(text, max(0, start - _TITLE), start)):
        return True
    if not context:
        return False
    if text[start].isascii():
        acting = meaning.kind == "company" and bool(_acting().match(text, end))
        nearest = bisect_left(context, start - _WINDOW)
        beside = nearest < len(context) and context[nearest] < end + _WINDOW
        spoken_of = (
            len(context) >= _SPOKEN_OF and _within_a_sentence().search(text, max(0, start - 30), start) is not None
        )
        return meaning.kind != "investor" and (acting or beside or spoken_of)
    return True


_MANY = 3
"""So many companies of the field make a text one about it: then a capital within a sentence is a name's."""


@cache
def _of_the_field() -> frozenset[str]:
    return frozenset(company.key for company in load_knowledge().companies if company.scope == "core")


def _is_spoken_of(text: str, start: int, end: int) -> bool:
    """Whether a name stands where a common word would be small, or does what companies do."""
    if not text[start].isascii():
        return False
    return bool(_within_a_sentence().search(text, max(0, start - 30), start) or _acting().match(text, end))


@cache
def _does() -> re.Pattern[str]:
    """What companies do and own, behind the name: enough where the text names others of the field."""
    table = lexicon("pipeline.lexicon", "recurring_names")
    return re.compile("|".join(f"(?:{each['says']})" for each in table["behind"] if each["counts"] > 1))


def _past(whole: str, end: int) -> int:
    """Behind a name, or behind what is but put between: "Runway, meanwhile, tapped"."""
    between = _BETWEEN.match(whole, end)
    return end if between is None else between.end()


_BETWEEN = re.compile(r", (?:meanwhile|by contrast|for its part|in turn|too|however|for instance),")


@cache
def _within_a_sentence() -> re.Pattern[str]:
    """Behind small letters a capital is a name's: "an earlier suit against Runway"."""
    return re.compile(r"(?:[a-z]{2,}[a-z ,]*[a-z,] )\Z")


@cache
def _acting() -> re.Pattern[str]:
    """What only a company does, behind its name."""
    table = lexicon("pipeline.lexicon", "names")
    return re.compile(rf"(?: (?:{'|'.join(table['acting_en'])})|['’]s (?:{'|'.join(table['owned_en'])}))\b")
