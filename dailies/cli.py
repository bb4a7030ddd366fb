"""The command line: what a person can type. Only signatures; each command imports what it needs when called."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from dailies.cli_options import Database, Lang, Listing, ListingFormat, Output, ReportLanguage
from dailies.cli_site import COMMANDS as SITE
from dailies.cli_sources import sources as sources_app
from dailies.cli_upkeep import COMMANDS as UPKEEP
from dailies.cli_watch import watch as watch_app

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Industry news and funding tracker for AI video: every number with the sentence it came from.",
)


class PageFormat(StrEnum):
    """How a sheet, a timeline or a brief is written."""

    table = "table"
    md = "md"
    html = "html"
    json = "json"


class BriefFormat(StrEnum):
    """How a brief is written; card is a short text for a chat."""

    table = "table"
    md = "md"
    html = "html"
    json = "json"
    email = "email"
    card = "card"


class TimelineFormat(StrEnum):
    """How a timeline is written; svg is its charts."""

    table = "table"
    md = "md"
    html = "html"
    json = "json"
    csv = "csv"
    svg = "svg"


class GoldPart(StrEnum):
    """Which part of a labelled file is scored."""

    developed = "developed"
    held_back = "held-back"
    all = "all"


class JudgementKind(StrEnum):
    """What a person can decide."""

    same = "same"
    different = "different"
    wrong = "wrong"
    prefer = "prefer"


class JudgementAction(StrEnum):
    """What can be done with judgements."""

    list = "list"
    undo = "undo"


class ScheduleAction(StrEnum):
    """What can be done with the schedule."""

    start = "start"
    list = "list"
    run = "run"


Shown = Annotated[PageFormat, typer.Option("--format", help="How to print it.")]
Day = Annotated[
    Optional[datetime],  # noqa: UP045
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="As told by articles published by the end of this day."),
]
Moment = Annotated[
    Optional[datetime],  # noqa: UP045
    typer.Option(
        "--known-at",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        help="As recorded here by this moment (UTC).",
    ),
]
Sort = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(help="A column: numbers and dates from the largest, names from A; with a minus in front turned."),
]
Columns = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(help="Only these, in this order, with commas between: names of a heading or of the CSV's columns."),
]
Readers = Annotated[int, typer.Option("--readers", min=1, max=8, help="How many processes read pages.")]


app.add_typer(sources_app, name="sources")
app.add_typer(watch_app, name="watch")


@app.command()
def init(db: Database = None) -> None:
    """Create or upgrade the database and load the bundled companies."""
    from dailies.commands import intake

    intake.init(db)


@app.command()
def run(
    db: Database = None,
    out: Annotated[Path, typer.Option(help="Where reports go.")] = Path("out"),
    readers: Readers = 1,
) -> None:
    """One daily cycle: crawl, read, report."""
    from dailies.commands import intake

    raise typer.Exit(intake.run(db, out, readers))


@app.command()
def demo(
    db: Annotated[str, typer.Option("--db", metavar="URL", help="The demo's own database.")] = "sqlite:///data/demo.db",
    out: Annotated[Path, typer.Option(help="Where reports go.")] = Path("out/demo"),
    readers: Readers = 2,
) -> None:
    """The daily cycle against a bundled sample web on this machine; no network."""
    from dailies.commands import sample

    raise typer.Exit(sample.demo(db, out, readers))


@app.command()
def crawl(
    sources: Annotated[Optional[list[str]], typer.Argument(help="Keys of sources; default: all that are on.")] = None,  # noqa: UP045
    db: Database = None,
    readers: Readers = 1,
) -> None:
    """Fetch and read what is new: conditional, polite, resumable."""
    from dailies.commands import intake

    raise typer.Exit(intake.crawl(db, sources or [], readers))


@app.command()
def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL|-",
            help=".html, .txt, .mht, .jsonl of articles, .csv of rounds or events, .warc.gz, a folder, a URL, or -.",
        ),
    ],
    db: Database = None,
    published: Annotated[Optional[datetime], typer.Option(formats=["%Y-%m-%d"], help="The day of publication.")] = None,  # noqa: UP045
    publisher: Annotated[Optional[str], typer.Option(help="Who published it.")] = None,  # noqa: UP045
    url: Annotated[Optional[str], typer.Option(help="Where it is from.")] = None,  # noqa: UP045
    readers: Readers = 1,
) -> None:
    """Take documents by hand."""
    from dailies.commands import intake

    day = published.date() if published else None
    raise typer.Exit(intake.ingest(db, paths, published=day, publisher=publisher, url=url, readers=readers))


@app.command()
def process(
    db: Database = None,
    all_: Annotated[bool, typer.Option("--all", help="Read every article again, by today's rules.")] = False,
    readers: Readers = 1,
) -> None:
    """Read what waits, and form the facts."""
    from dailies.commands import intake

    raise typer.Exit(intake.process(db, every_article=all_, readers=readers))


@app.command()
def extract(
    file: Annotated[
        Path, typer.Argument(help="Articles, one JSON object per line: id, title, text, published, lang, url.")
    ],
) -> None:
    """Claims of articles without a database: one JSON object per line, in the evaluation's vocabulary."""
    from dailies.commands import extraction

    raise typer.Exit(extraction.extract(file, sys.stdout))


