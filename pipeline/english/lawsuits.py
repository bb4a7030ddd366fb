"""Who is sued by whom, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.dated_statements import dated
from pipeline.english.deeds import Deed, deeds
from pipeline.english.parties import Reference, company_of, is_company_itself, references, referred, subject_company
from pipeline.english.phrases import Subject
from pipeline.english.telling import unrealised
from pipeline.english.told_dates import date_of
from pipeline.gated_pattern import GatedPattern

_REACH = 110
_COURT = GatedPattern(
    r"\b(?:[Ss]u(?:e|es|ed|ing)|[Ll]awsuits?|[Ss]uits?|[Cc]ourt|[Cc]lass[- ]action|[Cc]omplaint|trademark|copyright"
    r"|[Ll]egal action|[Pp]roceedings|[Ll]itigation|countersu|[Cc]ase)\b"
)
_BY = re.compile(
    r"[^.;]{0,40}?\b(?:by|from|brought by|filed by) (?:the )?(?P<names>(?:[^.;]|(?<=Bros)\.|(?<=Inc)\.){2,90})"
)
_NAME = re.compile(r"[A-Z][\w.&’'-]*(?: (?:[A-Z][\w.&’'-]*|of(?= [A-Z])))*")
_LED = re.compile(r"\b(?:led|represented|headed|fronted) by (?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2})")
_RULED = re.compile(
    r"\b(?:[Jj]udges?|[Cc]ourts?|[Tt]ribunal|[Jj]ury)\b[^.;]{0,60}\b(?:reject|dismiss|thr[eo]w|toss|rul|side|strik"
    r"|struck)\w*"
)
_LATER = re.compile(
    r"\b(?:settl\w+|trial|appeal\w*|hearing|verdict|ruling|judgment|dropp?\w*|withdr[ae]w\w*|dismiss\w*|hanging"
    r" over|pending)\b"
)
"""What happens to a suit later says nothing of when it was brought."""
_FILED = re.compile(r"\b(?:sued|filed (?:a |the |its |an? \w+ )?(?:suit|lawsuit|complaint|case))\b")
_SPLIT = re.compile(r",? and |, ")
_NOUN = re.compile(
    r"(?:\b(?P<plaintiff>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3})['’]s? |\b(?:its|their|a|the|his|her"
    r"|of) )(?:[\w-]+ ){0,3}?(?:lawsuit|suit|class action|case) against "
)
_BROUGHT = GatedPattern(
    r"\b(?:lawsuit|suit|case|complaint|class action|legal action|action) (?:that |which )?(?P<by>[A-Z][^.;]{1,80}?) "
    r"(?:has |had |have )?(?:brought|filed|launched|started)\b"
)
_IN_A_SUIT = re.compile(r"In (?:a|an|its|their|the) (?:[\w-]+ ){0,3}?(?:complaint|lawsuit|suit|class action)\b")
_OF_COURT = re.compile(r"\b(?:[Cc]ourt|[Jj]udges?|[Jj]ury|[Tt]ribunal)\b")
_RULED_FOR = re.compile(
    r"\b(?:for|favou?r of|with|against) (?P<by>[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3}) in (?:its|their|his|her|the)\b"
)
_FILED_BY = re.compile(
    r"\b(?:[Ll]awsuit|[Ss]uit|[Cc]lass action|[Cc]omplaint|[Cc]ase|[Ll]egal action|[Pp]roceedings)s? (?:filed |brought "
    r"|launched |started )?(?:[^.;,]{0,24}? )?(?:by|from) (?P<by>[^.;]{2,80}?) (?:accuses|accused|alleges that|says"
    r"|claims that|against) "
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A suit per defendant; the plaintiffs as the text names them, joined with "; "."""
    if not _COURT.search(sentence.text):
        return
    brought = _BROUGHT.search(sentence.text)
    if brought is not None:
        yield from _brought(sentence, document, brought)
        return
    told: set[str] = set()
    for deed in deeds(sentence, "lawsuit"):
        if deed.statement.verb.lemma == "accuse" and not _IN_A_SUIT.match(sentence.text):
            continue  # "accused" is a suit's word only where a suit is told of
        for defendant, plaintiff, end in _suit(sentence, document, deed):
            if sentence.where == "title" and plaintiff is not None and not _is_name(sentence, plaintiff):
                plaintiff = None  # "Three studios sue": the text names them
            if defendant.key not in told:
                told.add(defendant.key)
                yield _claim(sentence, document, defendant, plaintiff, deed, end)
    if not told:
        yield from _against(sentence, document)


def _is_name(sentence: Sentence, plaintiff: str) -> bool:
    """Whether a headline names who sues: more words than one, or a name we know."""
    if any(plaintiff.startswith(sentence.text[each.start : each.end]) for each in sentence.mentions):
        return True
    return " " in plaintiff and any(map(str.isupper, plaintiff))


