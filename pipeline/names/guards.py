"""Where a spelling of a name we know is another thing's: Runway Capital, 海螺水泥, WU Anthropic LP."""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicon_files import lexicon

_NEXT_WORD = re.compile(r"[ -]([A-Z][A-Za-z0-9]*)")
_OF_PRODUCT = re.compile(r" (?:apps?|API|web|mobile|model|video|feed|service|tool|team)\b")
_LAST_WORD = re.compile(r"(\w+)\.? \Z")
_NAMESAKE = re.compile(r"(?:与|和|跟|同)[^，。；]{0,8}(?:同名|重名)的?[^，。；]{0,14}\Z")
_UNRELATED = re.compile(
    r"[^。；]{0,12}?(?:无关|没有[^，。；]{0,10}(?:关系|关联|联系|瓜葛)|(?:并)?无[^，。；]{0,8}(?:关系|关联|联系))"
)


def is_another_things(text: str, start: int, end: int) -> bool:
    """Whether what stands around a name makes it a part of another, or says that it is one."""
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
