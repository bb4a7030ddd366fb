"""What a person saves and drops: read by the next run, then moved to done/ or failed/ with the reason beside it."""

from __future__ import annotations

import io
import os
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from dailies.commands import intake
from dailies.intake.documents import documents_in
from dailies.intake.inbox import put_away, take_in
from dailies.intake.saved_page import NoPage, address_of, read_mhtml
from dailies.run.daily_run import perform
from dailies.settings import settings_for
from db.claims.articles import newest_articles
from db.connection.engine import open_database
from db.crawl.archive import Archive
from tests.new_databases import new_sqlite

STORY = "<h1>Runway raises $308 million</h1><p>AI video company Runway has raised $308 million in a Series D round.</p>"
PAGE = f"<html><head><title>Runway raises $308 million</title></head><body>{STORY}</body></html>"
MHTML = (
    "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://news.example/runway\r\nSubject: Runway\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----edge"\r\n\r\n'
    "------edge\r\nContent-Type: text/css\r\nContent-Location: https://news.example/a.css\r\n\r\nbody {}\r\n"
    '------edge\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
    "Content-Location: https://news.example/runway\r\n\r\n<html><title>Runway =E5=AE=8C=E6=88=90</title>=\r\n"
    "<p>Runway raised $308 million.</p></html>\r\n------edge--\r\n"
)
WECHAT = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="样例标题"><meta property="og:url" '
    'content="http://mp.weixin.qq.com/s?__biz=MzSAMPLE==&amp;mid=9990001&amp;idx=1&amp;sn=0123456789abcdef">'
    '<meta name="author" content="余例文"></head><body><h1 id="activity-name">样例标题</h1><a id="js_name">字母榜</a>'
    '<em id="publish_time"></em><div class="rich_media_content" id="js_content" style="visibility: hidden;"><section>'
    "<p>样例正文：AI视频公司Pika完成新一轮8000万美元融资，由Spark Capital领投。</p></section></div>"
    '<script>var ct = "1717495200";</script></body></html>'
)


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    """An inbox, with the database beside it."""
    folder = tmp_path / "in"
    folder.mkdir()
    monkeypatch.setenv("DAILIES_INBOX", str(folder))
    return folder


def drop(inbox, name: str, content: str | bytes, age: float = 60.0):
    file = inbox / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(file, (time.time() - age,) * 2)
    return file


def run(inbox, *, read: bool = True):
    """What a run does with the inbox, without the crawl."""
    file = inbox.parent / "dailies.db"
    url = f"sqlite:///{file}" if file.exists() else new_sqlite(file)
    engine, settings = open_database(url, "real"), settings_for(url)
    with Archive(settings.archive) as archive:
        taken = take_in(engine, archive, settings.inbox)
    if not read:
        return engine, None
    result = perform(engine, settings, command="run")
    return engine, put_away(engine, result.run_id, settings.inbox, taken)


def lying(inbox) -> list[str]:
    return sorted(file.relative_to(inbox).as_posix() for file in inbox.rglob("*") if file.is_file())


def articles(engine):
    with Session(engine) as session:
        return sorted(
            (each.title, each.url, each.publisher, str(each.published)) for each in newest_articles(session, 9)
        )


def test_what_is_dropped_is_read_and_moved(inbox):
    drop(inbox, "a.html", PAGE)
    drop(inbox, "b.txt", "Kling adds sound\n\nThe AI video model Kling now makes sound, Kuaishou said.")
    drop(inbox, "c.mht", MHTML)
    drop(inbox, "wechat.html", WECHAT)
    engine, put = run(inbox)

    assert put.done == 4
    assert put.failed == ()
    assert lying(inbox) == ["done/a.html", "done/b.txt", "done/c.mht", "done/wechat.html"]
    assert articles(engine) == [
        ("Kling adds sound", None, None, "None"),
        ("Runway raises $308 million", None, None, "None"),
        ("Runway 完成", "https://news.example/runway", "news.example", "None"),
        (
            "样例标题",
            "https://mp.weixin.qq.com/s?__biz=MzSAMPLE%3D%3D&idx=1&mid=9990001&sn=0123456789abcdef",
            "字母榜",
            "2024-06-04",
        ),
    ]


