"""Who sues, as an English text names them: joined with "; ", or a group in small letters."""

from __future__ import annotations

import re

from pipeline.document import Document, Sentence
from pipeline.english.parties import company_of, referred
from pipeline.english.people import people_of
from pipeline.english.phrases import Subject

_NAME = re.compile(r"[A-Z][\w.&’'-]*(?: (?:& )?(?:[A-Z][\w.&’'-]*|of(?= [A-Z])))*")
_LED = re.compile(r"\b(?:led|represented|headed|fronted) by (?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2})")
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


_LEAD_PLAINTIFF = re.compile(r"\blead plaintiffs?,? (?:is |are )?(?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,2})")
"""Who of a group is named: "lodged by lead plaintiff Jane Roe and ten colleagues"."""
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


_NAMED_BEFORE = re.compile(r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){1,2}), \Z")
"""Whom an apposition says more of: "Jane Doe, an illustrator who sued Pika"."""


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


_SOMEBODY_AT = re.compile(
    r"(?P<who>(?:(?:former|ex-|one-time|longtime|early) )?(?:[a-z-]+ ){0,2}?(?:engineer|employee|executive|manager"
    r"|researcher|artist"
    r"|designer|contractor|investor|shareholder|customer|user|co-founder|founder|worker|employees|users|customers"
    r"|investors|shareholders|contractors|engineers)) (?:at|of|from|with|in) (?:the )?(?=[A-Z])"
)
"""Who sues and is not named, with whom he is: "A former engineer at Verity Reel"."""
_COMES_FROM = re.compile(r"\A(?:[Aa]n? )?[a-z][\w -]* (?:from|of|at|in) [A-Z][\w. ]*\Z")
"""Whence somebody comes who is named beside: "A wedding photographer from Ohio, Jane Doe"."""
_GROUP_OF = re.compile(
    r"\A(?:(?:two|three|four|five|six|several|many|some|\d+|dozens of|a (?:dozen|group|number|handful)(?: of)?) |other"
    r" ){1,3}"
    r"(?:[A-Z]\w+ )?[a-z][\w-]*(?: [a-z][\w-]*)*\Z"
)
_CALLING = re.compile(r"^[A-Z][a-z]+(?:tors|ters|ists|ians|iters|gers|ders|hers|makers) (?=[A-Z][\w’-]+ [A-Z])")
"""What those are who are named, at the beginning of a sentence: "Illustrators Jane Doe and John Roe"."""
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
