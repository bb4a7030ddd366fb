"""Why several articles are one witness, in words: they print one text, lean on one outlet, or lean on each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.model import Fact, StoredClaim
from db.witnesses import Witness, outlet_of, witnesses
from reports.labels import label
from reports.wording import ReportLanguage, listed


def witness_notes(fact: Fact, language: ReportLanguage, *, leaning: bool = True) -> tuple[str, ...]:
    """One note for each origin that several outlets share. `leaning`: also those that only name their source."""
    return tuple(note for each in witnesses(fact.claims) if (note := _note(each, language, leaning=leaning)))


def _note(witness: Witness, language: ReportLanguage, *, leaning: bool) -> str:
    if witness.ring:
        ring = [stored for stored in witness.claims if outlet_of(stored) in witness.ring]
        return label(language, "witness", "ring").format(listed(language, _outlets(ring)))
    if witness.copies:
        copied = [stored for stored in witness.claims if stored.story is not None]
        return label(language, "witness", "copies").format(listed(language, _outlets(copied)))
    lean = [stored for stored in witness.claims if outlet_of(stored) != witness.name]
    if not leaning or not lean:
        return ""
    return label(language, "witness", "leaning").format(listed(language, _outlets(lean)), _origin(lean))


def _origin(claims: Sequence[StoredClaim]) -> str:
    """How those who lean on an origin write its name."""
    return next((stored.claim.origin for stored in claims if stored.claim.origin), claims[0].witness)


def _outlets(claims: Iterable[StoredClaim]) -> list[str]:
    """The outlets of these claims as they are written, each once."""
    return list({outlet_of(stored): stored.publisher or stored.article_key for stored in claims}.values())
