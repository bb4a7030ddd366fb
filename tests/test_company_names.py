"""A company is found by any of its names, however it is spelled; a name of none or of two is an error that helps."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from dailies.facts.naming import known_value, one_company
from dailies.failures import UsageError
from db.connection.engine import open_database
from db.knowledge.bundled import load_bundled
from tests.claims import claim
from tests.stored_news import store_article


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory):
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('names') / 'news.db'}", "real")
    load_bundled(engine)
    store_article(
        engine,
        claim("founding", company="Reel & Frame", company_key="~reelframe", company_known=False),
        claim("founding", company="跑道", company_key="~跑道", company_known=False, sentence="Another."),
        claim("founding", company="Pika", company_key="~pika", company_known=False, sentence="A third."),
    )
    with Session(engine) as session:
        yield session


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Runway", "runway"),
        ("runway ml", "runway"),
        ("RunwayML", "runway"),
        ("Runway AI, Inc.", "runway"),
        ("ＲＵＮＷＡＹ", "runway"),
        ("爱诗科技", "aisphere"),
        ("愛詩科技", "aisphere"),
        ("stabilityai", "stability-ai"),
        ("stability-ai", "stability-ai"),
        ("reel and frame", None),
        ("Reel&Frame", "~reelframe"),
        ("~pika", "~pika"),
        ("pika", "pika"),
    ],
)
def test_any_name(session, name, key):
    if key is None:
        with pytest.raises(UsageError):
            one_company(session, name)
    else:
        assert one_company(session, name).key == key


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Runwy", "no company is called 'Runwy'; did you mean Runway?"),
        ("Gen-2", "no company is called 'Gen-2'; it is a product of Runway"),
        ("\x1b[31m###", "no company is called '␛[31m###'; `dailies companies --all` lists those we know"),
        ("", "no company is called ''; `dailies companies --all` lists those we know"),
        ("\udcff\udcfe", "no company is called '\ufffd\ufffd'; `dailies companies --all` lists those we know"),
        ("a", "no company is called 'a'; `dailies companies --all` lists those we know"),
        ("Pika", "'Pika' is the name of 2 companies: Pika (pika), Pika (~pika); use what stands in brackets"),
    ],
)
def test_a_name_that_is_not_one_companys(session, name, message):
    with pytest.raises(UsageError) as raised:
        one_company(session, name)
    assert str(raised.value) == message


def test_a_value_of_a_list():
    assert known_value("segment", "Video Generation", {"video_generation", "avatar"}) == "video_generation"
    with pytest.raises(UsageError, match=r"^no such segment: 'avatars'; did you mean avatar\?$"):
        known_value("segment", "avatars", {"video_generation", "avatar"})
    with pytest.raises(UsageError, match=r"^no such country: 'XX'; known: CN, US$"):
        known_value("country", "XX", {"US", "CN"})
