"""What a robots.txt allows (RFC 9309): its answer to rules, without any I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

from crawlers.bot import NAME

LARGEST = 512 * 1024
"""RFC 9309 2.5: at least 500 KiB are read."""
LONGEST_DELAY = 120.0
"""Seconds between requests that a site may ask for; Common Crawl's news crawler waits as long."""
_STRICT = frozenset({401, 403, 429})
"""The RFC would let us crawl after these; whoever refuses robots.txt to us is taken to refuse the rest."""
_LIBRARY = "Scrapy"
"""The library we run on: a site that names it means us too, at least for pages (feeds are published for readers)."""


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """The rules for us on one origin. `refusal` says why nothing at all may be fetched; `delay` is in seconds."""

    refusal: str | None = None
    delay: float = 0.0
    parser: Protego | None = None
    tokens: tuple[str, ...] = ()
    library_is_named: bool = False

    def allow(self, url: str, *, is_page: bool) -> bool:
        """Whether this URL may be fetched; `is_page`: an article, not a feed."""
        if self.refusal is not None:
            return False
        if self.parser is None:
            return True
        tokens = [*self.tokens, *([_LIBRARY] if is_page and self.library_is_named else [])]
        return all(self.parser.can_fetch(url, token) for token in tokens)


def robots_rules(status: int, body: bytes) -> RobotsRules:
    """The rules that follow from the answer to a request for robots.txt (after redirects)."""
    if status >= 500:
        return RobotsRules(refusal=f"its robots.txt answered {status}, so that nothing may be fetched")
    if status in _STRICT:
        return RobotsRules(refusal=f"its robots.txt answered {status}: left alone for a day")
    if status != 200:
        return RobotsRules()
    text = body[:LARGEST].decode("utf-8-sig", "replace")
    parser = Protego.parse(text)
    token = NAME if _names(text, NAME) else "*"
    delay = _delay(parser, token)
    refusal = None
    if delay > LONGEST_DELAY:
        refusal = f"its robots.txt asks for {delay:.0f} seconds between requests; {LONGEST_DELAY:.0f} is our longest"
    return RobotsRules(refusal, delay, parser, (token,), _names(text, _LIBRARY))


def _names(text: str, token: str) -> bool:
    """Whether a group is for exactly this token.

    Protego takes a group named by any part of our name ("bot") for ours, which would hide the rules for everybody.
    """
    return re.search(rf"^\s*user-?agent\s*:\s*{token}\s*\*?\s*(?:#|$)", text, re.IGNORECASE | re.MULTILINE) is not None


def _delay(parser: Protego, token: str) -> float:
    """Crawl-delay and Request-rate are in no RFC, but sites write them and mean them."""
    rate = parser.request_rate(token)
    per_request = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return max(parser.crawl_delay(token) or 0.0, per_request)
