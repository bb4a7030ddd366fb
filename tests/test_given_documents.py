"""Documents given by hand: each is an article of its own, and one that cannot be read is named with its reason."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from dailies.commands import intake
from db.claims.store import current_claims
from db.connection.engine import open_database
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


def test_unreadable_files_are_named_with_reason_and_remedy(given, tmp_path):
    """A picture called .html was "1 new article", a broken WARC file "nothing new", a page without text a digest."""
    rubbish = bytes(range(256)) * 40
    for name, body in (
        ("picture.html", rubbish),
        ("paper.txt", b"%PDF-1.7\n" + b"Runway raised $5 million. " * 9),
        ("broken.warc.gz", rubbish),
        ("empty.warc", b""),
        ("nothing.html", b"<html><body><script>draw()</script></body></html>"),
    ):
        (tmp_path / name).write_bytes(body)
    paths = [str(path) for path in sorted(tmp_path.iterdir()) if not path.name.startswith("dailies")]

    for _ in range(2):  # given again, they are said again
        code, said = given(*paths)

        assert (code, "nothing new" in said, raised(given.url)) == (3, True, [])
        lines = [line.strip().removeprefix(f"{tmp_path}/") for line in said.splitlines() if str(tmp_path) in line]
        assert [line for line in lines if not line.startswith("Next")] == [
            "broken.warc.gz: its record 1 is torn, or no WARC record; get the file again, as .warc or .warc.gz",
            "empty.warc: no page in it that was answered with 200; give one that holds articles",
            "nothing.html no text found in the page; save it again when it is fully shown, or as plain text",
            "paper.txt binary data, no text; give the page as HTML or as plain text",
            "picture.html binary data, no text; give the page as HTML or as plain text",
        ]
