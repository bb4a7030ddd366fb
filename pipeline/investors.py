"""Who put money into a round: the names after "led by", before 跟投, as the text writes them."""

from __future__ import annotations

import re
from functools import cache

from db.model import Language
from pipeline.lexicon_files import lexicon

_PART = r"[A-Z0-9][\w&.'’+-]*|of|de|&"
_NAME_EN = rf"(?:[A-Z][\w&.'’+-]*|[0-9]+[A-Z\w]* (?=[A-Z])[A-Z]\w*|a16z|xAI|fal|e\.ventures)(?: (?:{_PART})){{0,5}}"
_LIST_EN = rf"(?:the )?{_NAME_EN}(?:(?:, (?:and |as well as )?(?:the |its |actor |investor |entrepreneur )?| and (?:the |actor |investor )?| as well as | together with ){_NAME_EN}){{0,14}}"
_NAME_ZH = r"[A-Za-z0-9\u4e00-\u9fff·&.（）()'\- ]{2,36}?"
_LIST_ZH = rf"{_NAME_ZH}(?:(?:、|和|与|以及|及){_NAME_ZH}){{0,14}}"
_SPLIT_EN = re.compile(r", (?:and |as well as )?| and (?!(?:Co|Company)\b)| as well as | together with ")
_SPLIT_ZH = re.compile(r"、|以及|(?<=[\u4e00-\u9fffA-Za-z])(?:和|与|及)(?=[\u4e00-\u9fffA-Z])")
_TRIM_EN = re.compile(
    r"^(?:the|its|actor|investor|entrepreneur|existing (?:backer|investor|shareholder)s?|new|and) |(?:'s|’s)$"
)
_TRIM_ZH = re.compile(
    r"^(?:投资方|投资人|投资者|出资方|参与方|跟投方|包括|为|有|由|获|获得|老股东|新股东|现有股东|包括|以及|其中|本轮|此轮|该轮|这轮|融资|美国|知名|著名|演员|歌手|企业家|天使投资人|投资人|风投机构|风投|投资机构|机构|创投机构|和|与|及|联合)+"
    r"|(?:等)?(?:多家)?(?:机构|老股东|新老股东|知名机构|投资机构|投资方|基金公司)?(?:以个人身份|个人)?(?:等|也|均|则|还|共同|继续|持续|旗下|作为)*$"
)
_NOT_NAMES = re.compile(
    r"^(?:The|It|Its|This|That|In|On|At|A|An|And|But|Series|Seed|Investors?|Backers?|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Existing|New|US|UK|AI|CEO|Others?|Total)$"
    r"|^\d+$|\d{4}|[年月日元亿万轮]|本轮|融资|公司|估值|参与|投资$|多家|其他|老股东|知名|产业资本$|财务顾问|[，。；]"
)
_LONGEST = 40


@cache
def _patterns(language: str, kind: str) -> list[re.Pattern[str]]:
    zh = language == "zh"
    names = _LIST_ZH if zh else _LIST_EN
    patterns = lexicon("pipeline.lexicon", "investors")["zh" if zh else "en"][kind]
    before = rf"(?:^|[，。；：、]|(?<=，)){names}" if zh else rf"(?<![\w.])(?P<before>{names})"
    compiled = []
    for pattern in patterns:
        text = pattern.replace("(?P<names>)", rf"(?P<names>{names})")
        text = text.replace("(?P<before>)", rf"(?:^|[，。；：])(?P<before>{names})" if zh else before)
        compiled.append(re.compile(text))
    return compiled


def find_investors(text: str, language: Language) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The spans of all investors' names in a folded sentence, and of those that led.

    Advisers, and lists that only say who backs a company, are left to the caller.
    """
    led = _spans(text, language, "led")
    joined = [span for span in _spans(text, language, "joined") if not any(_overlap(span, other) for other in led)]
    return sorted({*led, *joined}), led


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _spans(text: str, language: Language, kind: str) -> list[tuple[int, int]]:
    found: dict[tuple[int, int], None] = {}
    for pattern in _patterns("zh" if language == "zh" else "en", kind):
        for match in pattern.finditer(text):
            group = "names" if "names" in pattern.groupindex else "before"
            for span in _split(text, match.start(group), match.end(group), language):
                found[span] = None
    return list(found)


def _split(text: str, start: int, end: int, language: Language) -> list[tuple[int, int]]:
    splitter, trim = (_SPLIT_ZH, _TRIM_ZH) if language == "zh" else (_SPLIT_EN, _TRIM_EN)
    spans = []
    begin = start
    bounds = [(match.start(), match.end()) for match in splitter.finditer(text, start, end)] + [(end, end)]
    for stop, following in bounds:
        span = _trim(text, begin, stop, trim)
        if span is not None:
            spans.append(span)
        begin = following
    return spans


def _trim(text: str, start: int, end: int, trim: re.Pattern[str]) -> tuple[int, int] | None:
    for _ in range(3):
        while start < end and text[start] in ' “"（(':
            start += 1
        while end > start and text[end - 1] in ' ”".,)）':
            end -= 1
        piece = text[start:end]
        match = trim.search(piece)
        if match is None or match[0] == "":
            break
        if match.start() == 0:
            start += match.end()
        else:
            end = start + match.start()
    piece = text[start:end]
    if not 2 <= len(piece) <= _LONGEST or _NOT_NAMES.search(piece):
        return None
    return start, end
