"""Who sues, as an English text names them: joined with "; ", or a group in small letters."""

from __future__ import annotations

import re

from pipeline.english.document import Document, Sentence
from pipeline.english.parties import company_of, referred
from pipeline.english.patterns import any_of
from pipeline.english.people import people_of
from pipeline.english.subject_meant import Subject
from pipeline.english.verb_forms import words

_TABLE = "english_lawsuits"
_NAME = any_of(_TABLE, "name")
_LED = any_of(_TABLE, "led")
_LEAD_PLAINTIFF = any_of(_TABLE, "lead_plaintiff")
_NAMED_BEFORE = any_of(_TABLE, "named_before")
_SOMEBODY_AT = any_of(_TABLE, "somebody_at")
_COMES_FROM = any_of(_TABLE, "comes_from")
_GROUP_OF = any_of(_TABLE, "group_of")
_CALLING = any_of(_TABLE, "calling")

_SPLIT = re.compile(r",? and |, ")


def plaintiff_of(sentence: Sentence, subject: Subject | None, document: Document, stop: int = 0) -> str | None:
    """The plaintiffs as written: names, whoever leads a group, else the group in lower case."""
    if subject is None:
        return None
    written = sentence.text[subject.start : subject.end]
    led = _LED.search(sentence.text, subject.start, stop)
    if led is not None:
        return led["name"]
    apposed = _NAMED_BEFORE.search(sentence.text[: subject.start])
    if apposed is not None and not subject.names and subject.refers is None and written[0].islower():
        return apposed["name"]
    if subject.head in ("he", "she"):
        before = [each.name for each in people_of(document) if each.start < sentence.place + subject.start]
        return before[-1] if before and sentence.where == "text" else None
    relative = sentence.text.endswith(("that ", "who ", "which "), 0, subject.start) and not subject.names
    if relative and written[0].islower() and written.split()[0] not in words("determiners"):
        return named_plaintiffs(document)  # "Two groups that rarely agree filed a joint complaint"
    head = re.split(r", (?:a|an|the|who|which|its|one|[a-z]+)\b", written)[0]
    head = re.sub(r"^(?:[Ll]awyers|[Aa]ttorneys|[Ss]olicitors) (?:for|representing|acting for) ", "", head)
    head = re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", head)
    head = re.sub(
        r"^(?:[a-z-]+ )?(?:law)?(?:suit|complaint|class action|case)s? (?:(?:brought|filed) )?(?:by|from|of) ", "", head
    )
    head = re.sub(r"^(?:group|number|coalition|trio|pair|handful|dozen)s? of ", "", head)
    of_firm = _SOMEBODY_AT.match(head)
    if of_firm is not None:
        return of_firm["who"]
    head = re.sub(r"^[A-Z][a-z]+(?:an|ish|ese|nch) (?=[a-z])", "", head)  # "An American radio presenter"
    from_there = _FROM_THERE.fullmatch(head)
    if from_there is not None:
        return from_there["who"]  # "Four illustrators from Guangzhou"
    names = joined_names(head)
    if names is not None:
        return names
    if subject.refers is not None:
        company = referred(sentence, subject.start, document, described=True)
        return company.name if company else None
    for mention in subject.names:
        company = company_of(mention, document)
        if company is not None:
            return company.name
    named = named_plaintiffs(document)
    if named is not None:
        return named
    return head[:1].lower() + head[1:] if 3 <= len(head) <= 60 else None


_FROM_THERE = re.compile(
    r"(?:(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ss]everal|[Ss]ome|[Dd]ozens of"
    r"|\d+) )?"
    r"(?P<who>[a-z]+(?: [a-z]+)?) (?:from|in|based in) [A-Z][\w-]+(?: [A-Z][\w-]+)*"
)
_ASK = re.compile(
    rf"(?:\n|\. |\A)(?P<names>{_NAME.pattern}(?:, {_NAME.pattern})*,? and {_NAME.pattern})"
    r" (?:are|were) (?:asking|suing|seeking|represented)\b"
    rf"|\b[Tt]he (?:plaintiffs|claimants)(?:,| are|:| include) (?P<told>{_NAME.pattern}(?:, {_NAME.pattern})*"
    rf"(?:,? and {_NAME.pattern})?)"
)
"""Who a group is, told later: "Lindwurm Verlag and Oak & Otter are asking the court to ..."."""


def named_plaintiffs(document: Document) -> str | None:
    """The names of a group that sues, where the text gives them elsewhere."""
    first = _LEAD_PLAINTIFF.search(document.text)
    if first is not None:
        return first["name"]
    asking = _ASK.search(document.text)
    return joined_names(asking["names"] or asking["told"]) if asking is not None else None


def joined_names(text: str) -> str | None:
    """Names joined with "; ", None where none is a name."""
    pieces = []
    told = _SPLIT.split(re.split(r" (?:over|in|for|on|after|accusing|alleging|last|this|that|who|which)\b", text)[0])
    for piece in told if len(told) == 1 else [each for each in told if not _COMES_FROM.search(each)]:
        found = [match[0] for match in _NAME.finditer(piece)]
        if found:
            if _GROUP_OF.search(piece):
                continue  # "two other Hollywood groups": names nobody
            pieces.append(_CALLING.sub("", found[-1].removesuffix("'s").removesuffix("’s")))
    meaningful = [piece for piece in pieces if piece not in _OPENERS]
    return "; ".join(meaningful) or None


_OPENERS = frozenset(
    [
        "Artists",
        "Authors",
        "Creators",
        "Actors",
        "Musicians",
        "Several",
        "Three",
        "Two",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "Eleven",
        "Twelve",
        "Dozens",
        "Studios",
        "The",
        "A",
        "An",
        "In",
        "On",
        "Employees",
        "Investors",
        "Writers",
        "Photographers",
        "Publishers",
        "Users",
        "Former",
        "It",
        "They",
        "He",
        "She",
    ]
)
