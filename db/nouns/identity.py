"""Keys that never change: derived from what a thing is, never from a row number, a version or the order of loading."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date

_SPACE = re.compile(r"\s+")


def digest(*parts: str) -> str:
    """Sixteen hex digits of SHA-256 over the parts, kept apart by a unit separator."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fold(text: str) -> str:
    """Text as it is compared: NFKC, lower case, one space between words."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def article_key(
    canonical_url: str | None, publisher: str | None, title: str, published: date | None, text: str = ""
) -> str:
    """An article's key, from its canonical URL; without one, from publisher, title and date (DESIGN, Identity).

    Where it has neither address nor title, only its text says which it is: whole notes pasted one after the other.
    """
    if canonical_url:
        return "a" + digest("url", canonical_url)
    if text and not fold(title):
        return "a" + digest("text", fold(text))
    return "a" + digest("titled", fold(publisher or ""), fold(title), published.isoformat() if published else "")


def claim_key(article: str, claim_type: str, sentence: str, ordinal: int) -> str:
    """A claim's key: its article, type, normalised sentence, and its ordinal among equal ones."""
    return "c" + digest(article, claim_type, fold(sentence), str(ordinal))


def candidate_key(name: str) -> str:
    """The key of a company nobody has curated: its folded name, without spaces and punctuation, after a tilde."""
    return "~" + re.sub(r"[\W_]+", "", fold(name))


FACT_PREFIX = {
    "funding_round": "round",
    "valuation": "valuation",
    "total_funding": "total",
    "acquisition": "acquisition",
    "ipo": "ipo",
    "shutdown": "shutdown",
    "layoffs": "layoffs",
    "leadership_change": "leadership",
    "product_launch": "launch",
    "founding": "founding",
    "lawsuit": "lawsuit",
    "metric": "metric",
    "partnership": "partnership",
    "controversy": "controversy",
}


def fact_id(claim_type: str, first_claim_key: str) -> str:
    """A fact's id: its type's prefix and the key of its first claim."""
    return f"{FACT_PREFIX[claim_type]}-{first_claim_key}"