def _against(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """A suit that is spoken of: "Disney's lawsuit against Midjourney", "a suit filed by Disney accuses Midjourney"."""
    text = sentence.text
    match = _NOUN.search(text) or _FILED_BY.search(text)
    statement = sentence.parsed.at(match.start()) if match else None
    if match is None:
        return
    groups = match.groupdict()
    plaintiff = groups.get("plaintiff") or _joined(groups.get("by") or "")
    if plaintiff is None and statement is not None and not statement.verb.passive:
        plaintiff = _plaintiff(sentence, statement.subject, document)
        if plaintiff is not None and _OF_COURT.search(plaintiff):
            ruled = _RULED_FOR.search(text)
            plaintiff = ruled["by"] if ruled is not None else None
    for each in references(sentence, document):
        if match.end() <= each.start <= match.end() + 40 and each.company.name != plaintiff and plaintiff is not None:
            on = date_of(document, sentence, match.start())
            status = unrealised(sentence, match.start(), match.start())
            if _RULED.search(text) or _LATER.search(text):
                if _FILED.search(document.text) and _RULED.search(text):
                    return
                status, on = None, None  # what a court decides, it decides on a suit filed before
            fields = {"plaintiff": plaintiff}
            yield make(
                document,
                sentence,
                "lawsuit",
                each.company,
                (match.start(), each.end),
                status=status,
                on=on,
                fields=fields,
            )
            return


def _brought(sentence: Sentence, document: Document, match: re.Match[str]) -> Iterator[Claim]:
    """As in "MiniMax faces a suit that Disney brought in September": against whom it says, else who faces it."""
    plaintiff = _joined(match["by"])
    behind = [
        each
        for each in references(sentence, document)
        if match.end() <= each.start <= match.end() + 40 and " against " in sentence.text[match.end() - 1 : each.start]
    ]
    first = sentence.parsed.statements[0].subject if sentence.parsed.statements else None
    facing = subject_company(first, sentence, document) or sentence.topic
    defendant = behind[0].company if behind else facing
    if defendant is None or plaintiff is None or defendant.name in plaintiff:
        return
    status = unrealised(sentence, match.end() - 1, match.end())
    told = dated(sentence, match.end() - 1)
    on = told.date if told is not None else None
    span = (match.start(), match.end())
    fields = {"plaintiff": plaintiff}
    yield make(document, sentence, "lawsuit", defendant, span, status=status, on=on, fields=fields)


def _suit(sentence: Sentence, document: Document, deed: Deed) -> Iterator[tuple[CompanyName, str | None, int]]:
    statement = deed.statement
    if deed.kind == "sued" or statement.verb.passive:
        defendant = subject_company(statement.subject, sentence, document)
        if defendant is None or not is_company_itself(statement.subject):
            return
        by = _BY.match(sentence.text, statement.verb.end)
        plaintiff = _joined(by["names"]) if by else None
        yield defendant, plaintiff, by.end() if by else deed.end
        return
    plaintiff = _plaintiff(sentence, statement.subject, document, statement.verb.start)
    if plaintiff is None:
        return
    defendants = _defendants(sentence, document, deed, plaintiff)
    unnamed = statement.verb.lemma == "go" or "against" not in sentence.text[deed.end : deed.end + 60]
    topic = sentence.topic if statement.verb.lemma in ("go", "file", "bring") and unnamed else None
    if not defendants and topic is not None and not _acts(statement.subject, topic):
        yield topic, plaintiff, deed.end
    for each in defendants:
        yield each.company, plaintiff, each.end


def _acts(subject: Subject | None, company: CompanyName) -> bool:
    return subject is not None and any(mention.key == company.key for mention in subject.names)


def _defendants(sentence: Sentence, document: Document, deed: Deed, plaintiff: str) -> list[Reference]:
    """The companies behind the verb, up to what they are accused of."""
    stop = min(len(sentence.text), deed.end + _REACH)
    end = re.search(r",? (?:accus|alleg|claim|say|seek|over|for|because|after)\w*\b", sentence.text[deed.end : stop])
    if end is not None:
        stop = deed.end + end.start()
    for other in sentence.parsed.statements:
        if (
            other.verb.start > deed.end
            and other.subject is not None
            and other.subject.start > deed.end
            and not other.reduced
        ):
            stop = min(stop, other.subject.start)
    start = deed.statement.verb.end
    found: list[Reference] = []
    for each in references(sentence, document):
        if (
            start <= each.start < stop
            and each.company.name not in plaintiff
            and not re.match(r"['’]s? \w", sentence.text[each.end :])
        ) and all(other.company.key != each.company.key for other in found):
            found.append(each)
    return found


def _plaintiff(sentence: Sentence, subject: Subject | None, document: Document, stop: int = 0) -> str | None:
    """The plaintiffs as written: names, whoever leads a group, else the group in lower case."""
    if subject is None:
        return None
    written = sentence.text[subject.start : subject.end]
    led = _LED.search(sentence.text, subject.start, stop)
    if led is not None:
        return led["name"]
    head = re.split(r", (?:a|an|the|who|which|its|one|[a-z]+)\b", written)[0]
    head = re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", head)
    head = re.sub(r"^(?:group|number|coalition|trio|pair|handful|dozen)s? of ", "", head)
    names = _joined(head)
    if names is not None:
        return names
    if subject.refers is not None:
        company = referred(sentence, subject.start, document, described=True)
        return company.name if company else None
    for mention in subject.names:
        company = company_of(mention, document)
        if company is not None:
            return company.name
    return head[:1].lower() + head[1:] if 3 <= len(head) <= 60 else None


def _joined(text: str) -> str | None:
    """Names joined with "; ", None where none is a name."""
    pieces = []
    for piece in _SPLIT.split(
        re.split(r" (?:over|in|for|on|after|accusing|alleging|last|this|that|who|which)\b", text)[0]
    ):
        found = [match[0] for match in _NAME.finditer(piece)]
        if found:
            pieces.append(found[-1].removesuffix("'s").removesuffix("’s"))
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


def _claim(
    sentence: Sentence, document: Document, defendant: CompanyName, plaintiff: str | None, deed: Deed, end: int
) -> Claim:
    verb = deed.statement.verb
    status = unrealised(sentence, verb.start, verb.end)
    on = None if verb.lemma in ("settle", "defend") else date_of(document, sentence, verb.main)
    subject = deed.statement.subject
    start = min(verb.start, subject.start) if subject is not None else verb.start
    fields = {"plaintiff": plaintiff}
    return make(document, sentence, "lawsuit", defendant, (start, end), status=status, on=on, fields=fields)
