"""The process that crawls: what it is told, what it may ask, and what does not reach it."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from multiprocessing import Pipe

import pytest
from sqlmodel import Session

from crawlers.crawl import CrawlSettings
from crawlers.ports import CrawlSource, Response, WantedPage
from dailies.crawl.child import CrawlOrder, RemoteStore, StoreFailed
from dailies.crawl.service import CrawlService
from dailies.crawl.store import CrawlStore
from dailies.run.child_process import Child, start_child
from dailies.run.daily_run import perform
from dailies.run.stop_request import StopRequest
from dailies.settings import settings_for
from db.connection.engine import open_database
from db.crawl.run_log import issues
from db.nouns.source import SourceFields
from tests.small_web import item, page, rss


def test_ctrl_c_while_a_child_starts_does_not_reach_it(tmp_path):
    child = start_child("dailies.crawl.child", tmp_path / "crawl.log")
    try:
        assert os.getpgid(child.process.pid) != os.getpgid(0)
    finally:
        child.end()


def test_a_child_ends_with_its_parent(tmp_path):
    """Killed outright, so that it can tell nobody."""
    started = (
        "import sys, time; from pathlib import Path; from dailies.run.child_process import start_child;"
        f"child = start_child('dailies.crawl.child', Path({str(tmp_path / 'crawl.log')!r}));"
        "print(child.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", started], stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    time.sleep(0.5)

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    deadline = time.monotonic() + 5
    while os.path.exists(f"/proc/{child}") and time.monotonic() < deadline:  # noqa: PTH110
        time.sleep(0.02)
    assert not os.path.exists(f"/proc/{child}")  # noqa: PTH110


def test_the_order_is_plain_so_that_the_child_needs_no_database_library(tmp_path):
    order = CrawlOrder([CrawlSource("one", "rss", "https://news.example/feed", "en")], CrawlSettings(contact=None))
    (tmp_path / "order").write_bytes(pickle.dumps(order))
    read = (
        "import pickle, sys; from pathlib import Path; import dailies.crawl.child, crawlers.spiders.source;"
        f"pickle.loads(Path({str(tmp_path / 'order')!r}).read_bytes());"
        "print(sorted({'sqlalchemy', 'sqlmodel', 'pydantic', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", read], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_sigterm_in_the_crawls_first_moment_is_a_stop_and_no_failure(tmp_path, monkeypatch):
    """It used to be code -15, and "the crawl ended before it was through"."""

    def start_and_be_stopped(module, log):
        child = start_child(module, log)
        os.kill(os.getpid(), signal.SIGTERM)
        return child

    monkeypatch.setattr("dailies.crawl.service.start_child", start_and_be_stopped)
    settings = settings_for(f"sqlite:///{tmp_path}/news.db")
    source = SourceFields(key="one", title="One", kind="rss", url="https://one.example/feed", language="en")

    engine = open_database(settings.database_url, "real")
    result = perform(engine, settings, command="crawl", sources=[source], crawl_settings=CrawlSettings(contact=None))

    assert (result.stopped, result.tally.crawl_failed, result.outcomes) == (True, False, [])


def answer_once(channel, answer):
    calls = []

    def serve():
        calls.append(channel.recv())
        channel.send(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    return calls, thread


def test_a_call_of_the_store_travels_to_the_parent_and_back():
    ours, theirs = Pipe()
    calls, thread = answer_once(theirs, (True, None))
    assert RemoteStore(ours).paused_until("news.example") is None
    thread.join()
    assert calls == [("paused_until", ("news.example",))]


def test_a_call_that_the_parent_cannot_carry_out_is_an_error_with_its_reason():
    ours, theirs = Pipe()
    _, thread = answer_once(theirs, (False, "OSError: No space left on device"))
    with pytest.raises(StoreFailed, match="No space left"):
        RemoteStore(ours).wanted("one")
    thread.join()


def test_a_call_without_an_answer_does_not_wait_for_the_parent():
    ours, theirs = Pipe()
    RemoteStore(ours).progress("one", 1, 2)
    assert theirs.recv() == ("progress", ("one", 1, 2))
    assert not theirs.poll()


class ForgetfulStore(CrawlStore):
    """A store that cannot take pages, and with `deaf` not even say so."""

    deaf = False

    def put_page(self, page, response):
        raise OSError("No space left on device")

    def issue(self, kind, url, detail):
        if self.deaf:
            raise OSError("No space left on device")
        super().issue(kind, url, detail)


@pytest.mark.parametrize("deaf", [False, True])
def test_what_the_parent_cannot_store_is_named_and_wanted_again(deaf, web, tmp_path, monkeypatch):
    web.routes |= {"/feed": rss(item(web.base + "/1")), "/1": page()}
    settings = settings_for(f"sqlite:///{tmp_path}/news.db")
    engine = open_database(settings.database_url, "real")
    fields = {"key": "one", "title": "One", "kind": "rss", "url": f"{web.base}/feed", "language": "en"}
    crawl_settings = CrawlSettings(
        contact=None, days_at_first=None, seconds_between_requests=0, allowed_loopback=web.address
    )

    def run():
        return perform(
            engine, settings, command="crawl", sources=[SourceFields(**fields)], crawl_settings=crawl_settings
        )

    with monkeypatch.context() as full:
        full.setattr(ForgetfulStore, "deaf", deaf)
        full.setattr("dailies.run.daily_run.CrawlStore", ForgetfulStore)
        first = run()
    second = run()

    with Session(engine) as session:
        told = [(each.kind, each.url) for each in issues(session, first.run_id)]
    assert told == ([] if deaf else [("store_failed", f"{web.base}/1")])
    assert first.tally.crawl_failed is deaf
    assert (first.tally.articles, second.tally.articles) == (0, 1)


class Written:
    """A store that cannot take one page, alone or among others, and lists what it is told."""

    def __init__(self):
        self.together, self.issues = [], []

    def put_pages(self, pages):
        if any(page.key == "b" for page, _ in pages):
            raise OSError("No space left on device")
        self.together.append([page.key for page, _ in pages])

    def put_page(self, page, response):
        self.put_pages([(page, response)])

    def issue(self, kind, url, detail):
        self.issues.append((kind, url, detail))


@pytest.mark.parametrize(
    ("keys", "together", "issues"),
    [
        ("acd", ["acd"], []),
        ("abc", ["a", "c"], [("store_failed", "https://one.example/b", "OSError: No space left on device")]),
    ],
)
def test_pages_that_wait_are_written_together_and_one_that_cannot_be_costs_no_other(
    keys, together, issues, tmp_path, monkeypatch
):
    ours, theirs = Pipe()
    for key in keys:
        url = f"https://one.example/{key}"
        theirs.send(("put_page", (WantedPage(key, url, "one"), Response(url, url, 200, (), b"", datetime.now(UTC)))))
    ended = subprocess.Popen(["true"], stdin=subprocess.PIPE)
    monkeypatch.setattr("dailies.crawl.service.start_child", lambda module, log: Child(ended, ours))
    store = Written()

    service = CrawlService("the order", store, tmp_path / "crawl.log", StopRequest())

    assert service.serve(5.0)
    theirs.close()
    assert not service.serve(5.0)
    assert (["".join(each) for each in store.together], store.issues) == (together, issues)
    assert not service.failed
