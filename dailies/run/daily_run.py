"""The daily cycle as a person or a clock calls it: crawl, read, form facts, report, and say what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine

from crawlers.catalogue import as_crawled
from crawlers.crawl import CrawlSettings
from dailies.crawl.child import CrawlOrder
from dailies.crawl.store import CrawlStore
from dailies.reading.result_store import Tally
from dailies.run.cycle import Cycle
from dailies.run.progress import Progress
from dailies.run.stop_request import StopRequest
from dailies.settings import Settings
from dailies.upkeep.sizes import database_bytes, folder_bytes
from db.connection.engine import writing
from db.connection.run_lock import run_lock
from db.crawl import crawl_memory, run_log
from db.crawl.archive import Archive
from db.crawl.run_log import GOOD_OUTCOMES, SourceOutcome
from db.nouns.source import SourceFields
from db.schema.crawl_tables import SourceRow


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did, source by source. `stopped`: a person asked it to stop early."""

    run_id: int
    tally: Tally
    outcomes: Sequence[SourceOutcome]
    stopped: bool

    @property
    def failed(self) -> list[SourceOutcome]:
        """The sources that could not be read."""
        return [each for each in self.outcomes if each.outcome not in GOOD_OUTCOMES]

    @property
    def offline(self) -> bool:
        """Not one source could be reached."""
        return bool(self.asked) and all(each.outcome == "unreachable" for each in self.asked)

    @property
    def asked(self) -> list[SourceOutcome]:
        """The sources that did not wait for a key or an address of their user's."""
        return [each for each in self.outcomes if each.outcome != "skipped"]

    @property
    def exit_code(self) -> int:
        """0 done, 3 partly done."""
        return 3 if self.failed or self.tally.crawl_failed or self.stopped else 0


def perform(
    engine: Engine,
    settings: Settings,
    *,
    command: str,
    sources: Sequence[SourceFields] = (),
    crawl_settings: CrawlSettings | None = None,
    public_url: Callable[[str], str] = str,
) -> RunResult:
    """One run: crawl `sources` (with `crawl_settings` None: nothing), read what waits, form the facts.

    Raises AlreadyRunning while another process works on this database.
    """
    stop = StopRequest()
    with run_lock(engine, on_lost=stop.make), stop.listening(), Progress(sources) as progress:
        with writing(engine) as session:
            run_id = run_log.start_run(session, command)
            crawl_memory.enter_sources(session, [SourceRow(**source.model_dump()) for source in sources])
        cycle = Cycle(engine, settings, run_id, progress, stop)
        with Archive(settings.archive) as archive:
            store = CrawlStore(engine, archive, run_id, progress, public_url)
            crawled = [as_crawled(each) for each in sources]
            order = CrawlOrder(crawled, crawl_settings) if crawl_settings is not None else None
            cycle.crawl_and_read(order, store)
        cycle.form_facts()
        with writing(engine) as session:
            outcomes = run_log.outcomes(session, run_id)
            result = RunResult(run_id, cycle.tally, outcomes, stop.made)
            sizes = database_bytes(engine), folder_bytes(settings.archive)
            run_log.finish_run(session, run_id, "stopped" if stop.made else "done", *sizes)
    return result
