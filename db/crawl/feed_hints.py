"""What a feed says of a page, as JSON: kept beside the page until it is read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from db.model import FeedHints


def hints_to_json(hints: FeedHints) -> dict[str, Any]:
    """Feed hints as JSON values; silent fields left out."""
    values = {
        "title": hints.title,
        "published": hints.published.isoformat() if hints.published else None,
        "published_precision": hints.published_precision if hints.published else None,
        "summary_html": hints.summary_html,
        "content_html": hints.content_html,
        "authors": list(hints.authors),
    }
    return {name: value for name, value in values.items() if value}


def hints_from_json(values: dict[str, Any]) -> FeedHints:
    """The inverse of `hints_to_json`."""
    published = values.get("published")
    return FeedHints(
        title=values.get("title"),
        published=datetime.fromisoformat(published) if published else None,
        summary_html=values.get("summary_html"),
        content_html=values.get("content_html"),
        authors=tuple(values.get("authors", ())),
        published_precision=values.get("published_precision", "second"),
    )
