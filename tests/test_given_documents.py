"""Documents given by hand: each is an article of its own, and one that cannot be read is named with its reason."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from dailies.commands import intake
from db.claim_store import current_claims
from db.engine import open_database
from tests.new_databases import new_sqlite


@pytest.fixture
def given(tmp_path, capsys):
    """Gives files to `dailies ingest`: the exit code, and what it said."""
    url = new_sqlite(tmp_path / "dailies.db", up_to_date=True)

    def give(*paths: str) -> tuple[int, str]:
        code = intake.ingest(url, paths, published=None, publisher=None, url=None, readers=1)
        return code, capsys.readouterr().err

    give.url = url
    return give


def raised(url: str) -> list[tuple[str, str]]:
    """What articles (not the bundled history) say was raised."""
    with Session(open_database(url)) as session:
        found = [each for each in current_claims(session) if each.claim.where != "row"]
    return sorted((each.claim.company, str(each.claim.money.amount)) for each in found if each.claim.money)


def test_documents_without_address_and_title_are_articles_of_their_own(given, tmp_path):
    """The second pasted line overwrote the first: both had the key of no address, no title and no day."""
    folder = tmp_path / "given"
    folder.mkdir()
    for name, text in (
        ("a.txt", "Runway raised $5 million."),
        ("b.txt", "Pika raised $7 million."),
        ("c.html", "<p>Luma AI raised $9 million.</p>"),
        ("d.html", "<p>HeyGen raised $11 million.</p>"),
    ):
        (folder / name).write_text(text, "utf-8")

    code, said = given(str(folder))

    assert (code, "4 new articles" in said) == (0, True)
    assert raised(given.url) == [
        ("HeyGen", "11000000"),
        ("Luma AI", "9000000"),
        ("Pika", "7000000"),
        ("Runway", "5000000"),
    ]
