"""Stories in the database: sketches are kept, and the articles that are copies of one another share a story's key.

What belongs together is asked of the pipeline's rule; here only those articles are looked at that a new text leads to,
through the bands it shares, so that a day's work does not grow with what is stored. Keys only ever join, except where a
person judges two articles apart.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import Table, bindparam, update
from sqlmodel import Session, col, select

from db.claims.judgements import article_judgements
from db.connection.bulk import insert_rows
from db.facts.stale import mark_stale
from db.model import Sketch
from db.nouns.change import Cause
from db.nouns.facts import Judgement
from db.schema.story_tables import SketchBandRow, SketchRow
from db.schema.tables import ArticleRow, ClaimRow, RevisionRow

_KEYS_PER_QUERY = 500
_ARTICLES_AT_ONCE = 200
_ARTICLES: Table = ArticleRow.__table__  # type: ignore[attr-defined]
_MOVE = update(_ARTICLES).where(_ARTICLES.c.key == bindparam("article")).values(story_key=bindparam("story"))


class StoryRule(Protocol):
    """What the pipeline knows of texts: where a sketch is filed, whether two are copies, and who is one story."""

    def bands(self, hashes: Sketch) -> Sequence[int]:
        """The keys under which a sketch is filed."""

    def are_copies(self, one: Sketch, other: Sketch) -> bool:
        """Whether two texts are copies of one another."""

    def stories(
        self, sketches: Mapping[str, Sequence[Sketch]], judgements: Iterable[Judgement]
    ) -> Sequence[Sequence[str]]:
        """The groups of articles that are one story, the single ones too."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Which texts are looked at: of articles published by the end of a day, recorded by a moment; None: all."""

    as_of: date | None = None
    known_at: datetime | None = None


def keep_sketch(session: Session, article_key: str, revision: int, hashes: Sketch) -> None:
    """Keep the sketch of a version of an article; where it is new, it waits to be grouped. The caller commits."""
    row, fresh = session.get(SketchRow, (article_key, revision)), sketch_row(article_key, revision, hashes)
    if row is None:
        session.add(fresh)
    elif row.hashes != fresh.hashes:
        row.hashes, row.waiting = fresh.hashes, True
        session.add(row)


def sketch_row(article_key: str, revision: int, hashes: Sketch) -> SketchRow:
    """A new sketch's row, waiting to be grouped."""
    return SketchRow(article_key=article_key, revision=revision, hashes=_to_bytes(hashes))


def waiting_sketches(session: Session) -> list[str]:
    """Some of the articles with a text that is not grouped yet."""
    query = select(SketchRow.article_key).where(col(SketchRow.waiting)).order_by(SketchRow.article_key)
    return list(dict.fromkeys(session.exec(query.limit(_ARTICLES_AT_ONCE))))


def renew_stories(session: Session, article_keys: Sequence[str], rule: StoryRule, cause: Cause) -> int:
    """Group these articles with their copies; how many articles changed their story.

    Their companies' facts become stale, since who is an independent witness changes. The caller commits.
    """
    _file(session, article_keys, rule)
    stories = stories_around(session, article_keys, rule, Seen())
    story_of = {key: min(keys) if len(keys) > 1 else None for keys in stories for key in keys}
    stored = _stored_stories(session, sorted(story_of))
    moved = [key for key, story in stored.items() if story != story_of[key]]
    if moved:
        session.connection().execute(_MOVE, [{"article": key, "story": story_of[key]} for key in moved])
    _mark(session, moved, cause)
    for batch in _batches(article_keys):
        session.execute(update(SketchRow).where(col(SketchRow.article_key).in_(batch)).values(waiting=False))
    return len(moved)


