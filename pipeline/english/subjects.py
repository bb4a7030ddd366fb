"""Whose deed a verb of an English sentence is: the phrase before it, across insertions and relative clauses."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.english.marked_words import Words
from pipeline.english.patterns import any_of
from pipeline.english.phrases import SEPARATORS, list_start, noun_phrase
from pipeline.english.statements import Statement
from pipeline.english.subject_meant import Subject
from pipeline.english.verb_forms import words
from pipeline.english.verbs import Verb

_TABLE = "english_parties"
_INSERTED = any_of(_TABLE, "inserted")
_ROLE = any_of(_TABLE, "role")

_DATED_BY = frozenset(("in", "on", "at", "by", "since", "until", "during", "from"))
_FARTHEST_BACK = 60


"""Tokens: how far a subject may stand before its verb."""
SAYING = words("says")


def subject_of(
    sentence: Words, verb: Verb, before: Sequence[Verb], told: Sequence[Statement]
) -> tuple[Subject | None, int | None, bool]:
    """(subject, number of the statement it leans on, whether it is a relative clause)."""
    previous = len(before) - 1
    place = verb.first - 1
    floor = before[-1].last + 1 if before else 0
    if verb.infinitive and not told:
        return _headline_subject(sentence, verb), None, False
    perfect = verb.group == "having " and bool(before) and before[-1].last == verb.first - 1
    if verb.infinitive or (verb.form == "ing" and verb.bare) or perfect:  # "denies having sacked"
        while previous > 0 and told[previous].reduced:
            previous -= 1
        return (told[previous].subject if told else None), (previous if told else None), False
    inverted = _speaker_behind(sentence, verb)
    if inverted is not None:
        return inverted, None, False
    if verb.bare and verb.form == "base" and previous >= 0 and before[-1].lemma == "let":
        return noun_phrase(sentence, floor, place), previous, False  # "let 30 people go"
    while place >= floor and (sentence.tokens[place].lower in words("adverbs") or sentence.dated[place]):
        place -= 1
        if place >= floor and sentence.dated[place + 1] and sentence.tokens[place].lower in _DATED_BY:
            place -= 1
    if place < 0:
        return None, None, False
    word = sentence.tokens[place].lower
    if word in words("relatives") and not _opens_object_clause(sentence, place, before):
        return _antecedent(sentence, place - 1, before, told), None, True
    if place >= floor and word not in SEPARATORS and word not in words("conjunctions"):
        subject = noun_phrase(sentence, floor, place)
        if subject is not None:
            described = _told_by_relative(sentence, verb, subject, before, told)
            return described or _whose(sentence, _they(subject, told), floor), None, False
    if word in words("conjunctions") and told:
        main = _main(sentence, told)
        return told[main].subject, told[main].parent, False
    if word in SEPARATORS:
        subject = _across_comma(sentence, place, before)
        if subject is not None:
            return subject, None, False
        if not told and verb.bare and verb.lemma != "worth" and verb.form in ("past", "participle"):
            return _antecedent(sentence, place - 1, before, told), None, False  # "Ray 2, retired in January, had"
    return (told[previous].subject if told else None), None, False


def _told_by_relative(
    sentence: Words, verb: Verb, subject: Subject, before: Sequence[Verb], told: Sequence[Statement]
) -> Subject | None:
    """Whose verb follows a relative clause without a comma: "A company that makes AI avatars has raised"."""
    if verb.infinitive or verb.form == "ing" or not told or (verb.form == "base" and verb.bare):
        return None
    number = len(told) - 1
    while number > 0 and (told[number].reduced or (before[number].form == "ing" and before[number].bare)):
        number -= 1
    clause = told[number]
    if not clause.relative or clause.subject is None:
        return None
    is_object = _object_of(sentence, clause, subject, before)
    if (subject.names or subject.refers or subject.owners) and not is_object:
        return None
    between = list(sentence.tokens[clause.verb.last + 1 : verb.first])
    if not between or any(token.text in SEPARATORS or token.lower in words("subordinators") for token in between):
        return None
    return (
        clause.subject._replace(refers=None) if is_object else clause.subject
    )  # "the studio that uses" is another one


def _object_of(sentence: Words, clause: Statement, subject: Subject, before: Sequence[Verb]) -> bool:
    """Whether a company is what the relative clause right before is about: "The studio that uses Pika laid off"."""
    if clause.verb is not before[-1] or clause.verb.passive or clause.verb.lemma in SAYING | _THINKING:
        return False
    if not subject.names or clause.subject is None or clause.subject.start >= subject.start:
        return False
    following = sentence.tokens[clause.verb.last + 1]
    comma = any(
        token.text == "," for token in sentence.tokens if clause.subject.start <= token.start < clause.verb.start
    )
    return following.start == subject.start and not comma


_THINKING = words("thinks")


def _speaker_behind(sentence: Words, verb: Verb) -> Subject | None:
    """Who speaks behind what is quoted: ",” said Jane Doe, the chief executive"."""
    first, tokens = verb.last + 1, sentence.tokens
    if verb.lemma not in ("say", "write", "add", "tell") or not verb.bare or verb.first < 2 or first >= len(tokens):
        return None
    quoted = tokens[verb.first - 1].text in ('"', "”") or (
        tokens[verb.first - 1].text in (",", ".") and tokens[verb.first - 2].text in ('"', "”")
    )
    if not quoted or not (tokens[first].text[0].isupper() or tokens[first].lower in ("the", "its", "a", "one")):
        return None
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].text not in SEPARATORS and not sentence.dated[last + 1]:
        if tokens[last + 1].lower in ("in", "on", "at", "to", ".", "when", "after", "who"):
            break
        last += 1
    return noun_phrase(sentence, first, last)


def _whose(sentence: Words, subject: Subject, floor: int) -> Subject:
    """A phrase behind "whose" belongs to the one before: "Synthesia, whose $180 million Series D made up ..."."""
    place = next(place for place in range(floor, len(sentence.tokens)) if sentence.tokens[place].start >= subject.start)
    if place < 2 or sentence.tokens[place - 1].lower != "whose" or subject.names or subject.owners:
        return subject
    last = place - 2
    while last > 0 and sentence.tokens[last].text in SEPARATORS:
        last -= 1
    owner = noun_phrase(sentence, 0, last, nearest=True)
    return subject._replace(owners=owner.names or owner.owners) if owner is not None else subject


def _headline_subject(sentence: Words, verb: Verb) -> Subject | None:
    """The name a headline begins with: "Accel in talks to lead Synthesia round"."""
    stop = next(
        (place for place in range(verb.first) if sentence.tokens[place].lower in words("prepositions")), verb.first
    )
    return noun_phrase(sentence, 0, stop - 1) if stop else None


def _they(subject: Subject, told: Sequence[Statement]) -> Subject:
    """As in "They" right behind "Lionsgate and Runway said": the two."""
    before = told[-1].subject if told else None
    if (
        subject.refers != "they"
        or before is None
        or len(before.names) + len(before.owners) < 1
        or told[-1].verb.lemma not in SAYING
    ):
        return subject
    return before


def _opens_object_clause(sentence: Words, place: int, before: Sequence[Verb]) -> bool:
    """Whether "that" follows a verb of saying directly, as in "said that"."""
    return sentence.tokens[place].lower == "that" and bool(before) and before[-1].last == place - 1


def _main(sentence: Words, told: Sequence[Statement]) -> int:
    """The last statement that is no relative clause, no "..., they said, ..." and leans on none."""
    for number in range(len(told) - 1, -1, -1):
        statement = told[number]
        if (
            not (statement.relative or statement.reduced)
            and statement.parent is None
            and not (number and _aside(sentence, statement))
        ):
            return number
    return len(told) - 1


def _aside(sentence: Words, statement: Statement) -> bool:
    """Whether a statement only says who says it, between commas."""
    following = statement.verb.last + 1
    return statement.verb.lemma in ("say", "add", "report", "note", "write", "tell") and (
        following >= len(sentence.tokens) or sentence.tokens[following].text in SEPARATORS
    )


def _antecedent(sentence: Words, place: int, before: Sequence[Verb], told: Sequence[Statement]) -> Subject | None:
    """Whom "who" and "which" speak of: the phrase right before, across a comma."""
    while place >= 0 and sentence.tokens[place].lower in SEPARATORS:
        place -= 1
    floor = before[-1].last + 1 if before else 0
    if place < floor:
        return told[-1].subject if told else None
    return noun_phrase(sentence, floor, place, nearest=True)


def _across_comma(sentence: Words, place: int, before: Sequence[Verb]) -> Subject | None:
    """The subject before an insertion: "Haiper, a company started by two researchers, today emerged"."""
    segments = _segments(sentence, place)
    for number, (start, end) in enumerate(segments[:-1]):
        if not _is_insertion(sentence, start, end, before, named=number == 0):
            return None if not number else _inserted_into(sentence, start, end, place, before)
    return _inserted_into(sentence, *segments[-1], place, before) if len(segments) > 1 else None


def _inserted_into(sentence: Words, start: int, end: int, place: int, before: Sequence[Verb]) -> Subject | None:
    """The phrase before the insertion, with the insertion as its last words."""
    floor = max([start, *(verb.last + 1 for verb in before if start <= verb.last < end)])
    subject = noun_phrase(sentence, floor, end - 1) if floor < end else None
    if subject is None:
        return None
    return subject._replace(
        start=_joined_start(sentence, start, subject.start, end, before), end=sentence.tokens[place].start
    )


def _joined_start(sentence: Words, segment: int, start: int, place: int, before: Sequence[Verb]) -> int:
    """Where "Jane Doe, the treasurer, and John Roe, the secretary," begins: with the first of the two."""
    if segment < 2:
        return start
    if sentence.tokens[segment].lower != "and":
        first = list_start(sentence, 0, segment, place)
        return sentence.tokens[first].start if first < segment else start
    for number, (begin, end) in enumerate(_segments(sentence, segment - 1)):
        if any(begin <= verb.last < end and not (verb.bare and verb.form == "ing") for verb in before):
            return start
        if not _is_insertion(sentence, begin, end, before, named=False) or number > 1:
            return sentence.tokens[begin].start if sentence.tokens[begin].text[0].isupper() else start
    return start


def _segments(sentence: Words, place: int) -> list[tuple[int, int]]:
    """The stretches between commas before a place, the nearest first."""
    found = []
    end = place
    for each in range(place - 1, max(-1, place - _FARTHEST_BACK), -1):
        token = sentence.tokens[each]
        if token.text in SEPARATORS and not sentence.dated[each]:
            if each + 1 < end:
                found.append((each + 1, end))
            end = each
    if end > 0:
        found.append((max(0, place - _FARTHEST_BACK + 1) if place > _FARTHEST_BACK else 0, end))
    return found


def _is_insertion(sentence: Words, start: int, end: int, before: Sequence[Verb], *, named: bool) -> bool:
    """Whether a stretch between commas says more of the name before it; `named`: a name alone may do that."""
    first = sentence.tokens[start]
    second = sentence.tokens[start + 1].lower if start + 1 < end else ""
    if second in ("which", "whom", "whose") and first.lower in words("prepositions"):
        return True  # "The deal, in which Adobe takes over Runway, is"
    if _INSERTED.match(first.lower) or _ROLE.match(first.text):
        return True
    if first.text[0].isdigit() or first.text[0] in "$€£" or first.lower.endswith(("'s", "’s")) or sentence.dated[start]:
        return True
    if any(
        start <= verb.last < end and not (verb.bare and verb.form in ("past", "participle", "ing")) for verb in before
    ):
        return False
    if not named:
        return False
    capital = all(
        token.text[0].isupper() or token.lower in ("and", "of", "de", "van") for token in sentence.tokens[start:end]
    )
    short = end - start <= (9 if capital else 5) and first.text[0].isupper()
    return short or (start > 1 and first.text[0].islower() and sentence.tokens[start - 2].text[0].isupper())
