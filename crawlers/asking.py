"""How each kind of source is asked: at which addresses, with which headers, and what has to be configured first."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from importlib.metadata import version
from ipaddress import ip_address
from urllib.parse import urlsplit

from crawlers.bot import CONTACT_VARIABLE, NAME, checked_contact
from crawlers.ports import CrawlSource
from crawlers.readers import companies_house, edgar, gdelt, hacker_news, wikidata
from crawlers.site import site_of

RSSHUB_VARIABLE = "DAILIES_RSSHUB"
COMPANIES_HOUSE_VARIABLE = "COMPANIES_HOUSE_KEY"
RSSHUB = "rsshub://"
_LANGUAGES = {"en": "en,*;q=0.5", "zh": "zh-CN,zh;q=0.9,*;q=0.5"}
_REMEDIES = {
    CONTACT_VARIABLE: "your e-mail address, which this source demands of whoever asks it",
    RSSHUB_VARIABLE: "the address of your own instance of RSSHub, such as http://127.0.0.1:1200",
}


def what_is_missing(source: CrawlSource, environment: Mapping[str, str] = os.environ) -> str | None:
    """Why a source cannot be asked yet, with the remedy; None where everything is configured."""
    needed = RSSHUB_VARIABLE if source.url.startswith(RSSHUB) else source.needs
    if needed is None or environment.get(needed):
        return None
    return f"set {needed} to {_REMEDIES.get(needed, 'the key that this source gives you')}"


def addresses(source: CrawlSource, now: datetime) -> list[str]:
    """The addresses that a source is asked at, in order: one for a feed, several for some searches."""
    made = _ADDRESSES.get(source.kind)
    return made(source, now) if made is not None else [source.url]


def headers(source: CrawlSource, address: str) -> dict[str, str]:
    """The headers of a request for this source: what its kind demands for its own site, a key for its own host only."""
    sent = {"Accept-Language": _LANGUAGES.get(source.language, "*")}
    made = _HEADERS.get(source.kind)
    if made is None or site_of(address) != site_of(source.url):
        return sent
    demanded = made()
    if urlsplit(address).netloc != urlsplit(source.url).netloc:
        demanded.pop("Authorization", None)
    return {**sent, **demanded}


def on_instance(url: str, environment: Mapping[str, str] = os.environ) -> str:
    """A route of RSSHub as an address on the configured instance; any other address, and without one, as it is."""
    instance = environment.get(RSSHUB_VARIABLE, "").rstrip("/")
    return f"{instance}/{url.removeprefix(RSSHUB)}" if instance and url.startswith(RSSHUB) else url


def instance_on_this_machine(environment: Mapping[str, str] = os.environ) -> str | None:
    """The "host:port" of the configured instance of RSSHub where it runs on this machine: that one may be reached."""
    parts = urlsplit(environment.get(RSSHUB_VARIABLE, ""))
    host = parts.hostname or ""
    try:
        is_loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return None
    return f"{host}:{parts.port or (443 if parts.scheme == 'https' else 80)}" if is_loopback else None


def rest_of(kind: str) -> timedelta:
    """How long a source of this kind is left alone after it answered, whatever it says itself."""
    return timedelta(days=7) if kind == "wikidata" else timedelta()


def _named_plainly() -> dict[str, str]:
    """The SEC asks for product and e-mail, and refuses a User-Agent with brackets or an address of the web in it."""
    contact = os.environ.get(CONTACT_VARIABLE, "")
    return {"User-Agent": f"{NAME}/{version('dailies')} {checked_contact(contact)}"}


def _with_key() -> dict[str, str]:
    """HTTP Basic (RFC 7617): the key is the user, the password empty."""
    key = os.environ.get(COMPANIES_HOUSE_VARIABLE, "")
    return {"Authorization": f"Basic {b64encode(f'{key}:'.encode()).decode()}", "Accept": "application/json"}


_ADDRESSES: dict[str, Callable[[CrawlSource, datetime], list[str]]] = {
    "form_d_search": edgar.search_addresses,
    "companies_house": companies_house.search_addresses,
    "wikidata": wikidata.query_addresses,
    "gdelt": gdelt.search_addresses,
    "hacker_news": hacker_news.search_addresses,
}
_HEADERS: dict[str, Callable[[], dict[str, str]]] = {
    "form_d_list": _named_plainly,
    "form_d_search": _named_plainly,
    "companies_house": _with_key,
    "wikidata": lambda: {"Accept": "application/sparql-results+json"},
    "gdelt": lambda: {"Accept": "application/json"},
    "hacker_news": lambda: {"Accept": "application/json"},
}