def test_what_cannot_be_read_lies_in_failed_with_the_reason_beside_it(inbox):
    drop(inbox, "empty.html", " ")
    drop(inbox, "photo.png", b"\x89PNG")
    drop(
        inbox,
        "check.html",
        '<html><body><div class="weui-msg">环境异常</div>当前环境异常，完成验证后即可继续访问。</body></html>',
    )
    drop(inbox, "rounds.csv", "company,announced_on\nRunway,2025-04-03\n")
    drop(inbox, "no-page.mht", "Subject: hello\r\n\r\nhello")
    _, put = run(inbox)

    assert put.done == 0
    assert lying(inbox) == sorted(
        f"failed/{name}{end}"
        for name in ("check.html", "empty.html", "no-page.mht", "photo.png", "rounds.csv")
        for end in ("", ".reason.txt")
    )
    said = {name: (inbox / "failed" / f"{name}.reason.txt").read_text("utf-8") for name, _ in put.failed}
    assert "empty" in said["empty.html"]
    assert "not a kind we read" in said["photo.png"]
    assert "a challenge page" in said["check.html"]
    assert "`dailies ingest`" in said["rounds.csv"]
    assert "no web page in it" in said["no-page.mht"]


def test_a_file_that_is_still_written_a_link_and_a_folder_are_left_alone(inbox, tmp_path):
    drop(inbox, "fresh.html", PAGE, age=0)
    drop(inbox, ".hidden.html", PAGE)
    (inbox / "page_files").mkdir()
    drop(inbox / "page_files", "frame.html", PAGE)
    (inbox / "link.html").symlink_to(drop(tmp_path, "secret.html", PAGE))
    engine, put = run(inbox)

    assert (put.done, put.failed, articles(engine)) == (0, (), [])
    assert lying(inbox) == [".hidden.html", "fresh.html", "link.html", "page_files/frame.html"]


def test_a_run_that_is_killed_before_it_reads_leaves_the_file_for_the_next(inbox):
    drop(inbox, "a.html", PAGE)
    run(inbox, read=False)
    assert lying(inbox) == ["a.html"]

    engine, put = run(inbox)
    assert (put.done, len(articles(engine)), lying(inbox)) == (1, 1, ["done/a.html"])


def test_the_same_page_dropped_twice_is_one_article_and_two_files(inbox):
    for _ in range(2):
        drop(inbox, "a.html", PAGE)
        engine, put = run(inbox)
        assert put.done == 1

    assert lying(inbox) == ["done/a-2.html", "done/a.html"]
    assert len(articles(engine)) == 1


def test_an_inbox_that_is_not_there_is_no_trouble(tmp_path, monkeypatch):
    monkeypatch.setenv("DAILIES_INBOX", str(tmp_path / "nowhere"))
    inbox = tmp_path / "nowhere"
    _, put = run(inbox)
    assert (put.done, put.failed, inbox.exists()) == (0, (), False)


def test_a_pasted_wechat_article_names_its_account_and_its_day(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WECHAT.encode())))
    url = new_sqlite(tmp_path / "dailies.db", up_to_date=True)
    assert intake.ingest(url, ["-"], published=None, publisher=None, url=None, readers=1) == 0

    ((title, address, publisher, published),) = articles(open_database(url))
    assert (title, publisher, published) == ("样例标题", "字母榜", "2024-06-04")
    assert address.startswith("https://mp.weixin.qq.com/s?__biz=")


@pytest.mark.parametrize(
    ("start", "address"),
    [
        ("<!-- saved from url=(0027)https://news.example/runway -->", "https://news.example/runway"),
        (
            "<!--\n Page saved with SingleFile \n url: https://news.example/a \n saved date: today -->",
            "https://news.example/a",
        ),
        ('<meta property="og:url" content="https://mp.weixin.qq.com/s/abc"/>', "https://mp.weixin.qq.com/s/abc"),
        ('<meta property="og:url" content="https://news.example/runway">', None),
        ('<meta property="og:url" content="https://mp.weixin.qq.com.evil.example/s/abc">', None),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<!-- saved from url=(0014)javascript:alert(1) -->", None),
        ("", None),
    ],
)
def test_where_a_saved_page_says_it_is_from(start, address):
    assert address_of(f"<html>{start}</html>".encode()) == address


def test_an_address_that_a_person_gives_beats_the_files_own(tmp_path):
    (tmp_path / "page.html").write_text("<!-- saved from url=(0027)https://news.example/runway --><p>x", "utf-8")
    (document,) = documents_in(str(tmp_path / "page.html"), url="https://told.example/x")
    assert document.url == "https://told.example/x"


def test_the_page_of_an_mhtml_file_is_its_html_part_decoded():
    page = read_mhtml(MHTML.encode())
    assert page.url == "https://news.example/runway"
    assert page.content_type == "text/html; charset=utf-8"
    assert "Runway 完成" in page.body.decode()


def test_an_mhtml_file_of_a_million_parts_is_refused():
    with pytest.raises(NoPage, match="more parts"):
        read_mhtml(MHTML.encode() + b"\r\n------edge" * 1_000_000)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: MHTML.replace("Runway", text).encode()))
def test_any_bytes_are_a_page_or_a_named_refusal(document):
    with suppress(NoPage):
        assert read_mhtml(document).body
