"""The post somebody leaves or takes, as an English text writes it."""

from __future__ import annotations

import re

from pipeline.english.deeds import Deed
from pipeline.english.document import Document, Sentence
from pipeline.english.movers import MOVES_ITS_OBJECT, Mover
from pipeline.english.patterns import any_of
from pipeline.english.people import ONLY_FOUNDER, role_in
from pipeline.values.found import Person

_TABLE = "english_leadership"
FORMER = any_of(_TABLE, "former")
_BOARD = any_of(_TABLE, "board")
_BESIDE_NAME = any_of(_TABLE, "beside_name")
_AS_SUCCESSOR = any_of(_TABLE, "as_successor")
_AS = any_of(_TABLE, "as")
_UP_TO = any_of(_TABLE, "up_to")
_IN_CHARGE = any_of(_TABLE, "in_charge")
_JOB = any_of(_TABLE, "job")

REACH = 110
_LATER_ROLE = re.compile(r", as (?:its |the |an? )?(?P<role>[^,.;]{2,40})")
"""The post told behind an insertion: "succeeds Jane Doe, who founded the company, as chief executive"."""


def post_of(
    sentence: Sentence, document: Document, deed: Deed, mover: Mover, stop: int, shared: str | None
) -> str | None:
    """The post left or taken, as written: behind the verb, else beside the name, else told elsewhere.

    `stop`: where what is told of this person ends; `shared`: the post the sentence told of before.
    """
    text, person, verb = sentence.text, mover.person, deed.statement.verb
    later = _LATER_ROLE.search(text, stop) if verb.lemma in ("succeed", "replace") else None
    shared = shared or (role_in(later["role"]) if later is not None else None)
    behind = _UP_TO.split(text[verb.end : min(stop, verb.end + REACH)])[0]
    subject = deed.statement.subject
    beside = text[subject.start : subject.end] if subject is not None and verb.start >= subject.end else ""
    if mover.second:
        own = text[person.end : min(stop, person.end + REACH)] if person.start >= verb.end else ""
        named = role_in(_as_part(_as_role(own) or "")) or role_in(_without_former(text[verb.end : person.start]))
        return plain_post(named or shared or (role_in(beside) if mover.direction == "appointment" else None))
    if deed.kind in MOVES_ITS_OBJECT and not deed.statement.is_suffered and person.start >= verb.end:
        beside = text[verb.end : person.start]
        behind = text[person.end : min(stop, person.end + REACH)]
        if mover.direction == "departure" and verb.lemma in ("replace", "succeed"):
            return plain_post(
                shared or role_in(beside) or role_in(_from_part(behind)) or post_told_elsewhere(document, person.name)
            )
    if mover.direction == "appointment":
        follows = later is not None or _AS_SUCCESSOR.match(behind)
        return _taken(sentence, document, deed, beside, behind) or (shared if follows else None)
    if (
        _BOARD.search(behind)
        and role_in(behind) is None
        and verb.lemma in ("resign", "leave", "quit", "step", "depart")
    ):
        return "board member"
    if deed.kind == "hands":
        return plain_post(role_in(behind) or role_in(_without_former(beside)))
    named_beside = _own_role(text, person, subject.end) if subject is not None and person.end <= subject.end else None
    told = role_in(_from_part(_as_role(behind) or "")) or named_beside or role_in(_without_former(beside))
    given_up = role_in(_from_part(behind))
    if given_up is not None and (told is None or ONLY_FOUNDER.search(told)):
        told = given_up
    return plain_post(told or post_told_elsewhere(document, person.name))


def _own_role(text: str, person: Person, stop: int) -> str | None:
    """The post right behind a name: "Jane Doe, the technology chief, and John Roe, the head of design, left"."""
    beside = _BESIDE_NAME.match(text, person.end, stop)
    return role_in(beside["post"]) if beside is not None and not FORMER.search(beside[0][:16]) else None


def _taken(sentence: Sentence, document: Document, deed: Deed, beside: str, behind: str) -> str | None:
    """The post somebody takes."""
    if deed.statement.verb.lemma in ("move", "rise", "promote", "elevate") and " to " in behind:
        behind = behind[behind.index(" to ") :]
    if _BOARD.search(behind) and role_in(behind) is None:
        return "board member"
    in_charge = _IN_CHARGE.match(behind) if deed.statement.verb.lemma in ("put", "place", "take") else None
    if in_charge is not None:
        return f"head of {in_charge['what']}"
    if _JOB.search(behind) and role_in(_as_part(behind)) is None:
        return role_in(_without_former(beside)) or role_before(sentence, document)
    told = role_in(_as_role(behind) or "") or (role_in(beside) if _NEW.search(beside) else None)
    told = told or role_in(_as_part(behind))
    if deed.statement.verb.lemma == "become":
        return plain_post(told)  # "Prompter CEO Jane Doe will become ...": not its CEO
    if told is None and (deed.kind == "appointed" or not FORMER.search(beside)):
        told = role_in(beside)
    return plain_post(told)


def _as_role(text: str) -> str | None:
    """What stands behind "as": the post itself."""
    found = _AS.search(text)
    return found["role"] if found else None


_NEW = re.compile(r"\b(?:a|its|their) (?:new|first|next)\b")


def role_before(sentence: Sentence, document: Document) -> str | None:
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


def plain_post(role: str | None) -> str | None:
    """A post without what is not part of it: "new finance chief", "co-founders", "head of design at Pika"."""
    if role is None:
        return None
    role = re.sub(r" (?:at|of) [A-Z].*", "", role)
    role = re.sub(r"^(?:(?:new|next|incoming|first|former|outgoing|global) )+", "", role)
    return re.sub(r"(executive|founder|CEO|lead|officer)s\Z", r"\1", role)


def post_told_elsewhere(document: Document, name: str) -> str | None:
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
