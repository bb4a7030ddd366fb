"""Who leaves and who arrives, told in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from db.model import Claim, FieldValue
from pipeline.claim_builder import make
from pipeline.document import CompanyName, Document, Sentence
from pipeline.english.clauses import Statement
from pipeline.english.deeds import Deed, deeds
from pipeline.english.parties import references, referred, subject_company
from pipeline.english.people import names_taken, people_in, people_of, role_in
from pipeline.english.telling import date_of, unrealised
from pipeline.found import Person
from pipeline.gated_pattern import GatedPattern

_REACH = 110
_HE = re.compile(r"^(?:[Hh]e|[Ss]he|who)\Z")
_OBJECT = frozenset(("removed", "appointed"))
_FORMER = re.compile(r"\b(?:former|formerly|ex-|once|previously|then|old|late)\b[^,;]{0,40}\Z")
_ELSEWHERE = re.compile(r"\b(?:for|to join|joining|to|rival|formerly (?:of|at)|from|at rival)(?: the| rival)? \Z")
_NOUN = GatedPattern(
    r"\b(?P<noun>departure|resignation|exit|ouster|removal|dismissal|firing|appointment|hiring|promotion"
    r"|arrival|return)s? of (?:(?:its|the|their) )?(?P<rest>[^;.]{0,90})"
)
_ARRIVING = frozenset(("appointment", "hiring", "promotion", "arrival", "return"))
_BOARD = re.compile(r"\b(?:board(?: of directors)?|board seat|seat on the board|its board)\b")
_SOME = re.compile(
    r"\b(?:several|many|three|four|five|six|a string of|a number of|half a dozen|a handful of|a run of"
    r"|a series of) (?:of (?:its|the|their) )?(?:[\w-]+ )?(?:executives|researchers|senior (?:staff"
    r"|executives|researchers|leaders)|co-founders|engineers behind)\b"
)


def read(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """Departures and appointments, one claim a person; only people with a role in the company count."""
    yield from _once(_every(sentence, document))


def _every(sentence: Sentence, document: Document) -> Iterator[Claim]:
    for deed in deeds(sentence, "leadership"):
        yield from _told(sentence, document, deed)
    match = _NOUN.search(sentence.text)
    if match is not None:
        yield from _noun(sentence, document, match)


def _once(claims: Iterator[Claim]) -> Iterator[Claim]:
    """A person goes once a sentence: "resigned as chief executive and gave up his board seat"."""
    told: set[tuple[object, object]] = set()
    for claim in claims:
        key = (claim.fields.get("person"), claim.fields.get("direction"))
        if key not in told:
            told.add(key)
            yield claim


def _told(sentence: Sentence, document: Document, deed: Deed) -> Iterator[Claim]:
    statement = deed.statement
    if deed.kind == "arrives" and (statement.relative or _is_state(sentence, deed)):
        return
    active_object = deed.kind in _OBJECT and not statement.verb.passive
    stop = _stop(sentence, statement)
    if active_object:
        people = people_in(sentence.text, deed.end, min(len(sentence.text), deed.end + 70), names_taken(sentence))
        people = [person for person in people if _is_object(sentence.text[deed.end : person.start].rstrip(" ,:"))][:1]
    else:
        people = _acting(sentence, document, statement)
        if deed.kind == "removed" and statement.verb.lemma == "replace" and people:
            yield from _told(sentence, document, deed._replace(kind="arrives"))
    if statement.verb.lemma == "replace" and re.search(r"\bnot\b", statement.verb.group):
        return
    direction = "departure" if deed.kind in ("departs", "removed") else "appointment"
    for person in people:
        role = _role(sentence, document, deed, person, stop)
        company = _company(sentence, document, statement, direction, stop, active_object)
        if (
            role is None
            and not _is_of_interest(sentence, deed, person, document)
            and not _names_company(sentence, document, deed, company)
        ):
            continue
        if company is not None:
            yield _claim(
                sentence,
                document,
                company,
                (min(person.start, statement.verb.start) if person.end <= stop else statement.verb.start, stop),
                deed,
                person.name,
                role,
                direction,
            )


def _is_state(sentence: Sentence, deed: Deed) -> bool:
    """Whether "is the chairman" tells what somebody is, not what he becomes: "is to be its chairman"."""
    verb = deed.statement.verb
    change = r"\b(?:new|first|next|incoming|interim|acting)\b"
    return (
        verb.lemma == "be"
        and not re.search(r"\b(?:to|will)\b", verb.group)
        and not re.search(change, sentence.text[verb.end : deed.end])
    )


def _is_object(gap: str) -> bool:
    """Whether only a role stands between a verb and a name: "appointed former Google executive Jane Doe"."""
    return len(gap) <= 60 and not re.search(r"[;:.]|,(?! (?:the|a|its))|\b(?:with|from|by|for|after|and)\b", gap)


def _stop(sentence: Sentence, statement: Statement) -> int:
    """Where what is told of a person ends: the next verb with a subject of its own."""
    for other in sentence.parsed.statements:
        if (
            other.verb.start > statement.verb.start
            and other.subject is not statement.subject
            and other.subject is not None
            and other.subject.start > statement.verb.end
        ):
            return other.subject.start
    return len(sentence.text)


def _acting(sentence: Sentence, document: Document, statement: Statement) -> list[Person]:
    """The people who do it: named in the subject, or the one "he" stands for."""
    subject = statement.subject
    if subject is None:
        return []
    written = sentence.text[subject.start : subject.end]
    found = people_in(sentence.text, subject.start, subject.end, names_taken(sentence))
    if found:
        head = written.split(",")[0]
        led = re.search(r"\b(?:with|alongside|led by|under|like|of|from)\b", head)
        return [
            person
            for person in found
            if _is_head(sentence.text, subject.start, person)
            and not (led and person.start > subject.start + led.start())
        ]
    if _HE.match(written):
        return _same_sentence(sentence, subject.start) or _last_named(sentence, document, subject.start)
    last = subject.head.removesuffix("'s")
    known = _founder(document, last)
    if known is not None and sentence.text[subject.start].isupper():
        return [Person(subject.start, subject.end, known)]
    return [
        Person(subject.start, subject.end, person.name)
        for person in people_of(document)
        if person.name.split()[-1].lower() == last
    ][:1]


def _same_sentence(sentence: Sentence, position: int) -> list[Person]:
    """Who "she" is where the sentence says so: "Jane Doe said that she was leaving"."""
    for statement in reversed(sentence.parsed.statements):
        subject = statement.subject
        if subject is not None and subject.end <= position:
            found = people_in(sentence.text, subject.start, subject.end, names_taken(sentence))
            if found:
                return found[:1]
    return []


def _is_head(text: str, start: int, person: Person) -> bool:
    """The first person, those coordinated with him, or the name after his role."""
    before = text[start : person.start]
    return not re.search(r"\b(?:who|which|whose|of|by|with|from|behind|under|for|replac\w+|succeed\w+)\b", before)


def _last_named(sentence: Sentence, document: Document, position: int) -> list[Person]:
    place = sentence.place + position if sentence.where == "text" else -1
    people = people_of(document)
    for earlier in reversed(
        [each for each in document.sentences if each.where == "text" and each.place < place - position][-3:]
    ):
        statement = next(iter(earlier.parsed.statements), None)
        subject = statement.subject if statement is not None else None
        inside = [
            each for each in people if subject is not None and subject.start <= each.start - earlier.place < subject.end
        ]
        if inside:
            return [Person(position, position, inside[0].name)]
    before = [person for person in people if person.start < place]
    return [Person(position, position, before[-1].name)] if before else []


def _role(sentence: Sentence, document: Document, deed: Deed, person: Person, stop: int) -> str | None:
    """The role left or taken, as written: behind the verb, else beside the name, else told elsewhere."""
    text = sentence.text
    behind = text[deed.statement.verb.end : min(stop, deed.statement.verb.end + _REACH)]
    behind = re.split(r"\b(?:to succeed|succeeding|replacing|after|who|in place of|from former)\b", behind)[0]
    subject = deed.statement.subject
    beside = (
        text[subject.start : subject.end] if subject is not None and deed.statement.verb.start >= subject.end else ""
    )
    if deed.kind in _OBJECT and not deed.statement.verb.passive:
        beside = text[deed.statement.verb.end : person.start]
        behind = text[person.end : min(stop, person.end + _REACH)]
    if deed.kind in ("arrives", "appointed"):
        if _BOARD.search(behind) and role_in(behind) is None:
            return "board member"
        if _JOB.search(behind) and role_in(_as_part(behind)) is None:
            return _role_before(sentence, document)
        named_as = re.search(r"\bas (?:its |the |their |an? )?(?P<role>[^,;.]{2,40})", behind)
        told = (
            (role_in(named_as["role"]) if named_as else None)
            or role_in(_as_part(behind))
            or (role_in(beside) if deed.kind == "appointed" or not _FORMER.search(beside) else None)
        )
        return _singular(told)
    as_role = re.match(r"[^,;]{0,20}?\bas (?:its |the |their )?", behind)
    told = role_in(_from_part(behind[as_role.end() :])) if as_role else None
    told = told or role_in(_without_former(beside)) or role_in(_from_part(behind)) or _elsewhere(document, person.name)
    return _singular(told)


_JOB = re.compile(r" (?:the|that) (?:job|post|role|position|top job|reins|helm)\b| over\b(?! as)")


def _role_before(sentence: Sentence, document: Document) -> str | None:
    """The role that "the job" is: told in the sentence before, of the same paragraph."""
    earlier = [
        each
        for each in document.sentences
        if each.where == "text" and each.place < sentence.place and each.paragraph == sentence.paragraph
    ]
    return role_in(earlier[-1].text) if earlier else None


def _as_part(behind: str) -> str:
    return re.split(r"\b(?:from|formerly|previously|who)\b", behind)[0]


def _from_part(behind: str) -> str:
    """What stands behind a verb of leaving, without the job left for: "left for Scale to become chief scientist"."""
    return re.split(r"\b(?:for|to|joining|and)\b", behind)[0]


def _without_former(beside: str) -> str:
    return re.sub(r"\b(?:former|formerly|previously|once)\b[^,;]*", "", beside)


def _singular(role: str | None) -> str | None:
    if role is None:
        return None
    role = re.sub(r" (?:at|of) [A-Z].*", "", role)
    role = re.sub(r"^(?:(?:new|next|incoming|first|former|outgoing|global) )+", "", role)
    return re.sub(r"(executive|founder|CEO|lead|officer)s\Z", r"\1", role)


def _elsewhere(document: Document, name: str) -> str | None:
    """The role the text gives somebody at another place: "Jane Doe, who ran engineering"."""
    whole = f"{document.title}\n{document.text}"
    last = re.escape(name.split()[-1])
    for match in re.finditer(rf"\b{last}\b(?:,([^.;,\n]{{0,60}})(?:,|\.|$))?", whole):
        behind, before = match[1] or "", re.split(r"[.;\n]", whole[max(0, match.start() - 60) : match.start()])[-1]
        ran = re.search(r"who (?:ran|headed|led|leads|runs) (?:the )?([\w ]{3,24})", behind)
        if ran and "company" not in ran[1]:
            return f"head of {ran[1].strip()}"
        role = role_in(behind) or role_in(
            before.rsplit(",", 2)[-1] if not before.rstrip().endswith(",") else before.rstrip(", ").rsplit(",", 1)[-1]
        )
        if role:
            return role
    return None


_LED = re.compile(
    r"\bwho (?:helped to |had |co-)?(?:led|lead|leads|ran|runs|headed|heads|founded|oversaw|built|managed)\b"
)


_WON = frozenset(("hire", "poach", "lure", "recruit"))
_FROM = re.compile(
    r"(?:, (?:who (?:led|ran|headed|built|co-founded)|a|an|the|formerly)\b[^;.,]{2,70},)? (?:away )?(?:from|to)\b"
)
_TO_LEAD = re.compile(r"(?:,[^,;.]{2,70},)? to (?:lead|head|run|oversee|manage|build|take charge of)\b")


def _is_of_interest(sentence: Sentence, deed: Deed, person: Person, document: Document) -> bool:
    """Without a role: a founder we know who leaves, or somebody the sentence says led work."""
    subject = deed.statement.subject
    if deed.kind == "departs" and subject is not None and _LED.search(sentence.text[subject.start : subject.end]):
        return True
    if deed.statement.verb.lemma in _WON and _FROM.match(sentence.text, person.end):
        return True
    if deed.kind == "appointed" and _TO_LEAD.match(sentence.text, person.end):
        return True
    return deed.kind in ("departs", "removed") and person.name.split()[-1].lower() in _founders(document)


def _names_company(sentence: Sentence, document: Document, deed: Deed, company: CompanyName | None) -> bool:
    """Without a role: somebody who leaves or joins a company the sentence names right behind the verb."""
    if company is None or deed.statement.relative or deed.kind not in ("departs", "arrives"):
        return False
    for each in references(sentence, document):
        if each.named and each.company.key == company.key and deed.statement.verb.end <= each.start:
            return bool(re.fullmatch(r" (?:from |the |rival )*", sentence.text[deed.statement.verb.end : each.start]))
    return False


def _founder(document: Document, last: str) -> str | None:
    """The full name of a founder of a company the text names, by his last name."""
    from db.knowledge import load_knowledge

    keys = {mention.key for mention in (*document.names.in_title, *document.names.in_text)}
    return next(
        (
            founder
            for company in load_knowledge().companies
            if company.key in keys
            for founder in company.founders
            if founder.split()[-1].lower() == last
        ),
        None,
    )


def _founders(document: Document) -> frozenset[str]:
    from db.knowledge import load_knowledge

    keys = {mention.key for mention in (*document.names.in_title, *document.names.in_text)}
    return frozenset(
        founder.split()[-1].lower()
        for company in load_knowledge().companies
        if company.key in keys
        for founder in company.founders
    )


def _company(
    sentence: Sentence, document: Document, statement: Statement, direction: str, stop: int, active: bool
) -> CompanyName | None:
    """The company left or joined: named behind the verb, else the one the person is of, else the topic."""
    text = sentence.text
    for each in references(sentence, document):
        if statement.verb.end <= each.start < min(stop, statement.verb.end + _REACH):
            gap = text[statement.verb.end : each.start]
            if direction == "departure" and (
                _ELSEWHERE.search(gap) or re.search(r"\b(?:for|to join|joining|to become|to lead)\b", gap)
            ):
                continue
            if direction == "appointment" and re.search(
                r"\b(?:from|after leaving|formerly|former|ex-|who|previously|succeed\w*|replac\w*)", gap
            ):
                continue
            if each.named or not re.search(r"[A-Za-z]+ing\b", gap):
                return each.company
    subject = statement.subject
    if active:
        return subject_company(subject, sentence, document)
    if subject is not None:
        for each in references(sentence, document):
            if subject.start <= each.start < subject.end and not _FORMER.search(text[subject.start : each.start]):
                return each.company
    return referred(sentence, subject.start if subject is not None else statement.verb.start, document, described=True)


def _claim(
    sentence: Sentence,
    document: Document,
    company: CompanyName,
    span: tuple[int, int],
    deed: Deed,
    name: str,
    role: str | None,
    direction: str,
) -> Claim:
    verb = deed.statement.verb
    fields: dict[str, FieldValue] = {"person": name, "role": role, "direction": direction}
    status = unrealised(sentence, verb.start, verb.end)
    if (
        status == "rumored"
        and re.search(r"\bwill\b|\b(?:is|are) to\b", verb.group)
        and not re.search(r"\b(?:may|might|could|would)\b", verb.group)
    ):
        status = None
    on = date_of(document, sentence, verb.main)
    return make(document, sentence, "leadership_change", company, span, status=status, on=on, fields=fields)


def _noun(sentence: Sentence, document: Document, match: re.Match[str]) -> Iterator[Claim]:
    """The departure of its chief executive, Jane Doe."""
    people = people_in(sentence.text, match.start("rest"), match.end("rest"), names_taken(sentence))
    role = role_in(match["rest"])
    company = referred(sentence, match.start(), document, described=True)
    for each in references(sentence, document):
        if match.start() <= each.start < match.end():
            company = each.company
    if not people or role is None or company is None:
        return
    direction = "appointment" if match["noun"] in _ARRIVING else "departure"
    fields: dict[str, FieldValue] = {"person": people[0].name, "role": role, "direction": direction}
    status = unrealised(sentence, match.start(), match.end())
    on = date_of(document, sentence, match.start())
    span = (match.start(), people[0].end)
    yield make(document, sentence, "leadership_change", company, span, status=status, on=on, fields=fields)
