"""What Scrapy's response says, in the words of the ports."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from scrapy.http import Response

from crawlers import ports
from crawlers.past import Redirects


def as_it_came(response: Response, url: str) -> ports.Response:
    """The response as it is archived; `url` is the address that was asked for first."""
    headers = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    ]
    return ports.Response(url, response.url, response.status, headers, response.body, datetime.now(UTC))


def header(came: ports.Response, name: str) -> str | None:
    """A header's first value; `name` in lower case."""
    return next((value for each, value in came.headers if each.lower() == name), None)


def validators_of(came: ports.Response) -> ports.Validators:
    """What will tell whether this has changed: its header texts, unchanged, and the digest of its body."""
    return ports.Validators(header(came, "etag"), header(came, "last-modified"), digest_of(came))


def digest_of(came: ports.Response) -> str:
    """The SHA-256 of the body."""
    return hashlib.sha256(came.body).hexdigest()


def redirects_of(response: Response) -> Redirects:
    """The redirects that led to this response."""
    statuses = [reason for reason in response.meta.get("redirect_reasons", ()) if isinstance(reason, int)]
    return Redirects(statuses, response.url)
