"""Who buys whom, and for how much; sales that are only considered, and those denied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from db.values import Money
from pipeline.claim_builder import date_of, make, unrealised
from pipeline.document import CompanyName, Document, Sentence, company_at
from pipeline.found import NameMention
from pipeline.money_roles import role_of

_BUYS = re.compile(
    r"\b(?:acquires?|acquired|acquiring|to acquire|has acquired|buys|bought|has bought|to buy|buying|agreed to (?:buy|acquire)|snaps up|snapped up|"
    r"took over|acquisition of|takeover of|purchase of|bid for|offer for|offered to buy|merge[ds]? with)\b|收购|并购|买下|全资收购|买走"
)
_BOUGHT = re.compile(
    r"\b(?:acquired|bought|snapped up|taken over|purchased|sold)(?: \w+)? (?:by|to)\b|被(?!传|曝)?[^，。；]{0,12}?(?:收购|并购|买下)|卖给|出售给|并入"
)
_SALE = re.compile(
    r"\b(?:explor\w+|considered?|considering|weigh\w+|seek\w*|sought|discuss\w+|in talks (?:about|over|on)) (?:a |the |its |an outright )?(?:possible |potential )?(?:sale|takeover|buyer)\b"
    r"|\bput(?:ting)? itself up for sale|\b(?:is|was|are) (?:not )?for sale\b|\bsale of the company\b"
    r"|(?:寻求|考虑|商讨|探索|正在|计划|曾)[^，。；]{0,8}(?:出售|卖身|被收购)(?!股|服务|产品)|出售公司|卖身"
)
_TALKS = re.compile(r"(?:与|和|同|跟)[^，。；]{2,40}(?:讨论|谈过|洽谈|商谈|谈判|接洽|接触)[^，。；]{0,6}(?:收购|并购)")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """Acquisitions: the target is the company of the claim."""
    if not (_BUYS.search(sentence.text) or _BOUGHT.search(sentence.text) or _SALE.search(sentence.text)):
        return
    told: set[str] = set()
    for target, acquirer, span in _deals(sentence, document):
        if target.key not in told and (acquirer is None or acquirer.key != target.key):
            told.add(target.key)
            yield _claim(sentence, document, target, acquirer, span)


def _deals(sentence: Sentence, document: Document) -> Iterator[tuple[CompanyName, CompanyName | None, tuple[int, int]]]:
    named = _names(sentence, document)
    for match in _BOUGHT.finditer(sentence.text):
        before = [company for mention, company in named if mention.end <= match.start() + 1]
        inside = [company for mention, company in named if match.start() < mention.start and mention.end <= match.end()]
        after = [company for mention, company in named if match.end() <= mention.start <= match.end() + 30]
        buyer = (inside or after or [None])[0]
        target = before[-1] if before else sentence.topic
        if target is not None and (buyer is not None or "sold" not in match[0]):
            yield target, buyer, match.span()
    for match in _BUYS.finditer(sentence.text):
        if _BOUGHT.match(sentence.text, match.start()) or _passive(sentence.text, match.start()):
            continue
        after = [(mention, company) for mention, company in named if match.end() <= mention.start <= match.end() + 44]
        before = [company for mention, company in named if mention.end <= match.start()]
        talks = _TALKS.search(sentence.text, max(0, match.start() - 40), match.end())
        if talks:
            beside = [company for mention, company in named if talks.start() <= mention.start < talks.end()]
            buyer = next((company for mention, company in named if mention.end <= talks.start()), sentence.topic)
            for company in beside:
                yield company, buyer, talks.span()
        elif after:
            buyer = before[-1] if before else sentence.topic
            yield after[0][1], buyer, (match.start(), after[0][0].end)
    for match in _SALE.finditer(sentence.text):
        company = company_at(sentence, match.start(), document)
        if company is not None:
            yield company, None, match.span()


def _names(sentence: Sentence, document: Document) -> list[tuple[NameMention, CompanyName]]:
    found = list(sentence.companies())
    found += [
        (mention, CompanyName(mention.key, mention.name, mention.known))
        for mention in sentence.mentions
        if mention.kind == "investor"
    ]
    return sorted(found, key=lambda pair: pair[0].start)


def _passive(text: str, place: int) -> bool:
    return bool(re.search(r"(?:\bbe|\bbeen|\bwas|\bwere|\bis|被[^，。；]{0,12}) ?\Z", text[max(0, place - 16) : place]))


def _claim(
    sentence: Sentence, document: Document, target: CompanyName, acquirer: CompanyName | None, span: tuple[int, int]
) -> Claim:
    status = unrealised(sentence, *span)
    if status is None and _SALE.match(sentence.text, span[0]):
        status = "rumored"
    fields = {"acquirer": acquirer.name if acquirer else None}
    on = date_of(document, sentence, span[0])
    return make(
        document, sentence, "acquisition", target, span, status=status, money=_price(sentence), on=on, fields=fields
    )


def _price(sentence: Sentence) -> Money | None:
    return next(
        (sum_.money for sum_ in sentence.money if role_of(sentence, sum_) == "acquisition" and not sum_.restates), None
    )
