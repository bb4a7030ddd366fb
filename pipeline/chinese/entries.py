"""The entries of a list or round-up: where they begin, and whom they are about."""

from __future__ import annotations

import re

from db.nouns.identity import candidate_key
from pipeline.chinese.clauses import Page, Sentence
from pipeline.chinese.patterns import HAN, any_of
from pipeline.chinese.subject_places import BRACKET
from pipeline.names.company_name import CompanyName
from pipeline.values.found import NameMention

LISTED = re.compile(
    r"\s*(?:[·•●▪■◆*-]|\d{1,2}[.、．)）](?!\d)|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,2}、)\s*(?P<name>[^：:，。；]{2,28})[：:]"
)
_LABELLED = re.compile(r"\s*(?P<name>[^：:，。；“”]{2,28})[：:]")
ENTRY = re.compile(
    r"\s*(?:[·•●▪■◆*]|\d{1,2}[.、．)）/](?!\d)|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,2}、|【[^】]{1,12}】)"
)
"""How an entry of a round-up begins."""
_ENTRIES = 3
_COUNTS = re.compile(
    r"[一二两三四五六七八九十\d]+(?:家|笔|起|宗|则|件|条)|[一本上每][周月]|周报|月报|季度|盘点|汇总|一览|[早晚日]报|简报|速递|早安|投融资"
)
"""A title that promises several stories."""
_NAME = re.compile(rf"[{HAN}A-Za-z0-9.·+ -]{{2,20}}")
_LONGEST_NAME = 12


def company_of(mention: NameMention, page: Page) -> CompanyName | None:
    """The company a mention names or, for a product, its owner."""
    if mention.kind == "company":
        return CompanyName(mention.key, mention.name, mention.known)
    return page.owners.get(mention.owner_key or "")


def is_round_up(page: Page) -> bool:
    """Whether several paragraphs begin as entries of a list, and of more than one company.

    A title that counts deals needs no marks: each paragraph is then one company's.
    """
    entries: dict[int, str | None] = {}
    titled = {each.owner_key or each.key for one in page.sentences[:1] if one.where == "title" for each in one.mentions}
    for sentence in page.sentences:
        if sentence.where == "text" and sentence.paragraph not in entries and ENTRY.match(sentence.text):
            first = next((each.owner_key or each.key for each in sentence.mentions if each.kind != "investor"), None)
            entries[sentence.paragraph] = first
    counts = any(one.where == "title" and _COUNTS.search(one.text) for one in page.sentences[:1])
    if counts and len(titled) != 1:
        first_of: dict[int, str] = {}
        for sentence in page.sentences:
            named = [each for each in sentence.mentions if each.kind == "company"]
            if named and sentence.where == "text":
                first_of.setdefault(sentence.paragraph, named[0].key)
        page.is_counted = len(set(first_of.values())) >= _ENTRIES
        if page.is_counted:
            return True
    firsts = [each for each in entries.values() if each is not None]
    of_one = len(titled) == 1 and sum(each in titled for each in firsts) > 1
    return len(entries) >= _ENTRIES and len(set(firsts)) > 1 and not of_one


def listed_name(sentence: Sentence, page: Page) -> CompanyName | None:
    """The company whose entry of a list a sentence begins: 「3. 诗云科技：4月获得…」."""
    match = LISTED.match(sentence.text)
    listed = match is not None
    match = match or _LABELLED.match(sentence.text)
    if match is None or any_of("chinese_clauses", "labels").search(match["name"]):
        return None
    for mention in sentence.mentions:
        if match.start("name") <= mention.start < match.end("name"):
            return company_of(mention, page)
    name = BRACKET.sub("", match["name"]).strip(" “”「」")
    if not listed or len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        return None
    return CompanyName(candidate_key(name), name, False)
