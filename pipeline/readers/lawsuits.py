"""Who is sued by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.claim_builder import date_of, make, unrealised
from pipeline.document import CompanyName, Document, Sentence

_SUES = re.compile(
    r"\b(?:sued|sues|is suing|are suing|filed (?:a |an? \w+ )?(?:class action|lawsuit|suit|complaint|claim) against|brought (?:a |an )?(?:case|suit|claim) against|took .{0,24} to court|lawsuit against)\b|起诉|状告|控告|提起诉讼|将[^，。；]{0,20}告上"
)
_SUED = re.compile(
    r"\b(?:was|were|is being|been|being) sued by\b|\bfaces? (?:a |an )?(?:\w+ )?(?:lawsuit|suit|class action) (?:from|by)\b|被[^，。；]{1,24}(?:起诉|告上|状告)|遭[^，。；]{1,20}起诉"
)
_PLAINTIFF_EN = re.compile(
    r"(?P<name>(?:[A-Z][\w&.’'-]+)(?: (?:[A-Z][\w&.’'-]+|of|and)){0,4})(?:, [^,]{2,40},)?(?: (?:and \w+ \w+ )?(?:has|have|had|also))? \Z"
)
_BY_EN = re.compile(r" (?:the )?(?P<name>[A-Z][\w&.’'-]+(?: (?:[A-Z][\w&.’'-]+|of|and)){0,4})")
_BEFORE_ZH = re.compile(r"(?P<name>[A-Za-z\u4e00-\u9fff·. ]{2,20}?)(?:已|正式|近日|日前|在[^，。；]{2,10})?\Z")


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A suit per defendant; the plaintiff as the text names him."""
    text = sentence.text
    named = list(sentence.companies())
    for match in _SUED.finditer(text):
        before = [company for mention, company in named if mention.end <= match.start()]
        defendant = before[-1] if before else sentence.topic
        plaintiff = (
            _BY_EN.match(text, match.end())
            if sentence.language != "zh"
            else re.search(r"(?:被|遭)(?P<name>[^，。；]{2,20}?)(?:在|以|起诉|告上|状告)", match[0])
        )
        if defendant is not None:
            yield _claim(sentence, document, defendant, plaintiff["name"] if plaintiff else None, match.span())
            return
    for match in _SUES.finditer(text):
        after = [company for mention, company in named if match.start() <= mention.start <= match.end() + 70]
        if (
            not after
            and re.match(r" (?:it|the company|them)\b|该公司|它", text[match.end() : match.end() + 14])
            and sentence.topic
        ):
            after = [sentence.topic]
        before = text[: match.start()]
        found = (_BEFORE_ZH if sentence.language == "zh" else _PLAINTIFF_EN).search(
            before[-60:] + ("" if sentence.language == "zh" else "" if before.endswith(" ") else " ")
        )
        for defendant in {company.key: company for company in after}.values():
            name = found["name"].strip() if found else None
            if name != defendant.name:
                yield _claim(sentence, document, defendant, name, match.span())
        if after:
            return


def _claim(
    sentence: Sentence, document: Document, defendant: CompanyName, plaintiff: str | None, span: tuple[int, int]
) -> Claim:
    status = unrealised(sentence, *span)
    on = date_of(document, sentence, span[0])
    return make(document, sentence, "lawsuit", defendant, span, status=status, on=on, fields={"plaintiff": plaintiff})
