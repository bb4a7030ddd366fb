"""Delivers messages through apprise, each to each address once; what fails waits for the next run."""

from __future__ import annotations

import hashlib
import os
import sys
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session

from dailies.failures import UsageError
from dailies.notices.alerts import note_alerts
from dailies.notices.notices import compose
from dailies.schedule_settings import user_zone
from db.connection.engine import database_kind, writing
from db.connection.errors import AlreadyRunning
from db.connection.run_lock import run_lock
from db.publishing.issues import issue_document, issues
from db.publishing.notices import TRIES, interrupted, undelivered, undelivered_briefs, want_brief
from db.schema.notice_tables import BriefDeliveryRow, DeliveryRow
from reports.wording.values import LANGUAGES, ReportLanguage

ADDRESSES = "DAILIES_NOTIFY"
"""apprise's URLs, separated by spaces."""
LANGUAGE = "DAILIES_NOTIFY_LANGUAGE"
HEARTBEAT = "DAILIES_HEARTBEAT_URL"
_SECONDS_FOR_HEARTBEAT = 10
_UNCERTAIN = "the run was killed while it was under way; nobody knows whether it arrived, so it is not sent again"


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """Where messages go, in which language, whose day is a day, and what is asked to say that a run went well."""

    zone: ZoneInfo
    language: ReportLanguage = "en"
    addresses: Mapping[str, str] = field(default_factory=dict)
    """apprise's URLs by their digests."""
    heartbeat: str | None = None


def notice_settings(environment: Mapping[str, str] = os.environ) -> NoticeSettings:
    """The settings of the environment.

    Raises UsageError, naming the variable and never an address, where one cannot be used or apprise is not installed.
    """
    language = environment.get(LANGUAGE, "").strip() or "en"
    if language not in LANGUAGES:
        raise UsageError(f"{LANGUAGE} is {language!r}; it can be {' or '.join(LANGUAGES)}")
    heartbeat = environment.get(HEARTBEAT, "").strip() or None
    if heartbeat is not None and not heartbeat.startswith(("https://", "http://")):
        raise UsageError(f"{HEARTBEAT} is no http(s) address; write one, or unset it")
    addresses = environment.get(ADDRESSES, "").split()
    if addresses and find_spec("apprise") is None:
        raise UsageError(f"{ADDRESSES} is set, but apprise is missing: .venv/bin/pip install -e '.[notify]'")
    for place, address in enumerate(addresses, 1):
        if not _usable(address):
            raise UsageError(
                f"{ADDRESSES}: apprise does not understand address {place} of {len(addresses)}; see docs/operations.md"
            )
    digests = {hashlib.sha256(each.encode()).hexdigest()[:16]: each for each in addresses}
    return NoticeSettings(user_zone(environment), language, digests, heartbeat)


def after_run(engine: Engine, settings: NoticeSettings, now: datetime | None = None) -> None:
    """Note troubles, compose the day's message, deliver what waits. Samples are no news: nothing is told of them.

    Without an address nothing is composed, so that the first message is not lost. A message that is not taken is said
    on standard error. While another run is at work, all this is left to that one.
    """
    if database_kind(engine) == "sample":
        return
    now = now or datetime.now(UTC)
    with suppress(AlreadyRunning), run_lock(engine):
        with writing(engine) as session:
            note_alerts(session, now)
            if settings.addresses:
                compose(session, now, settings.zone, settings.language, list(settings.addresses))
        _settle_interrupted(engine)
        _deliver(engine, settings)


def send_brief(engine: Engine, settings: NoticeSettings, week: str) -> None:
    """Send the card of a week's newest issue, once to each address; what is not taken waits for the next run.

    Of samples nothing is sent. While another run is at work, that one delivers it.
    """
    if database_kind(engine) == "sample" or not settings.addresses:
        return
    with writing(engine) as session:
        want_brief(session, week, list(settings.addresses))
    with suppress(AlreadyRunning), run_lock(engine):
        _settle_interrupted(engine)
        _deliver(engine, settings)


def beat(url: str) -> None:
    """Tell a dead man's switch that a run went well; where that fails, it will raise the alarm by itself."""
    request = urllib.request.Request(url, headers={"User-Agent": "Dailies"})  # noqa: S310  (http(s) only, checked)
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS_FOR_HEARTBEAT) as answer:  # noqa: S310
            answer.read(1)
    except OSError as error:
        print(f"The heartbeat could not be sent: {error}", file=sys.stderr)


def _settle_interrupted(engine: Engine) -> None:
    with writing(engine) as session:
        for row in interrupted(session):
            row.state, row.detail = "given_up", _UNCERTAIN


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A message on its way to one address. `body` None: it was withdrawn meanwhile."""

    row: type[DeliveryRow | BriefDeliveryRow]
    key: tuple[int | str, str]
    title: str
    body: str | None


def _deliver(engine: Engine, settings: NoticeSettings) -> None:
    """One delivery at a time: claimed in a transaction of its own before it is tried, so that none is tried twice."""
    for parcel in _waiting(engine, settings.language):
        address = settings.addresses.get(parcel.key[1])
        if address is None:
            _put(engine, parcel, "given_up", "this address is not configured any more")
        elif parcel.body is None:
            _put(engine, parcel, "given_up", "what it quoted was withdrawn")
        else:
            _put(engine, parcel, "sending", "")
            problem = _send(address, parcel.title, parcel.body)
            _put(engine, parcel, "sent" if problem is None else "waiting", problem or "")


def _waiting(engine: Engine, language: ReportLanguage) -> list[_Parcel]:
    from dailies.notices.issues import document_name  # only here: a crawl has no use for the brief

    with Session(engine) as session:
        parcels = [
            _Parcel(DeliveryRow, (message.id or 0, row.address), message.title, message.body)
            for message, row in undelivered(session)
        ]
        for row in undelivered_briefs(session):
            number = issues(session, row.week)[-1].number
            card = issue_document(session, row.week, number, document_name(language, "card"))
            title, _, body = card.decode().partition("\n") if card is not None else ("", "", "")
            parcels.append(_Parcel(BriefDeliveryRow, (row.week, row.address), title, body if card else None))
    return parcels


def _put(engine: Engine, parcel: _Parcel, state: str, detail: str) -> None:
    with writing(engine) as session:
        row = cast(DeliveryRow, session.get_one(parcel.row, parcel.key))  # both have these columns
        row.state, row.detail, row.tried_at = state, detail, datetime.now(UTC)
        row.attempts += state == "sending"
        if state == "waiting":
            print(f"A message could not be delivered: {detail}", file=sys.stderr)
            if row.attempts >= TRIES:
                row.state = "given_up"


def _send(address: str, title: str, body: str) -> str | None:
    """Why it could not be delivered; None where it was. The address, which holds secrets, is in no message."""
    import apprise

    service = apprise.Apprise()
    service.add(address)
    delivered = False
    with suppress(Exception):  # what its hundred services may raise is for none of them to end a run
        delivered = bool(service.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT))
    kind = address.partition(":")[0]
    return None if delivered else f"the service behind {kind}:// did not take it"


def _usable(address: str) -> bool:
    import apprise

    return bool(apprise.Apprise().add(address))
