"""Who "we" are in a letter or a post of a company's own: "We're joining Canva", on the blog of Loopcraft."""

from __future__ import annotations

import re

from pipeline.english.document import Document
from pipeline.names.company_name import CompanyName

_WE = re.compile(r"(?<![\w’'-])(?:[Ww]e|[Oo]ur|[Uu]s)(?![\w-])")
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_OPENING = 600
"""Characters: a letter says "we" at once."""
_OFTEN = 3
_OWN = re.compile(
    r"\b(?:everyone|everybody|all of us|the (?:whole )?team|the rest of us|colleagues|friends|people|life|work)"
    r" (?:here )?at \Z"
    r"|\b(?:I|[Ww]e|[A-Z]\w+ and I) (?:first )?(?:co-?)?(?:started|founded|began|launched|built|set up|created) \Z"
)
_SIGNED = re.compile(r"(?:\A|\n)(?:The )?(?P<name>[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}) [Tt]eam\s*\Z")


def own_company(document: Document) -> CompanyName | None:
    """The company whose people write, where a text says "we" from the start outside quotations; None for any other."""
    opening = _QUOTED.sub("", f"{document.title}\n{document.text[:_OPENING]}")
    if len(_WE.findall(opening)) < _OFTEN:
        return None
    publisher = (document.article.publisher or "").lower()
    companies = [each for each in document.names.in_text if each.kind == "company"]
    titled = [each for each in document.names.in_title if each.kind == "company"]
    for each in (*titled, *companies):
        if publisher and re.match(rf"{re.escape(each.name.lower())}\b", publisher):
            return CompanyName(each.key, each.name, each.known)
    signed = _SIGNED.search(document.text)
    for each in companies:
        before = document.text[max(0, each.start - 60) : each.start]
        named = signed is not None and signed["name"] == each.name
        if named or _OWN.search(before):
            return CompanyName(each.key, each.name, each.known)
    return None
