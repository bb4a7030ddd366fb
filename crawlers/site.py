"""Which site a URL belongs to: whoever shares one shares its pace."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "go", "ne", "net", "or", "org"})


def site_of(url: str) -> str:
    """The registrable domain of a URL, roughly; of a bare IP number, the address and port.

    Rougher than the public suffix list, which would cost the crawl 24 MB, and always to the polite side: it may take
    several sites for one, never one for several.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    try:
        ip_address(host)
    except ValueError:
        labels = host.split(".")
        kept = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
        return ".".join(labels[-kept:])
    return parts.netloc.rpartition("@")[2]
