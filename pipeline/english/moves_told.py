"""The claims of the set phrases that tell who leaves and who arrives: status, day and post of each move."""

from __future__ import annotations

from collections.abc import Iterator

from db.model import Claim, FieldValue
from pipeline.english.claim_builder import make
from pipeline.english.dated_statements import until_when
from pipeline.english.document import Document, Sentence
from pipeline.english.move_phrases import moves_in
from pipeline.english.movers import is_founder
from pipeline.english.parties import referred
from pipeline.english.posts import plain_post, post_told_elsewhere
from pipeline.english.telling import is_decided, unrealised
from pipeline.english.told_dates import date_of
from pipeline.english.whose_post import of_the_field


def told_in_phrases(sentence: Sentence, document: Document) -> Iterator[Claim]:
    """What set phrases tell: only of posts, but for a founder who leaves."""
    for move in moves_in(sentence, document):
        person, direction = move.person, move.direction
        post = move.post or (post_told_elsewhere(document, person.name) if direction == "departure" else None)
        company = of_the_field(
            move.company or referred(sentence, move.start, document, described=True), sentence, document
        )
        if company is None or not (post or move.leads or (direction == "departure" and is_founder(document, person))):
            continue
        inside = (each for each in sentence.parsed.statements if move.told <= each.verb.main < move.end)
        verbs = list(inside)
        told = verbs[-1 if direction == "departure" else 0] if verbs else sentence.parsed.at(move.start)
        fields: dict[str, FieldValue] = {"person": person.name, "role": plain_post(post), "direction": direction}
        status = unrealised(sentence, told.verb.start, told.verb.end, told) if told is not None else None
        if told is not None and status == "rumored" and is_decided(sentence, told.verb):
            status = None
        on = until_when(sentence, move.start, move.end) if direction == "departure" else None
        on = on or date_of(document, sentence, told.verb.main if told is not None else move.start, told=told)
        span = (move.start, move.end)
        yield make(document, sentence, "leadership_change", company, span, status=status, on=on, fields=fields)
