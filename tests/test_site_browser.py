"""The site in real Chromium: nothing overflows or complains, axe-core is content, and the tables do what they say."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dailies.facts.bundled import bring_up_to_date
from dailies.site.publish import publish
from db.connection.engine import open_database
from tests.site_browser import Watched, chromium
from tests.test_publish import TODAY, filled

pytestmark = [pytest.mark.check, pytest.mark.timeout(600)]
SECTIONS = ("companies", "rounds", "investors", "talk", "conflicts", "coverage", "method", "find")


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """The site of the bundled history alone."""
    folder = tmp_path_factory.mktemp("history")
    engine = open_database(f"sqlite:///{folder}/news.db")
    bring_up_to_date(engine)
    publish(engine, folder, date(2026, 11, 25))
    return folder / "site"


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The site of samples, hostile ones among them."""
    folder = tmp_path_factory.mktemp("samples")
    publish(filled(folder / "news.db"), folder, TODAY)
    return folder / "site"


@pytest.fixture
def watched(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield Watched(context)
    context.close()


def looked_at(site, language):
    """One page of each kind: those of Runway, its widest; of samples those of the hostile company."""
    index = "index.html" if language == "en" else f"index.{language}.html"
    first = [f"{name}.{language}.html" for name in SECTIONS]
    folders = [("companies", "runway"), ("investors", ""), ("facts", "round"), ("briefs", "")]
    if (site / "dates").is_dir():  # of companies with many facts, of which the samples have none
        folders.append(("dates", "runway"))
    for folder, wanted in folders:
        first.append(
            next(str(path.relative_to(site)) for path in sorted((site / folder).glob(f"{wanted}*.{language}.html")))
        )
    hostile = sorted((site / "companies").glob(f"x-*.{language}.html"))
    return [index, *first, *(str(path.relative_to(site)) for path in hostile)]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("built", ["history", "samples"])
def test_every_kind_of_page_is_in_order(browser, request, built, width, scheme, language):
    site = request.getfixturevalue(built)
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    watched, found = Watched(context), {}
    for name in looked_at(site, language):
        address = f"file://{site}/{name}"
        page = watched.open(address)
        troubles = {
            "requests": watched.requests if watched.requests != [address] else [],
            "overflow": watched.overflow(),
            "complaints": list(watched.complaints),
            "violations": watched.violations(),
            "language": page.evaluate("document.documentElement.lang") != ("zh-Hans" if language == "zh" else "en"),
            "sample": (page.locator(".sample").count() == 1) != (built == "samples"),
        }
        watched.complaints.clear()
        if any(troubles.values()):
            found[name] = {kind: trouble for kind, trouble in troubles.items() if trouble}
    context.close()
    assert found == {}


def test_chinese_and_the_marks_have_glyphs(browser, history):
    """A missing glyph is drawn as the same box whatever the character: two of them that look alike are missing."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{history}/companies.zh.html")
    drawn = page.evaluate(
        """() => [...new Set("融资估值传闻●◐○✕≠§¶†■\\uffff")].map((sign) => {
            const canvas = document.createElement("canvas"); canvas.width = canvas.height = 40;
            const pen = canvas.getContext("2d"); pen.font = "24px " + getComputedStyle(document.body).fontFamily;
            pen.fillText(sign, 4, 30); return [sign, canvas.toDataURL()]; })"""
    )
    context.close()
    assert len({picture for _, picture in drawn}) == len(drawn)


def names_of(page):
    return page.locator("table.grid tbody tr:visible th").all_inner_texts()


def test_a_table_is_searched(watched, history):
    page = watched.open(f"file://{history}/companies.en.html")
    everybody = page.locator("table.grid tbody tr").count()
    page.get_by_label("Search", exact=True).fill("gen-4")
    assert names_of(page)[0].startswith("Runway")
    assert page.locator(".count").inner_text() == f"1 of 1 shown, of {everybody} in all"
    page.get_by_label("Search", exact=True).fill("爱诗")
    assert "爱诗科技" in names_of(page)[0]
    page.get_by_label("Search", exact=True).fill("")
    assert page.locator("table.grid tbody tr").count() == everybody


def test_a_table_is_sorted_by_mouse_and_keyboard(watched, history):
    page = watched.open(f"file://{history}/companies.en.html")
    heading = page.get_by_role("button", name="Last valuation")
    heading.click()
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    keys = [
        float(key)
        for key in page.locator("tbody td[data-label='Last valuation']").evaluate_all(
            "cells => cells.map(c => c.dataset.key || 0)"
        )
    ]
    known = [key for key in keys if key]
    assert known == sorted(known, reverse=True) and keys[: len(known)] == known
    heading.press("Enter")
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"


def test_a_table_is_filtered_and_a_question_can_be_a_link(watched, history):
    page = watched.open(f"file://{history}/companies.en.html")
    page.get_by_label("Country").select_option("China")
    assert set(page.locator("tbody td:nth-child(2)").all_inner_texts()) == {"China"}
    page = watched.open(f"file://{history}/talk.en.html?outcome=fell+through")
    assert set(page.locator("tbody td:nth-child(4)").all_inner_texts()) == {"fell through"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_raised_most_leads_to_the_rounds_behind_it_largest_first(watched, history, language):
    page = watched.open(f"file://{history}/index{'' if language == 'en' else '.zh'}.html")
    year = page.locator("#raised ~ .beside h3 a").nth(1)
    first = page.locator(".ranked").nth(1).locator(".name").first.inner_text()
    year.click()
    page.locator("th[aria-sort=descending]").wait_for()
    dollars = page.locator("td[data-key]:nth-child(6)").evaluate_all("cells => cells.map(c => Number(c.dataset.key))")
    marks = page.locator("td:nth-child(8) .mark").evaluate_all("marks => marks.map(m => m.className)")
    assert dollars == sorted(dollars, reverse=True) and len(dollars) > 10
    assert set(marks) == {"mark confirmed", "mark reported"}
    assert first in names_of(page)


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("runway", "companies/runway.en.html"),
        ("爱诗科技", "companies/aisphere.en.html"),
        ("可灵", "companies/kling-ai.en.html"),
        ("Kwai Kling", "companies/kling-ai.en.html"),
        ("英伟达", "investors/nvidia.en.html"),
        ("a16z", "investors/andreessenhorowitz.en.html"),
    ],
)
def test_the_find_box_of_every_page_leads_to_a_company_or_investor_by_any_name(watched, history, asked, there):
    page = watched.open(f"file://{history}/index.html")
    page.get_by_label("Find a company").fill(asked)
    page.get_by_label("Find a company").press("Enter")
    page.wait_for_url(f"**/{there}")


@pytest.mark.parametrize(
    ("language", "asked", "first"),
    [("en", "Dream Machine", "Luma AI"), ("zh", "gen-4", "Runway"), ("en", "sequo", "Sequoia Capital")],
)
def test_the_find_box_lists_whom_a_product_or_a_part_of_a_name_belongs_to(watched, history, language, asked, first):
    page = watched.open(f"file://{history}/find.{language}.html?q={asked}")
    page.locator(".count:not(:empty)").wait_for()
    assert names_of(page)[0].splitlines()[0] == first


@pytest.mark.parametrize(
    ("asked", "first"), [("Runway Series C", "Runway"), ("Stability AI November 2023", "Stability AI")]
)
def test_words_that_are_no_name_find_the_company_whose_name_they_contain_and_lead_to_rounds(
    watched, history, asked, first
):
    page = watched.open(f"file://{history}/find.en.html?q={asked}")
    page.locator(".count:not(:empty)").wait_for()
    assert names_of(page)[0].splitlines()[0] == first
    assert page.locator(".elsewhere a").all_inner_texts() == ["Rounds", "Rumours"]


@pytest.mark.parametrize(("language", "asked", "first"), [("en", "Runwya", "Runway"), ("zh", "可零", "可灵")])
def test_a_misspelt_name_finds_the_nearest_and_says_so(watched, history, language, asked, first):
    page = watched.open(f"file://{history}/find.{language}.html?q={asked}")
    page.locator(".count:not(:empty)").wait_for()
    assert page.locator(".count").inner_text() in (
        "No name is spelled so. Did you mean:",
        "没有完全相符的名称。您要找的是否是：",
    )
    assert first in names_of(page)[0]


def test_where_nothing_is_called_so_the_find_page_says_it_once_and_shows_no_empty_table(watched, history):
    page = watched.open(f"file://{history}/find.en.html?q=zzzzqqqq")
    page.locator(".count:not(:empty)").wait_for()
    assert re.fullmatch(
        r"No company or investor of \d+ has such a name or product\.", page.locator(".count").inner_text()
    )
    assert page.locator("main").inner_text().count("on their own pages") == 1
    assert not page.locator("table.grid").is_visible()


def test_the_placeholder_of_the_find_box_is_whole_on_a_narrow_page(browser, history):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"file://{history}/index.html")
    cut = page.locator("form.find input").evaluate(
        """(box) => { const pen = document.createElement("canvas").getContext("2d"), style = getComputedStyle(box);
        pen.font = style.font;
        return pen.measureText(box.placeholder).width > box.clientWidth - parseFloat(style.paddingLeft) * 2; }"""
    )
    page.close()
    assert not cut


def test_a_search_that_finds_nothing_says_so_and_what_it_finds(watched, history):
    page = watched.open(f"file://{history}/companies.en.html?q=sequoia+of+nowhere")
    assert re.match(
        r"Nothing found in \d+ rows\. The box at the top finds companies", page.locator(".count").inner_text()
    )


@pytest.mark.parametrize(("language", "month"), [("en", "Nov 2023"), ("zh", "2023年11月")])
def test_what_happened_at_a_company_in_a_month_is_one_click_away_without_javascript(browser, history, language, month):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{history}/companies/stability-ai.{language}.html")
    page.locator(".months a[href$='#2023-11']").click()
    assert page.url.endswith(f"/dates/stability-ai.{language}.html#2023-11")
    heading = page.locator("[id='2023-11']")
    named, below = heading.inner_text(), heading.locator("xpath=following-sibling::ol[1]").inner_text()
    context.close()
    assert named == month
    assert all(
        told in below for told in ("Intel" if language == "en" else "英特尔", "Stable Video Diffusion", "Ed Newton-Rex")
    )


def test_the_language_is_switched_on_the_same_page(watched, history):
    page = watched.open(f"file://{history}/companies/runway.en.html")
    page.get_by_role("link", name="中文").click()
    assert page.url.endswith("/companies/runway.zh.html")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/companies/runway.en.html")


def test_the_sentence_behind_a_number_opens_and_closes_by_keyboard(watched, history):
    page = watched.open(f"file://{history}/rounds.en.html?q=runway")
    button = page.locator("button.evidence").first
    button.focus()
    button.press("Enter")
    shown = page.locator(".pop:popover-open")
    assert shown.count() == 1 and shown.locator("a[href^=http]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".pop:popover-open").count() == 0


def test_without_javascript_a_table_is_whole(browser, history):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"file://{history}/companies.en.html")
    assert page.locator("table.grid tbody tr:visible").count() > 100
    assert page.locator("form.tools:visible").count() == 0
    context.close()


def test_rows_that_the_page_has_not_are_found_and_loaded_where_they_are_shown(watched, tmp_path, monkeypatch):
    engine = filled(tmp_path / "news.db")
    monkeypatch.setattr("dailies.site.table_pages.ROWS_ON_PAGE", 1)
    publish(engine, tmp_path, TODAY)
    address = f"file://{tmp_path}/site/rounds.en.html"
    page = watched.open(address)
    assert (names_of(page), watched.requests) == (["Pika"], [address])
    assert page.locator("nav.pages a").all_inner_texts() == ["P", "R", "X"]
    page.get_by_label("Search", exact=True).fill("runway")
    page.locator("th", has_text="Runway").wait_for()
    assert names_of(page) == ["Runway"]
    beside = [
        f"file://{tmp_path}/site/{name}" for name in ("indexes/rounds/first.en.js", "rows/companies/runway.en.js")
    ]
    assert watched.requests == [address, *beside]
    assert watched.complaints == []
