"""`sources`: the catalogue listed, shown, tried, and exchanged with feed readers as OPML."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import Session

from crawlers.asking import RSSHUB, on_instance, what_is_missing
from crawlers.catalogue import SOURCES, Catalogued, as_crawled
from crawlers.crawl import CrawlSettings
from crawlers.opml import LARGEST, FeedOutline, UnreadableOpml, read_opml, write_opml
from crawlers.ports import CrawlSource, Entry
from dailies.commands.output import as_utf8, emit, say, write_whole
from dailies.crawl.opml_import import import_feeds, source_file
from dailies.crawl.sources import one_source, whole_catalogue
from dailies.crawl.trial import Answer, Trial, try_source
from dailies.failures import UsageError
from dailies.settings import settings_for
from db.connection.engine import open_database
from db.connection.errors import NoDatabase
from db.crawl.crawl_memory import robots_txt
from db.crawl.source_standing import SourceStanding, source_standings
from reports.escaping import terminal_text
from reports.listings.sources import SourceLine, source_listing

_FEEDS = frozenset({"rss", "atom", "json"})
"""The kinds that OPML can carry: feeds that any reader reads."""
_ENTRIES_SHOWN = 5
_SITEMAPS_SHOWN = 5


def list_sources(db: str | None, format: str, output: Path | None) -> None:
    """The whole catalogue with the state of every source."""
    lines = _lines(db, whole_catalogue(settings_for(db)))
    emit(source_listing(lines), format, output)
    counted = Counter(line.state for line in lines)
    say(f"{len(lines)} sources: {', '.join(f'{count} {state}' for state, count in sorted(counted.items()))}.")


def show(db: str | None, key: str, format: str) -> None:
    """One source: what its file says, and how it stood last. Raises UsageError for a key there is none of."""
    found = one_source(whole_catalogue(settings_for(db)), key)
    lines = _lines(db, [found])
    if format != "table":
        emit(source_listing(lines), format, None)
        return
    line = lines[0]
    print(f"# {terminal_text(line.file)}\n{source_file(found.source)}state: {line.state}", end="")
    print(f" ({line.lacking})" if line.lacking else "")
    if line.standing is not None:
        detail = f": {terminal_text(line.standing.detail)}" if line.standing.detail else ""
        print(f"last run: {line.standing.tried_at:%Y-%m-%d %H:%M} UTC, {line.standing.outcome}{detail}")


def _lines(db: str | None, catalogue: Sequence[Catalogued]) -> list[SourceLine]:
    standings = _standings(db)
    return [
        SourceLine(
            each.source,
            each.file.name if each.file.is_relative_to(SOURCES) else str(each.file),
            each.folder,
            standings.get(each.source.key),
            what_is_missing(as_crawled(each.source)),
        )
        for each in catalogue
    ]


def _standings(db: str | None) -> Mapping[str, SourceStanding]:
    """How each source stood last. Where nobody named a database, and there is none yet, the catalogue shows without."""
    try:
        engine = open_database(settings_for(db).database_url, must_exist=True)
    except NoDatabase:
        if db is not None:
            raise
        return {}
    with Session(engine) as session:
        return source_standings(session)


def test(db: str | None, asked: str, crawl_settings: CrawlSettings | None = None) -> int:
    """Ask an address or a source and print what it would yield; the exit code: 1 where that is nothing."""
    settings = settings_for(db)
    engine, source = open_database(settings.database_url), _asked(db, asked)
    trial = try_source(engine, settings, source, crawl_settings or CrawlSettings())
    out = as_utf8(sys.stdout)
    for answer in trial.answers:
        out.write("\n".join(_told(answer)) + "\n")
    for kind, url, detail in trial.issues:
        say(f"{terminal_text(url)}: {kind}: {terminal_text(detail)}")
    if not trial.answers:
        say(f"{terminal_text(asked)}: {_word(trial)}")
        for sitemap in _sitemaps(engine, source) if trial.outcome == "not_a_feed" else ():
            say(f"Its robots.txt names a sitemap: {terminal_text(sitemap)}")
    return 0 if trial.entries else 1


def _asked(db: str | None, asked: str) -> CrawlSource:
    if asked.startswith(RSSHUB):
        return CrawlSource("trial", "rss", on_instance(asked), "zh", full_text=True)
    if "://" not in asked:
        return as_crawled(one_source(whole_catalogue(settings_for(db)), asked).source)
    try:
        parts = urlsplit(asked)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{asked}: no address of the web; write https://host/path, or the key of a source")
    return CrawlSource("trial", "any", asked, "en")


def _sitemaps(engine: Engine, source: CrawlSource) -> list[str]:
    """The sitemaps that the robots.txt of a source's host names (sitemaps.org): they may do where there is no feed."""
    parts = urlsplit(source.url)
    with Session(engine) as session:
        known = robots_txt(session, f"{parts.scheme}://{parts.netloc}".lower())
    lines = known[2].decode("utf-8", "replace").splitlines() if known is not None and known[1] == 200 else []
    named = [line.split(":", 1)[1].strip() for line in lines if line.lower().lstrip().startswith("sitemap:")]
    return [each for each in named if each.startswith(("http://", "https://"))][:_SITEMAPS_SHOWN]


