"""One address per page, whichever way a reader came to it: article keys are derived from this."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import yaml
from w3lib.url import canonicalize_url

_GOOGLE_CACHE = re.compile(r"\Ahttps?://(?:www\.)?google\.[a-z.]{2,6}/amp/(s/)?(?=[^/]+\.[^/]+/)", re.IGNORECASE)
_AMP_PROJECT = re.compile(r"\Ahttps?://[^/]+\.cdn\.ampproject\.org/[a-z]/(s/)?(?=[^/]+\.[^/]+/)", re.IGNORECASE)
_AMP_PREFIX = re.compile(r"\A/amp(?=/.)", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"(?<=.)(?:/amp|(?<!/)\.amp(?=(?:\.html?)?\Z))(?P<extension>\.html?)?/*\Z", re.IGNORECASE)
_IP_ADDRESS = re.compile(r"\A(?:[\d.]+|\[.*\])\Z")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MOST_ROUNDS = 8
"""How often the rules are applied until nothing changes; each round only removes, so this is reached by no real URL."""


@cache
def _rules() -> dict[str, Any]:
    text = (files("pipeline.pages") / "url_rules.yml").read_text(encoding="utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))


@cache
def _tracking() -> re.Pattern[str]:
    names = (re.escape(name).replace(r"\*", ".*") for name in _rules()["tracking"])
    return re.compile(rf"(?:{'|'.join(names)})\Z", re.IGNORECASE | re.DOTALL)


def canonical_url(url: str) -> str:
    """The address that names a page: no fragment, no tracking parameters, no AMP or mobile variant, https.

    Lower-case host, default port and trailing slash dropped, parameters sorted, percent-encoding as `w3lib` writes it.
    http becomes https except for addresses with an IP number, a port or a host without a dot. Applying it twice
    changes nothing more. What is not an http(s) URL is returned stripped, otherwise unchanged. Never raises.
    """
    stripped = url.strip()
    for _ in range(_MOST_ROUNDS):
        before, stripped = stripped, _once(stripped)
        if before == stripped:
            break
    return stripped


def _once(url: str) -> str:
    for cache_of_google in (_GOOGLE_CACHE, _AMP_PROJECT):
        url = cache_of_google.sub(lambda match: "https://" if match[1] else "http://", url)
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname:
            return url
        scheme, host = _scheme_and_host(parts.scheme.lower(), parts.hostname, parts.port)
        user = parts.netloc.rpartition("@")[0]
        netloc = f"{user}@{host}" if user else host
        query = _identifying(parts.query, parts.hostname, parts.path)
        return canonicalize_url(urlunsplit((scheme, netloc, _path(parts.path), query, ""))).strip()
    except ValueError:  # a port out of range, an unfinished IPv6 address, a host that IDNA refuses
        return url


def _scheme_and_host(scheme: str, hostname: str, port: int | None) -> tuple[str, str]:
    host = hostname.rstrip(".") or hostname
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        return scheme, f"{host}:{port}"
    if _IP_ADDRESS.match(host) or "." not in host:
        return scheme, host
    return "https", _desktop(host)


def _desktop(host: str) -> str:
    """The host that serves desktop browsers: www.example.com for m.example.com, en.wikipedia.org for en.m."""
    rules = _rules()
    labels = host.split(".")
    registered = 3 if ".".join(labels[-2:]) in rules["two_label_suffixes"] else 2
    if len(labels) > registered and labels[0] in rules["mobile_labels"]:
        rest = ".".join(labels[1:])
        return f"www.{rest}" if len(labels) == registered + 1 and rest not in rules["bare_hosts"] else rest
    if len(labels) == registered + 2 and labels[1] == "m":
        return ".".join((labels[0], *labels[2:]))
    bare = host.removeprefix("www.")
    return bare if bare in rules["bare_hosts"] else host


def _path(path: str) -> str:
    path = _AMP_SUFFIX.sub(lambda match: match["extension"] or "", _AMP_PREFIX.sub("", path))
    return path.rstrip("/") or "/"


def _identifying(query: str, host: str, path: str) -> str:
    """The parameters that name the page."""
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=200)
    only = _rules()["only"].get(host)
    if only is not None:
        if path.startswith("/s/"):
            return ""
        named = [(name, value) for name, value in pairs if name in only]
        if named:  # without one (a search's link, which expires) the rest is all that tells two pages apart
            return urlencode(named)
    return urlencode([(name, value) for name, value in pairs if not _tracking().match(name)])
