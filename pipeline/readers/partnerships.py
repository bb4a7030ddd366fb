"""Agreements between two named parties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.claim_builder import date_of, make, unrealised
from pipeline.document import CompanyName, Document, Sentence, company_at

_TRIGGER = re.compile(
    r"\b(?:partner(?:s|ed|ing)? with|partnership (?:with|between)|teams? up with|teamed up with|teaming up with|(?:signed|struck|strikes|signs|inked|announced) (?:a |an |its )?(?:\w+ ){0,4}?(?:deal|agreement|partnership|pact|alliance) (?:with|to)|"
    r"alliance with|collaborat(?:es|ed|ion|ing) with|licens(?:ing|e) (?:deal|agreement) with|joint venture with|will (?:also )?(?:build|develop) )\b"
    r"|(?:与|和|同)(?P<partner>[^，。；]{2,24}?)(?:达成|签署|签订|建立|展开|开展|联合|宣布|的?合作)[^，。；]{0,12}(?:合作|协议|伙伴|授权)|与(?P<other>[^，。；]{2,24}?)合作"
)
_AFTER = re.compile(r" (?:the )?(?P<name>[A-Z][\w&.’'-]+(?: (?:[A-Z][\w&.’'-]+|of|and)){0,4})")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """An agreement and the partner's name."""
    for match in _TRIGGER.finditer(sentence.text):
        company = company_at(sentence, match.start(), document)
        partner = _partner(sentence, match)
        if company is None or partner is None or partner == company.name:
            continue
        status = unrealised(sentence, *match.span())
        on = date_of(document, sentence, match.start())
        yield make(
            document, sentence, "partnership", company, match.span(), status=status, on=on, fields={"partner": partner}
        )
        return


def _partner(sentence: Sentence, match: re.Match[str]) -> str | None:
    named: list[tuple[int, CompanyName]] = [(mention.start, company) for mention, company in sentence.companies()]
    if sentence.language == "zh":
        written = match["partner"] or match["other"]
        inside = next((company.name for start, company in named if match.start() <= start < match.end()), None)
        return inside or (written.strip() if written and len(written) <= 20 else None)
    if "build" in match[0] or "develop" in match[0]:
        return None
    after = next((company.name for start, company in named if match.end() <= start <= match.end() + 30), None)
    found = _AFTER.match(sentence.text, match.end())
    return after or (found["name"] if found else None)
