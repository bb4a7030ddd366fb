"""Companies that close and products that end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.claim_builder import date_of, make, unrealised
from pipeline.document import Document, Sentence, company_at

_TRIGGER = re.compile(
    r"\b(?:shut(?:s|ting)? (?:\w+ )?down|shutdown of|clos(?:ed|es|ing) (?:its doors|down|shop)|wind(?:s|ing)? down|wound down|ceas(?:e|es|ed|ing) operations|went out of business|"
    r"go(?:es|ing)? out of business|filed for (?:bankruptcy|insolvency|administration|Chapter \d+)|entered (?:administration|liquidation|insolvency)|(?:is|was|were) (?:being )?(?:liquidated|discontinued|retired|sunset)|"
    r"discontinu(?:e|es|ed|ing)|sunset(?:s|ting)?|pull(?:s|ed|ing)? the plug on|switch(?:ed|es|ing)? off|will be (?:retired|discontinued|switched off|shut down|taken offline)|went offline|folded)\b"
    r"|宣布?关(?:停|闭)|停止运营|停止服务|停运|下线(?!门店|活动|会议)|终止(?:运营|服务)|破产|清算|倒闭|解散|歇业|停服|关停|关闭(?!了?(?:融资|谈判|差距|评论|窗口|字幕))|已关门|关门"
)
_SEVERAL = re.compile(r"等[\d一二两三四五六七八九十多]+家|\band \w+ other (?:startups|companies)\b")
_NOT = re.compile(r"\b(?:offices?|stores?|gap|round|deal|loop)\b \Z|\bshut down (?:speculation|rumou?rs|talk)")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A shutdown; with a product beside the verb it is the product's, else the company's."""
    for match in _TRIGGER.finditer(sentence.text):
        if _NOT.search(sentence.text[max(0, match.start() - 12) : match.end() + 12]):
            continue
        start, end = sentence.clause(match.start())
        product = next(
            (
                mention
                for mention in sentence.mentions
                if mention.kind == "product"
                and start - 2 <= mention.start < end + 2
                and abs(mention.start - match.start()) < 60
            ),
            None,
        )
        several = _SEVERAL.search(sentence.text, 0, match.start())
        if several and product is None:
            yield from _each_of_several(sentence, document, several.start(), match.end())
            return
        company = (
            document.owners.get(product.owner_key or "") if product else company_at(sentence, match.start(), document)
        )
        if company is None:
            continue
        status = unrealised(sentence, *match.span())
        if status == "rumored" and re.search(r"\bwill\b|将", sentence.text[max(0, match.start() - 40) : match.end()]):
            status = None if sentence.said_by in ("company", "none") else status
        on = date_of(document, sentence, match.start())
        fields = {"product": product.name if product else None}
        yield make(document, sentence, "shutdown", company, match.span(), status=status, on=on, fields=fields)
        return


def _each_of_several(sentence: Sentence, document: Document, before: int, end: int) -> Iterator[Claim]:
    """A、B等4家宣布关停: each company named before 等."""
    for mention, company in sentence.companies():
        if mention.end <= before + 1:
            status = unrealised(sentence, mention.start, end)
            on = date_of(document, sentence, mention.start)
            yield make(document, sentence, "shutdown", company, (mention.start, end), status=status, on=on)