def stories_around(
    session: Session, article_keys: Collection[str], rule: StoryRule, seen: Seen
) -> Sequence[Sequence[str]]:
    """The stories of these articles and of all that hang together with them."""
    judged = article_judgements(session, seen.known_at)
    together: defaultdict[str, set[str]] = defaultdict(set)
    for each in judged:
        if each.other is not None:  # two that were judged apart may have been one story before
            together[each.claim].add(each.other)
            together[each.other].add(each.claim)
    found: dict[str, list[Sketch]] = {}
    ahead = set(article_keys)
    while ahead:
        sketches = _sketches(session, ahead, seen)
        found.update({key: sketches.get(key, []) for key in ahead})
        near = {key for one in ahead for key in together[one]} - found.keys()
        candidates = _filed_alike(session, sketches, rule) - found.keys() - near
        texts = {one for of in sketches.values() for one in of}  # equal ones, of reprints, are compared once
        for key, versions in _sketches(session, candidates, seen).items():
            alike = (rule.are_copies(one, other) for one in versions for other in texts)
            if not texts.isdisjoint(versions) or any(alike):
                near.add(key)
        ahead = near - ahead
    return rule.stories(found, judged)


def _file(session: Session, article_keys: Sequence[str], rule: StoryRule) -> None:
    """File the sketches of articles under their bands, each once."""
    wanted = {
        (band, key)
        for key, of in _sketches(session, article_keys, Seen()).items()
        for one in of
        for band in rule.bands(one)
    }
    filed = select(SketchBandRow.band, SketchBandRow.article_key)
    for batch in _batches(sorted({band for band, _ in wanted})):
        wanted -= set(session.exec(filed.where(col(SketchBandRow.band).in_(batch))).all())
    if wanted:
        insert_rows(session, SketchBandRow, [{"band": band, "article_key": key} for band, key in sorted(wanted)])


def _filed_alike(session: Session, sketches: Mapping[str, Sequence[Sketch]], rule: StoryRule) -> set[str]:
    bands = sorted({band for of in sketches.values() for one in of for band in rule.bands(one)})
    query = select(SketchBandRow.article_key).distinct()
    return {key for batch in _batches(bands) for key in session.exec(query.where(col(SketchBandRow.band).in_(batch)))}


def _sketches(session: Session, article_keys: Collection[str], seen: Seen) -> dict[str, list[Sketch]]:
    query = select(SketchRow.article_key, SketchRow.hashes).order_by(SketchRow.article_key, col(SketchRow.revision))
    if seen.as_of is not None:
        query = query.join(ArticleRow, col(ArticleRow.key) == SketchRow.article_key)
        query = query.where(col(ArticleRow.published) <= seen.as_of)
    if seen.known_at is not None:
        same = (col(RevisionRow.article_key) == SketchRow.article_key) & (
            col(RevisionRow.number) == col(SketchRow.revision)
        )
        query = query.join(RevisionRow, same).where(col(RevisionRow.recorded_at) <= seen.known_at)
    found: defaultdict[str, list[Sketch]] = defaultdict(list)
    for batch in _batches(sorted(article_keys)):
        for key, hashes in session.exec(query.where(col(SketchRow.article_key).in_(batch))):
            found[key].append(_from_bytes(hashes))
    return dict(found)


def _stored_stories(session: Session, keys: Sequence[str]) -> dict[str, str | None]:
    """The story that each of these articles is in now."""
    query = select(ArticleRow.key, ArticleRow.story_key)
    return {
        key: story
        for batch in _batches(keys)
        for key, story in session.exec(query.where(col(ArticleRow.key).in_(batch)))
    }


def _mark(session: Session, article_keys: Sequence[str], cause: Cause) -> None:
    query = select(ClaimRow.company_key, ClaimRow.key).where(col(ClaimRow.superseded_at).is_(None))
    for batch in _batches(article_keys):
        mark_stale(session, session.exec(query.where(col(ClaimRow.article_key).in_(batch))).all(), cause)


def _to_bytes(hashes: Sketch) -> bytes:
    return struct.pack(f">{len(hashes)}I", *hashes)


def _from_bytes(stored: bytes) -> Sketch:
    return struct.unpack(f">{len(stored) // 4}I", stored)


def _batches(keys: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(keys), _KEYS_PER_QUERY):
        yield keys[start : start + _KEYS_PER_QUERY]
