"""Credit lines: who wrote an article and who published it first, where a page is a reprint.

After research on real pages: Chinese sites state it in one line (作者|… 来源|…), in a sentence naming a
WeChat account (本文转载自微信公众号：…), or in a closing notice (本文来源…，内容仅代表…); English ones in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pipeline.pages.page_words import words_of

_AUTHOR = (
    r"(?:本文|原文)?作者|撰文|撰稿(?:人)?|采写|采访|(?:特约|见习|实习|本报|本刊)?记者|编译|整理|口述"
    r"|文(?=\s*[:：|｜丨/／\\—])"
)
_EDITOR = r"(?:责任|值班|执行|本文|文字)?编辑|责编|主编|校对|审校|运营|监制"
_SOURCE = r"(?:文章|稿件|消息|新闻|内容|本文|信息)?来源|出品|首发于|原载于?|(?:本文)?转载?自"
_NOT = (
    r"(?:图片|题图|头图|封面图?|配图|插图|图|数据|资料|视频)(?:来源|来自|源)"
    r"|图源|题图|头图|封面图?|摄影|视觉|制图|设计|插图"
)
_SEPARATOR = r"\s*(?:[:：|｜丨︱∣/／·•]|[-—]{1,2})\s*"
_GLUED = r"(?<=[\u4e00-\u9fffA-Za-z）)])(?=(?:作者|撰文|来源|编辑|责编|出品)\s*[:：|｜丨])"
_PAIR = re.compile(
    rf"(?:^|(?<=[\s；;，,。）)】\]▎｜|*＊])|{_GLUED})"
    rf"(?:(?P<other>{_NOT})|(?P<author>{_AUTHOR})|(?P<editor>{_EDITOR})|(?P<source>{_SOURCE}))"
    rf"(?P<separator>{_SEPARATOR}|\s+(?=\S))"
)
_ENGLISH_CUES = ("published", "appeared", "printed", "syndicated", "reproduced", "posted", " ran ")
_HAN = re.compile("[\u4e00-\u9fff]")
_ID = r"[（(]\s*(?:微信)?(?:公众号)?\s*ID\s*[:：]\s*[\w-]+\s*[）)]"
_ACCOUNT = re.compile(
    r"(?:微信)?公众(?:号|平台|账号)\s*[:：]?\s*[“\"「『【\[（(]?\s*"
    r"(?P<name>[^“”\"「」『』【】\[\]（）()，,。；;：:\s]{2,30})"
)
_ACCOUNT_WORDS = re.compile(r"来自|来源|转载|转自|首发|选自|授权|作者|原载")
_ACCOUNT_AUTHOR = re.compile(r"[，,；;]\s*(?:原文)?作者\s*[:：|｜丨]\s*(?P<name>[^，,。；;（(|｜]{2,30})")
_NOTICE = re.compile(
    r"本文来源(?:于|自)?\s*[:：]?\s*(?P<name>[^，,。；;\s]{2,20})[，,]\s*(?:转载请注明|(?:本文)?内容仅代表|仅代表)"
)
_AUTHORISED = re.compile(
    r"本文(?:系|由|经|为)?\s*(?P<name>[^，,。；;：:\s]{2,20}?)\s*(?:授权|独家授权)\S{0,12}(?:转载|发布|刊发)"
    r"|(?:转载自|转自|授权转载自)\s*[:：]?\s*[“\"「《]?(?P<other>[^，,。；;：:\s”\"」》（(]{2,20})"
)
_ENGLISH = re.compile(
    r"(?:this|the) (?:article|story|piece|post|report|interview|essay|column)\b.{0,40}?"
    r"(?:(?:was |has been )?(?:originally|first|previously) (?:appeared|published|posted|ran)(?: \w+ \d{1,2},? \d{4})?"
    r" (?:on|in|by|at|with|for)"
    r"|(?:is |was )?(?:republished|reprinted|reproduced|syndicated) (?:here )?(?:with permission )?"
    r"(?:from|courtesy of))"
    r"\s+(?:the website of )?(?P<name>[^.,;:()\n]{2,60})"
    r"|^(?:originally|first) (?:published|appeared|posted) (?:on|in|by|at|with)\s+(?P<bare>[^.,;:()\n]{2,60})",
    re.IGNORECASE,
)
_ENGLISH_TAIL = re.compile(
    r"\s+(?:under|and is|and was|and has|on \w+ \d|as part|with permission|here)\b.*", re.IGNORECASE
)
_DATE = re.compile(
    r"(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?(?:\s*\d|\Z)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d)",
    re.IGNORECASE,
)
_STAFF_CODE = re.compile(r"[_ ]?[A-Z]{1,4}\d{2,6}[A-Z]{0,2}\d*$|\s+[A-Z]\d{3,5}[A-Z]\d$")
_ROLE = re.compile(r"^[\u4e00-\u9fff]{0,8}(?:特约|见习|专栏|实习|首席|本报)?(?:记者|作者|通讯员)\s*")
_NEXT_FIELD = re.compile(
    r"(?:发布时间|发表时间|更新时间|时间|日期|返回|查看更多|阅读|浏览|点击)\s*[:：]?|(?:19|20)\d\d[-/.年]\d"
)
_SPLIT = re.compile(r"[、，,;；&＆]|\s{2,}|\s*[/／|｜丨]\s*|\s+(?:和|and)\s+")
_CHINESE_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}\Z")
_LEAD = ' \u3000▎*＊•·丨|（(【[“"—-'
_SPACE = re.compile(r"[\u3000\xa0]")

_LONGEST_CREDIT = 90
_LONGEST_SENTENCE = 240
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Credits:
    """Who a page says wrote the article, and who published it first (None: the page's own publisher, or not said)."""

    authors: tuple[str, ...] = ()
    original_publisher: str | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """What one line says. `source` names an outlet, `account` a WeChat account, `notice` an outlet in small print."""

    authors: tuple[str, ...] = ()
    source: str | None = None
    account: str | None = None
    notice: str | None = None
    whole: bool = True
    """Whether the line says nothing else."""


def read_credits(lines: Iterable[str], own_names: Collection[str]) -> Credits:
    """Authors and original publisher from the lines of and around an article.

    `own_names` are those of the page's own publisher: naming itself, or a part of itself such as 澎湃新闻·澎湃号, is no
    reprint.
    """
    said = [found for line in lines if (found := _read_line(line)) is not None]
    accounts = [one.account for one in said if one.account]
    sources = [one.source for one in said if one.source]
    notices = [one.notice for one in said if one.notice]
    foreign = [name for name in (*accounts, *sources, *notices) if not _is_own(name, own_names)]
    outlets = {*own_names, *accounts, *sources, *notices}
    authors = dict.fromkeys(name for one in said for name in one.authors if name not in outlets)
    return Credits(tuple(authors), foreign[0] if foreign else None)


def is_credit_line(line: str) -> bool:
    """Whether a line only credits: writers, editors, pictures, or where the article is from."""
    said = _read_line(line)
    return said is not None and said.whole


def _read_line(line: str) -> _Said | None:
    if len(line) > 2 * _LONGEST_SENTENCE:
        return None
    if not _HAN.search(line):
        return _read_english(line) if any(cue in line for cue in _ENGLISH_CUES) else None
    text = _SPACE.sub(" ", line).strip().lstrip(_LEAD)
    for read in (_read_account, _read_notice, _read_labels, _read_authorised):
        said = read(text)
        if said is not None:
            return said
    return None


def _read_account(text: str) -> _Said | None:
    """编者按：本文转载自微信公众号：某号(ID:x)，作者：某人."""
    if "公众" not in text or len(text) > _LONGEST_SENTENCE or not _ACCOUNT_WORDS.search(text):
        return None
    match = _ACCOUNT.search(text)
    if match is None or not _ACCOUNT_WORDS.search(text[: match.start()]):
        return None
    author = _ACCOUNT_AUTHOR.search(text)
    return _Said(_names(author["name"]) if author else (), account=match["name"])


def _read_notice(text: str) -> _Said | None:
    match = _NOTICE.match(text)
    return _Said(notice=match["name"]) if match else None


def _read_labels(text: str) -> _Said | None:
    """作者｜甲 来源｜乙 编辑｜丙, with any separator, with or without spaces."""
    if len(text) > _LONGEST_CREDIT:
        return None
    pairs = list(_PAIR.finditer(text))
    if not pairs or not (pairs[0].start() == 0 or _follows_stamp(text[: pairs[0].start()])):
        return None
    if not pairs[0]["separator"].strip() and (len(text) > 40 or "，" in text):
        return None  # "作者 认为..." is prose
    authors: list[str] = []
    source: str | None = None
    for pair, following in zip(pairs, [*pairs[1:], None], strict=True):
        value = text[pair.end() : following.start() if following else len(text)]
        if len(value) > 60 or re.search(r"[。！？]", value):
            return None
        if pair["author"]:
            authors += [name for name in _names(value) if name not in authors]
        elif pair["source"] and (names := _names(value)):
            source = source or names[0]
    return _Said(tuple(authors), source)


def _follows_stamp(text: str) -> bool:
    """Whether what stands before a label is a line's date and counters ("20 某号 • 2024-02-26 17:28:19")."""
    return re.search(r"(?:19|20)\d\d[-/.年]\d{1,2}|\d{1,2}[:：]\d\d", text) is not None


def _read_authorised(text: str) -> _Said | None:
    if len(text) > _LONGEST_CREDIT:
        return None
    match = _AUTHORISED.match(text) or re.match(rf"[^。]{{0,20}}?(?:{_AUTHORISED.pattern})", text)
    if match is None or not re.search("本文|授权|转载|编者", text):
        return None
    name = match["name"] or match["other"]
    author = _ACCOUNT_AUTHOR.search(text)
    authors = _names(author["name"]) if author else ()
    return _Said(authors, name) if name and name.casefold() not in words_of("nobody") else None


def _read_english(text: str) -> _Said | None:
    match = _ENGLISH.search(text) if len(text) <= 2 * _LONGEST_SENTENCE else None
    if match is None:
        return None
    name = _ENGLISH_TAIL.sub("", (match["name"] or match["bare"]).strip(" “”\"'"))
    if _DATE.match(name):
        return None
    whole = len(text) <= _LONGEST_SENTENCE and not text[: match.start()].rstrip().endswith((".", "!", "?"))
    return _Said(source=name.removeprefix("the ").strip(), whole=whole) if name else None


def _names(value: str) -> tuple[str, ...]:
    """The names in a credit's value, without roles, staff codes and placeholders such as 网络."""
    value = _NEXT_FIELD.split(value)[0]
    value = re.sub(_ID, "", value, flags=re.IGNORECASE).strip(" |｜丨/／*＊（）()[]【】")
    names: list[str] = []
    for part in _SPLIT.split(value):
        words = part.split()
        several = len(words) > 1 and all(_CHINESE_NAME.match(word) for word in words)
        names += words if several else [part.strip()]
    cleaned = (_STAFF_CODE.sub("", _ROLE.sub("", name)).strip() for name in names)
    return tuple(
        name for name in cleaned if 1 < len(name) <= _LONGEST_NAME and name.casefold() not in words_of("nobody")
    )


def _is_own(name: str, own_names: Collection[str]) -> bool:
    folded = name.casefold()
    return any(folded == own.casefold() or folded.startswith(own.casefold() + "·") for own in own_names)
