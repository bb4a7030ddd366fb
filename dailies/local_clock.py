"""Once a day, or once a week, at a time of a place's own clock, whatever is done to that clock in spring and autumn."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger


class LocalTime(BaseTrigger):  # type: ignore[misc]
    """An APScheduler trigger: exactly once on each of its days.

    APScheduler's CronTrigger (3.11.3, measured) fires twice in the hour that autumn repeats, and misses the day whose
    midnight spring takes away. Here a time that a clock skips is as much later as it skips; of one that it shows
    twice, the first counts.
    """

    def __init__(self, at: time, zone: ZoneInfo, weekday: int | None = None) -> None:
        """`weekday` counts from 0 for Monday; None: every day."""
        self.at = at
        self.zone = zone
        self.weekday = weekday

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The next moment after the previous one; without one, from now on."""
        after = previous_fire_time or now - timedelta(microseconds=1)
        day = after.astimezone(self.zone).date()
        while True:
            moment = datetime.combine(day, self.at, self.zone).astimezone(UTC)
            if moment > after and self.weekday in (None, day.weekday()):
                return moment.astimezone(self.zone)
            day += timedelta(days=1)

    def __getstate__(self) -> dict[str, Any]:
        """For the job store."""
        return {"at": self.at, "zone": self.zone, "weekday": self.weekday}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """From the job store."""
        self.__init__(**state)  # type: ignore[misc]
