"""The company somebody leaves who is hired elsewhere: "OpenAI has hired Jane Doe, Pika's technology chief"."""

from __future__ import annotations

import re

from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.movers import Mover
from pipeline.english.parties import references
from pipeline.english.people import role_in
from pipeline.english.posts import FORMER

_OWN_POST = re.compile(
    r", (?P<company>[A-Z][\w. -]{1,30}?)['’]s? (?!new\b|former\b)(?P<post>[\w' -]{3,40})(?=[,.;]|$| as | to )"
)
_HELD = re.compile(
    r", (?!as )(?:who (?:was|is|had been|has been) )?(?:the |its |a |an )?(?P<post>[\w' -]{3,50}?) (?:of|at) "
)


def company_left(sentence: Sentence, document: Document, mover: Mover) -> tuple[CompanyName, str] | None:
    """The company whose post stands right behind the name of somebody who comes elsewhere, and that post."""
    if mover.direction != "appointment":
        return None
    text, end = sentence.text, mover.person.end
    own = _OWN_POST.match(text, end)
    held = _HELD.match(text, end) if own is None else None
    found = own or held
    role = role_in(found["post"]) if found is not None else None
    if found is None or role is None or FORMER.search(found[0]):
        return None
    begin, stop = (own.start("company"),) * 2 if own is not None else (found.end(), found.end() + 40)
    for each in references(sentence, document):
        if begin <= each.start <= stop and each.named:
            return each.company, role
    return None
