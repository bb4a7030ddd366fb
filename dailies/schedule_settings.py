"""When the schedule does what: the user's time zone and clock times, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from dailies.facts.naming import alike, did_you_mean
from dailies.failures import UsageError
from reports.escaping import terminal_text

TIME_ZONE = "DAILIES_TIME_ZONE"
DAILY_AT = "DAILIES_DAILY_AT"
WEEKLY_AT = "DAILIES_WEEKLY_AT"


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """The zone whose clock and days count, the time of the daily run, and that of the brief on Mondays."""

    zone: ZoneInfo
    daily_at: time
    weekly_at: time

    def today(self) -> date:
        """The day it is where the user is."""
        return datetime.now(self.zone).date()


def schedule_settings(environment: Mapping[str, str] = os.environ) -> ScheduleSettings:
    """The settings of the environment. Raises UsageError, naming the variable, where one cannot be used."""
    return ScheduleSettings(
        zone=user_zone(environment),
        daily_at=_clock_time(environment, DAILY_AT, "06:30"),
        weekly_at=_clock_time(environment, WEEKLY_AT, "08:30"),
    )


def user_zone(environment: Mapping[str, str] = os.environ) -> ZoneInfo:
    """The user's time zone, UTC where none is set. Raises UsageError with suggestions for a name there is none of."""
    name = environment.get(TIME_ZONE, "").strip() or "UTC"
    known = available_timezones()
    if name not in known:
        cities = {zone.rpartition("/")[2]: zone for zone in sorted(known)}
        suggested = alike(name, known) or [cities[city] for city in alike(name.rpartition("/")[2], cities)]
        instead = did_you_mean(suggested) or "; write an IANA name such as Europe/Berlin or Asia/Shanghai"
        raise UsageError(f"{TIME_ZONE} is {terminal_text(name)!r}, which is no time zone{instead}")
    return ZoneInfo(name)


def _clock_time(environment: Mapping[str, str], name: str, default: str) -> time:
    written = environment.get(name, "").strip() or default
    try:
        return datetime.strptime(written, "%H:%M").time()
    except ValueError as error:
        raise UsageError(f"{name} is {terminal_text(written)!r}; write a time such as 06:30") from error