@app.command("eval")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Labelled articles, one JSON object per line.")],
    errors: Annotated[int, typer.Option(help="How many wrong or missing facts to show.")] = 20,
    part: Annotated[
        GoldPart, typer.Option(help="A part of the fixed split: a third, chosen by id, is held back.")
    ] = GoldPart.all,
) -> None:
    """Precision, recall, F1 and fatal errors of the reader on a labelled file."""
    from dailies.commands import evaluation

    raise typer.Exit(evaluation.evaluate(gold, errors, part.value, sys.stdout))


@app.command()
def companies(
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    country: Annotated[Optional[str], typer.Option(help="ISO code or name, such as CN.")] = None,  # noqa: UP045
    segment: Annotated[Optional[str], typer.Option(help="Such as video_generation or avatar.")] = None,  # noqa: UP045
    status: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Of a deal (confirmed, reported, rumored, denied) or the company (closed, was_acquired)."),
    ] = None,
    investor: Annotated[Optional[str], typer.Option(help="Who put money in, by any name.")] = None,  # noqa: UP045
    funded_since: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="The last round's date or later: 2024, 2024-06, 2024-06-30."),
    ] = None,
    min_valuation: Annotated[Optional[str], typer.Option(help="In US dollars, such as 1e9.")] = None,  # noqa: UP045
    sort: Sort = None,
    columns: Columns = None,
    everything: Annotated[bool, typer.Option("--all", help="Also companies of which nothing is known yet.")] = False,
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """The company table."""
    from dailies.commands import companies as command

    filters = command.CompanyFilters(country, segment, status, investor, funded_since, min_valuation, everything)
    command.companies(db, format.value, output, filters, sort=sort, columns=columns, as_of=as_of, known_at=known_at)


