"""Companies that go public, and those that plan to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.claim_builder import date_of, make, unrealised
from pipeline.document import Document, Sentence, company_at
from pipeline.money_roles import role_of

_TRIGGER = re.compile(
    r"\b(?:went public|goes public|go public|going public|IPO|initial public offering|listed (?:on|in)|(?:could|will|may|to|then) list (?:in|on)|filed (?:to list|for an? (?:IPO|initial))|made its debut|"
    r"began trading|began to trade|listing (?:in|on)|debuted (?:on|in))\b"
    r"|(?:赴|在|于|登陆|挂牌)?(?:港交所|纳斯达克|纽交所|科创板|创业板|香港|港股|上交所|深交所)[^。；，]{0,8}(?:上市|挂牌|IPO|敲钟)|(?:正式|成功)?上市(?!公司|以来|前|时间表)|递交(?:招股书|上市申请)|IPO"
)
_EXCHANGES = {
    "HKEX": r"Hong Kong|HKEX|港交所|联交所|香港|港股",
    "NASDAQ": r"Nasdaq|NASDAQ|纳斯达克",
    "NYSE": r"New York Stock Exchange|NYSE|纽交所",
    "SSE": r"Shanghai|STAR|上交所|科创板",
    "SZSE": r"Shenzhen|深交所|创业板",
    "LSE": r"London Stock Exchange|伦敦证券交易所",
}
_DONE = re.compile(
    r"\b(?:went public|listed|debut|began trading|began to trade|raised)\b|(?:已|正式|成功)[^，。；]{0,6}(?:上市|挂牌)|挂牌上市|上市首日|敲钟|挂牌"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """One listing a sentence; a filing or a plan is not done yet."""
    match = _TRIGGER.search(sentence.text)
    if match is None:
        return
    exchange = next((code for code, words in _EXCHANGES.items() if re.search(words, sentence.text)), None)
    done = bool(_DONE.search(sentence.text))
    if exchange is None and not done and "IPO" not in match[0]:
        return
    company = company_at(sentence, match.start(), document)
    if company is None:
        return
    status = unrealised(sentence, *match.span()) or (None if done else "rumored")
    money = next((sum_.money for sum_ in sentence.money if role_of(sentence, sum_) == "ipo"), None)
    on = date_of(document, sentence, match.start())
    yield make(
        document,
        sentence,
        "ipo",
        company,
        match.span(),
        status=status,
        money=money,
        on=on,
        fields={"exchange": exchange},
    )