def _word(trial: Trial) -> str:
    return f"{trial.outcome}{': ' + terminal_text(trial.detail) if trial.detail else ''}"


def _told(answer: Answer) -> list[str]:
    """What one answer would yield, as lines."""
    from crawlers.readers.discovery import feeds_of_page, kind_of

    response, entries = answer.response, answer.entries
    content_type = next((value for name, value in response.headers if name.lower() == "content-type"), None)
    kind = kind_of(response.body, content_type) or "web page"
    feeds = feeds_of_page(response.body, content_type, response.final_url) if kind == "web page" else []
    if not entries and feeds:
        return [f"{terminal_text(response.final_url)}: a web page that names {len(feeds)} feeds"]
    dates = [entry.hints.published for entry in entries if entry.hints.published is not None]
    newest = f", newest {max(dates):%Y-%m-%d}" if dates else ""
    carried = sum(entry.hints.content_html is not None for entry in entries)
    return [
        f"{terminal_text(response.final_url)}: {kind}, {len(entries)} articles, {len(dates)} dated{newest}, "
        f"{carried} with their text in the feed",
        *(f"  {_line(entry)}" for entry in entries[:_ENTRIES_SHOWN]),
        *([f"  and {len(entries) - _ENTRIES_SHOWN} more"] if len(entries) > _ENTRIES_SHOWN else []),
    ]


def _line(entry: Entry) -> str:
    day = f"{entry.hints.published:%Y-%m-%d}" if entry.hints.published else "no date   "
    return f"{day}  {terminal_text(entry.hints.title or '')}  {terminal_text(entry.url)}"


def import_(db: str | None, file: Path, language: str) -> int:
    """Take the feeds of an OPML file into the user's catalogue, a line for each; the exit code: 3 where some failed."""
    settings = settings_for(db)
    try:
        with file.open("rb") as stream:
            feeds = read_opml(stream.read(LARGEST + 1))
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}; give an OPML file, as feed readers export it") from error
    except UnreadableOpml as error:
        raise UsageError(f"{file}: {error}; give an OPML file, as feed readers export it") from error
    counted: Counter[str] = Counter()
    out = as_utf8(sys.stdout)
    for each in import_feeds(feeds, whole_catalogue(settings, may_be_made=True), settings.sources, language):
        counted[each.done] += 1
        out.write(f"{each.number} {each.done} {each.text}\n")
    say(f"{counted['added']} added to {settings.sources}, {counted['known']} known, {counted['refused']} refused.")
    return 3 if counted["refused"] else 0


def export(db: str | None, file: Path | None, *, everything: bool) -> None:
    """Write the feeds that are on (or all) as OPML, to a file or standard output; what no OPML carries is named."""
    chosen = [each for each in whole_catalogue(settings_for(db)) if each.source.enabled or everything]
    feeds = [each for each in chosen if each.source.kind in _FEEDS and not each.source.url.startswith(RSSHUB)]
    others = [each.source.key for each in chosen if each not in feeds]
    document = write_opml("Dailies", [_outline(number, each) for number, each in enumerate(feeds, 1)])
    if file is None:
        sys.stdout.buffer.write(document)
        sys.stdout.flush()
    else:
        write_whole(file, document)
    left_out = f"; OPML cannot carry {', '.join(others)}" if others else ""
    say(f"{len(feeds)} feeds written{left_out}.")


def _outline(number: int, each: Catalogued) -> FeedOutline:
    source = each.source
    folders = tuple(each.folder.split("/")) if each.folder else (source.tier,)
    return FeedOutline(number, source.title, source.url, source.url, source.kind, source.language, folders)