@app.command()
def investors(
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Annotated[Optional[str], typer.Option(help="Only who invested in this company.")] = None,  # noqa: UP045
    country: Annotated[Optional[str], typer.Option(help="ISO code, such as CN.")] = None,  # noqa: UP045
    since: Annotated[Optional[str], typer.Option(help="Only rounds since 2024, 2024-06 or 2024-06-30.")] = None,  # noqa: UP045
    leads: Annotated[bool, typer.Option("--leads", help="Only who led a round.")] = False,
    sort: Sort = None,
    columns: Columns = None,
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """Who puts money in: who leads, who comes back, who invests with whom."""
    from dailies.commands import investors as command

    command.investors(
        db,
        format.value,
        output,
        company=company,
        country=country,
        since=since,
        leads=leads,
        sort=sort,
        columns=columns,
        as_of=as_of,
        known_at=known_at,
    )


@app.command()
def investor(
    name: Annotated[str, typer.Argument(help="An investor, by any of its names.")],
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Shown = PageFormat.table,
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """One investor's sheet: its rounds with amounts and sentences, led or not, new or follow-on, and with whom."""
    from dailies.commands import investors as command

    command.investor(db, name, lang.value, format.value, as_of=as_of, known_at=known_at)


@app.command()
def rounds(
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Annotated[Optional[str], typer.Option(help="Only this company's.")] = None,  # noqa: UP045
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """Funding rounds."""
    from dailies.commands import listings

    listings.facts("rounds", db, format.value, output, company=company, types=None, as_of=as_of, known_at=known_at)


@app.command()
def valuations(
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Annotated[Optional[str], typer.Option(help="Only this company's.")] = None,  # noqa: UP045
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """Valuations."""
    from dailies.commands import listings

    listings.facts("valuations", db, format.value, output, company=company, types=None, as_of=as_of, known_at=known_at)


@app.command()
def metrics(
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Annotated[Optional[str], typer.Option(help="Only this company's.")] = None,  # noqa: UP045
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """Revenue, ARR, burn, cash, users, paying users and headcount, as told."""
    from dailies.commands import listings

    listings.facts("metrics", db, format.value, output, company=company, types=None, as_of=as_of, known_at=known_at)


@app.command()
def events(
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Annotated[Optional[str], typer.Option(help="Only this company's.")] = None,  # noqa: UP045
    type_: Annotated[Optional[str], typer.Option("--type", help="Only this type, such as shutdown.")] = None,  # noqa: UP045
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """Launches, shutdowns, acquisitions, layoffs, leadership changes and the rest."""
    from dailies.commands import listings

    types = [type_] if type_ else None
    listings.facts("events", db, format.value, output, company=company, types=types, as_of=as_of, known_at=known_at)


@app.command()
def articles(
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    relevant: Annotated[bool, typer.Option("--relevant", help="Only those about AI video.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most this many, newest first.")] = 100,
) -> None:
    """Articles read, newest first."""
    from dailies.commands import listings

    listings.articles(db, format.value, output, relevant=relevant, limit=limit)


@app.command()
def claims(
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Annotated[Optional[str], typer.Option(help="Only this company's.")] = None,  # noqa: UP045
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """Claims, each with its sentence, its source and the fact it belongs to."""
    from dailies.commands import listings

    listings.claims(db, format.value, output, company=company, as_of=as_of, known_at=known_at)


@app.command()
def search(
    text: Annotated[list[str], typer.Argument(help='Words that must all be there; "a phrase" in quotes is one.')],
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many of each kind.")] = 20,
) -> None:
    """Full text over companies, facts and articles, in English and Chinese, the newest first."""
    from dailies.commands import search as command

    command.search(db, " ".join(text), format.value, output, limit=limit)


@app.command()
def conflicts(
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Annotated[Optional[str], typer.Option(help="Only this company's.")] = None,  # noqa: UP045
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """Every open conflict: the fact, the field, the chosen and the losing value, and the rule."""
    from dailies.commands import listings

    listings.conflicts(db, format.value, output, company=company, as_of=as_of, known_at=known_at)


@app.command()
def changes(
    since: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="The first day or minute (UTC).")
    ],
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Annotated[Optional[str], typer.Option(help="Only this company's.")] = None,  # noqa: UP045
    cause: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Only for this cause: news, revision, judgement, rules, purge or history."),
    ] = None,
) -> None:
    """Facts added, corrected, withdrawn, confirmed, denied, merged, each with the cause."""
    from dailies.commands import changes as command

    command.changes(db, format.value, output, since=since, company=company, cause=cause)


@app.command()
def company(
    name: Annotated[str, typer.Argument(help="A company, by any of its names.")],
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Shown = PageFormat.table,
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """One company's sheet."""
    from dailies.commands import company as sheet

    sheet.company(db, name, lang.value, format.value, as_of=as_of, known_at=known_at)


@app.command()
def factcheck(
    name: Annotated[str, typer.Argument(help="A company, by any of its names.")],
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Listing = ListingFormat.table,
    output: Output = None,
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """A company's sheet to check facts by: for each value the sentence, outlet, date and link, for and against."""
    from dailies.commands.company import factcheck as command

    command(db, name, lang.value, format.value, output, as_of=as_of, known_at=known_at)


@app.command()
def timeline(
    names: Annotated[list[str], typer.Argument(help="One or more companies.")],
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Annotated[TimelineFormat, typer.Option("--format", help="How to print it.")] = TimelineFormat.table,
    threads: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Only these: money,control,people,products,courts,conduct."),
    ] = None,
    round_: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--round", help='Which round a name means: D, "C extension", seed, D轮, or an id.'),
    ] = None,
    as_of: Day = None,
    known_at: Moment = None,
) -> None:
    """What happened to a company, in order, each line with its status, sources and sentence."""
    from dailies.commands.timeline import timeline

    timeline(db, names, lang.value, format.value, threads=threads, round_=round_, as_of=as_of, known_at=known_at)


@app.command()
def why(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of a fact or a claim.")],
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Shown = PageFormat.table,
) -> None:
    """The claims behind a fact, for and against, with their sentences and the rule that chose."""
    from dailies.commands.why import why

    why(db, id_, lang.value, format.value)


@app.command()
def judge(
    kind: Annotated[JudgementKind, typer.Argument(help="same ID ID, different ID ID, wrong ID, prefer ID FIELD.")],
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Facts, claims or companies; of prefer, a field.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is shown wherever the judgement is.")],
    db: Database = None,
    by: Annotated[Optional[str], typer.Option(help="Who decides; default: who is logged in.")] = None,  # noqa: UP045
) -> None:
    """Decide that two ids are one fact or two, that a claim is wrong, or which value is right; can be taken back."""
    from dailies.commands import judging

    judging.judge(db, kind.value, ids, reason=reason, author=by)


@app.command()
def review(
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    company: Annotated[Optional[str], typer.Option(help="Only this company's.")] = None,  # noqa: UP045
    kind: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Only this kind: fact_pair, company_pair, conflict, candidate or new_name."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List it, ask nothing.")] = False,
    by: Annotated[Optional[str], typer.Option(help="Who decides; default: who is logged in.")] = None,  # noqa: UP045
) -> None:
    """What waits for a person: same, not the same, skip or quit, with both sentences side by side."""
    from dailies.commands import review as command

    command.review(db, format.value, output, company=company, kind=kind, listing=list_, author=by)


@app.command()
def judgements(
    action: Annotated[JudgementAction, typer.Argument(help="list, or undo ID.")] = JudgementAction.list,
    id_: Annotated[Optional[str], typer.Argument(metavar="[ID]", help="Such as j12.")] = None,  # noqa: UP045
    db: Database = None,
    format: Listing = ListingFormat.table,
    output: Output = None,
    reason: Annotated[str, typer.Option(help="Of undo: why.")] = "",
    by: Annotated[Optional[str], typer.Option(help="Of undo: who; default: who is logged in.")] = None,  # noqa: UP045
) -> None:
    """What persons decided; or take one of it back."""
    from dailies.commands import judging

    if action is JudgementAction.undo:
        judging.undo(db, id_ or "", reason=reason, author=by)
    else:
        judging.list_judgements(db, format.value, output)


@app.command()
def brief(
    week: Annotated[str | None, typer.Option(help="ISO week, such as 2024-W09; default: the last whole one.")] = None,
    db: Database = None,
    lang: Lang = ReportLanguage.en,
    format: Annotated[BriefFormat, typer.Option("--format", help="How to print it.")] = BriefFormat.table,
    hindsight: Annotated[bool, typer.Option("--hindsight", help="Add what became of it by today.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Only of whom one follows (dailies watch).")] = False,
    issue: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="The number of an issue that was kept, byte for byte; new keeps the next one."),
    ] = None,
) -> None:
    """The weekly market brief."""
    from dailies.commands.brief import brief

    brief(db, week, lang.value, format.value, hindsight=hindsight, watch=watch, issue=issue)


@app.command()
def issues(db: Database = None, format: Listing = ListingFormat.table, output: Output = None) -> None:
    """Issues of the brief that were kept."""
    from dailies.commands.brief import list_issues

    list_issues(db, format.value, output)


@app.command()
def schedule(
    action: Annotated[
        ScheduleAction, typer.Argument(help="start and stay, list its jobs, or run JOB now.")
    ] = ScheduleAction.start,
    job: Annotated[Optional[str], typer.Argument(metavar="[JOB]", help="Such as daily or weekly-brief.")] = None,  # noqa: UP045
    db: Database = None,
    out: Annotated[Path, typer.Option(help="Where reports go.")] = Path("out"),
    readers: Readers = 1,
    format: Listing = ListingFormat.table,
) -> None:
    """Run daily, and write the brief on Mondays, until stopped (SIGTERM); docs/operations.md."""
    from dailies.commands import schedule as command

    if action is ScheduleAction.list:
        command.list_jobs(db, format.value)
    elif action is ScheduleAction.run:
        raise typer.Exit(command.run_job(db, job or "", out, readers))
    else:
        command.start(db, out, readers)


@app.command()
def status(db: Database = None, format: Listing = ListingFormat.table) -> None:
    """The last runs, how each source went and whether that is its own rhythm, and how everything grows."""
    from dailies.commands.status import status

    status(db, format.value)


for other_command in (*SITE, *UPKEEP):
    app.command()(other_command)


def main() -> None:
    """Run a command; what went wrong is said on standard error in one line, with exit code 1."""
    from dailies.failures import known_failures

    with known_failures():
        app()


if __name__ == "__main__":
    main()
