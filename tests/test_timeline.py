"""Timelines: order, honest dates, marks, sentences, values that lost, strands of talk and outcome; in every format."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from dailies.commands.timeline import round_named, span_asked
from dailies.failures import UsageError
from db.model import Company
from pipeline.facts.forming import form_facts
from reports.facts.round_question import round_question
from reports.rendering import write_report
from reports.tables.data import csv_lines
from reports.timeline.by_date import MonthCell, Span
from reports.timeline.chart_drawing import NARROW, chart_svg
from reports.timeline.listing import timeline_listing
from reports.timeline.timeline import MOST_UNFOLDED, timeline
from tests.claims import claim, stored

RUNWAY = Company("runway", "Runway", segment="video_generation")
PIKA = Company("pika", "Pika", segment="video_generation")
FORMATS = ("table", "md", "html", "json")

ROUND = {"investment_type": "series_c", "series_qualifier": "extension", "investors": ["Google", "Nvidia"]}
TOLD = (
    stored(
        claim(
            amount=141_000_000,
            on="2023-06-29",
            status="confirmed",
            said_by="company",
            fields={**ROUND, "lead_investors": ["Google"]},
            sentence="Runway said on Thursday it had raised $141 million in an extension of its Series C.",
        ),
        "Daily Reel",
        "2023-06-29",
    ),
    stored(
        claim(
            amount=141_000_000,
            on="2023-05",
            fields={"investment_type": "series_d"},
            sentence="在5月时，Runway完成了1.41亿美元的D轮融资。",
        ),
        "影像日报",
        "2024-02-26",
    ),
    stored(claim("total_funding", amount=237_000_000, on="2023-06", sentence="It has raised $237 million so far.")),
    stored(claim("founding", on="2018", sentence="Runway was founded in 2018.")),
    stored(claim("controversy", said_by="unnamed_people", origin="Lens Weekly", sentence="Staff allege it.")),
)


def composed(claims, *companies, language="en", **values):
    return timeline(companies or [RUNWAY], form_facts(claims), language, **values)


def shown(claims, *companies, language="en", format="table", width=None, **values):
    report = composed(claims, *companies, language=language, **values)
    return write_report("timeline", report, format, width=width)


def body(text):
    """A timeline in the terminal without its two lines of legend, ids shortened."""
    return re.sub(r"c[0-9a-f]{16}", "c…", text).rsplit("\n\n", 1)[0]


def test_a_whole_timeline():
    assert (
        body(shown(TOLD))
        == """\
Timeline: Runway
facts: 4 · conflicts: 2 · told by articles up to 26 Feb 2024
Gaps: no Series A, Series B found

2018           ◐ founded
                 1/1 § reported · founding-c…
                 “Runway was founded in 2018.”
                 Daily Reel, 1 Jul 2023 (the outlet itself) https://dailyreel.example/2023-07-01
Jun 2023       ◐ $237M raised in total, as stated
                 1/1 § reported · total-c…
                 “It has raised $237 million so far.”
                 Daily Reel, 1 Jul 2023 (the outlet itself) https://dailyreel.example/2023-07-01
29 Jun 2023    ● Series C extension, $141M · Google (lead), Nvidia
                 2/2 § confirmed · round-c…
                 ≠ date: May 2023, says 影像日报
                 ≠ series: Series D, says 影像日报
                 “Runway said on Thursday it had raised $141 million in an extension of its Series C.”
                 Daily Reel, 29 Jun 2023 (the company) https://dailyreel.example/2023-06-29
                 + one more sentence: dailies why round-c…

Undated: No text we hold says when; not placed on the axis.

not dated      ◐ allegation
                 1/1 § reported · controversy-c…
                 “Staff allege it.”
                 Daily Reel, 1 Jul 2023 (unnamed people via Lens Weekly) https://dailyreel.example/2023-07-01"""
    )


def test_chinese_is_composed():
    assert (
        body(shown(TOLD[:2], language="zh", format="table"))
        == """\
Runway时间线
事实1条 · 说法不一2处 · 据截至2024年2月26日的报道
缺口：未检索到A轮、B轮

2023年6月29日  ● C轮追加，1.41亿美元 · 谷歌（领投）、英伟达
                 2/2 § 已确认 · round-c…
                 ≠ 日期：影像日报称2023年5月
                 ≠ 轮次：影像日报称D轮
                 “Runway said on Thursday it had raised $141 million in an extension of its Series C.”
                 Daily Reel，2023年6月29日（公司） https://dailyreel.example/2023-06-29
                 + 另有1句：dailies why round-c…"""
    )


def test_markdown_holds_every_sentence_with_its_link():
    assert (
        re.sub(r"c[0-9a-f]{16}", "c…", shown(TOLD[:2], format="md")).split("\n---\n")[0]
        == """\
# Timeline: Runway

facts: 1 · conflicts: 2 · told by articles up to 26 Feb 2024

- Gaps: no Series A, Series B found

- **29 Jun 2023** ● **Series C extension, $141M** · Google (lead), Nvidia · 2/2 § `round-c…`
  - ≠ date: May 2023, says 影像日报
  - ≠ series: Series D, says 影像日报
  > “Runway said on Thursday it had raised $141 million in an extension of its Series C.” — \
[Daily Reel](https://dailyreel.example/2023-06-29), 29 Jun 2023 (the company)
  >
  > “在5月时，Runway完成了1.41亿美元的D轮融资。” — \
[影像日报](https://%E5%BD%B1%E5%83%8F%E6%97%A5%E6%8A%A5.example/2024-02-26), 26 Feb 2024 (the outlet itself)
"""
    )


def test_a_vague_date_comes_before_the_days_within_it():
    claims = [
        stored(claim("product_launch", on=on, fields={"product": on}, sentence=on))
        for on in ("2023-06-29", "2023-06", "2023-Q2", "2023", "2022-12-31", "2023-07-01")
    ]
    assert [entry.what.split()[0] for entry in composed(claims).entries] == [
        "2022-12-31",
        "2023",
        "2023-Q2",
        "2023-06",
        "2023-06-29",
        "2023-07-01",
    ]


def test_undated_facts_are_never_placed():
    sections = composed([stored(claim("lawsuit")), stored(claim("founding", on="2018"))]).sections
    assert [(section.key, [entry.type for entry in section.entries]) for section in sections] == [
        ("all", ["founding"]),
        ("undated", ["lawsuit"]),
    ]


def steps(entry):
    return [(step.status, step.said_on.isoformat(), step.days) for step in entry.strand]


def test_talk_and_its_denial_are_one_strand():
    claims = [
        stored(claim("acquisition", status="rumored", sentence="It sounds out buyers."), "Wire", "2023-11-01"),
        stored(claim("acquisition", status="denied", said_by="company", sentence="No."), "Reel", "2023-11-29"),
        stored(claim("acquisition", status="rumored", sentence="Talks again."), "Lens", "2024-05-16"),
    ]
    (entry,) = composed(claims).entries
    assert (entry.status, entry.what) == ("denied", "denied: sale, buyer not stated")
    assert steps(entry) == [("rumored", "2023-11-01", 0), ("denied", "2023-11-29", 28), ("rumored", "2024-05-16", 197)]


def test_talk_of_another_sum_points_to_the_round_that_came():
    claims = [
        stored(
            claim(amount=500_000_000, status="rumored", on="2025-08-06", sentence="In talks."), "Wire", "2025-08-06"
        ),
        stored(claim(amount=315_000_000, status="confirmed", said_by="company", on="2026-02-10"), "Reel", "2026-02-10"),
    ]
    talk, done = composed(claims).entries
    assert steps(talk) == steps(done) == [("rumored", "2025-08-06", 0), ("confirmed", "2026-02-10", 188)]
    assert {step.fact_id for step in talk.strand} == {talk.id, done.id}


def test_talk_that_is_only_told_in_hindsight_has_no_strand():
    claims = [
        stored(
            claim(amount=95_000_000, status="rumored", on="2023-09", sentence="It sought it."), published="2024-04-20"
        ),
        stored(claim(amount=80_000_000, on="2024-06-25", sentence="It raised it."), published="2024-06-25"),
    ]
    assert [entry.strand for entry in composed(claims).entries] == [(), ()]


def test_the_day_of_the_talk_does_not_contradict_the_day_of_the_deal():
    claims = [
        stored(claim(amount=60_000_000, status="rumored", on="2024-03-24", sentence="Near."), "Wire", "2024-03-29"),
        stored(claim(amount=60_000_000, status="confirmed", said_by="company", on="2024-06-20"), "Reel", "2024-06-20"),
    ]
    (entry,) = composed(claims).entries
    assert (entry.status, entry.conflicts) == ("confirmed", ())


def test_the_first_sentence_is_the_one_that_states_the_number():
    claims = [
        stored(claim(on="2021-04", said_by="company", status="confirmed", fields={"investment_type": "angel"},
                     sentence="An angel round, sum not given.")),
        stored(claim(amount=2_000_000, on="2021-04-09", fields={"investment_type": "angel"},
                     sentence="It took in $2 million."), "Wire", "2021-04-09"),
    ]  # fmt: skip
    (entry,) = composed(claims).entries
    assert entry.what == "Angel, $2M ◐"
    assert [quote.sentence for quote in entry.quotes] == ["It took in $2 million.", "An angel round, sum not given."]


def test_of_equal_sentences_the_first_in_the_text_is_shown():
    told = [claim("controversy", on="2023-06", sentence=text, start=start) for start, text in enumerate("dacb")]
    (entry,) = composed([stored(each, article="a1") for each in told]).entries
    assert [quote.sentence for quote in entry.quotes] == ["d", "a", "c", "b"]


def test_more_facts_than_one_list_holds_are_folded_into_threads():
    many = [
        stored(claim("metric", amount=place, on=f"2023-{place:02}", fields={"metric": "users"}, sentence=str(place)))
        for place in range(1, 13)
    ]
    others = [
        stored(claim(type_, on="2023-01-05", fields=fields, sentence=type_))
        for type_, fields in (
            ("lawsuit", {"plaintiff": "Northlight"}),
            ("leadership_change", {"person": "Robin Rombach", "direction": "departure"}),
            ("acquisition", {"acquirer": "Canva"}),
            ("shutdown", {}),
        )
    ]
    assert len([*many, *others]) > MOST_UNFOLDED
    sections = composed([*many, *others]).sections
    assert [(section.title, len(section.entries)) for section in sections] == [
        ("Money", 12),
        ("Control", 2),
        ("People", 1),
        ("Courts", 1),
    ]
    assert [section.key for section in composed(many).sections] == ["all"]


D_ROUND = (
    *TOLD[:2],
    stored(
        claim(
            amount=308_000_000,
            on="2025-04-03",
            fields={"investment_type": "series_d"},
            sentence="Runway raised $308 million in a Series D.",
        ),
        "Lens Weekly",
        "2025-04-03",
    ),
)


def question(asked, claims=D_ROUND, language="en", format="table"):
    report = round_question(RUNWAY, form_facts(claims), asked, round_named(asked), language)
    return re.sub(r"c[0-9a-f]{16}", "c…", write_report("round", report, format))


def test_the_d_round_is_two_rounds_and_who_calls_which_so():
    assert (
        question("D").split("\n\n● ")[0]
        == """\
Runway: which round is “D”?
Rounds that go by this name: 2.

3 Apr 2025     ◐ Series D, $308M
                 1/1 § reported · all of it: dailies why round-c…
               ● called Series D by Lens Weekly
                 “Runway raised $308 million in a Series D.”
                 Lens Weekly, 3 Apr 2025 (the outlet itself) https://lensweekly.example/2025-04-03
                 chosen: Series D (the only value)

29 Jun 2023    ● Series C extension, $141M · Google (lead), Nvidia
                 2/2 § confirmed · all of it: dailies why round-c…
               ● called Series C extension by Daily Reel
                 “Runway said on Thursday it had raised $141 million in an extension of its Series C.”
                 Daily Reel, 29 Jun 2023 (the company) https://dailyreel.example/2023-06-29
                 chosen: Series C extension (confirmed goes before reported, reported before rumored)
               ≠ called Series D by 影像日报
                 “在5月时，Runway完成了1.41亿美元的D轮融资。”
                 影像日报, 26 Feb 2024 (the outlet itself) https://%E5%BD%B1%E5%83%8F%E6%97%A5%E6%8A%A5.example/2024-02-26"""
    )


@pytest.mark.parametrize(
    ("asked", "rounds"),
    [
        ("D", ["$308M", "$141M"]),
        ("series d", ["$308M", "$141M"]),
        ("D轮", ["$308M", "$141M"]),
        ("series_d", ["$308M", "$141M"]),
        ("C", ["$141M"]),
        ("Series C extension", ["$141M"]),
        ("C+", []),
        ("seed", []),
    ],
)
def test_a_round_is_asked_for_as_people_write_it(asked, rounds):
    report = round_question(RUNWAY, form_facts(D_ROUND), asked, round_named(asked), "en")
    assert [answer.entry.what.split(", ")[1] for answer in report.answers] == rounds
    assert len(report.others) == (0 if rounds else 2)


def test_an_outlet_that_corrected_itself_is_said_to_have():
    corrected = stored(
        claim(amount=141_000_000, on="2023-06", fields=ROUND, sentence="It was an extension of the C."),
        "影像日报",
        "2024-03-05",
    )
    (_, answer) = round_question(RUNWAY, form_facts([*D_ROUND, corrected]), "D", round_named("D"), "zh").answers
    assert [(naming.name, naming.outlets) for naming in answer.namings] == [
        ("C轮追加", ("Daily Reel", "影像日报")),
        ("D轮", ("影像日报（后已更正）",)),
    ]


def test_what_names_no_round_is_a_usage_error():
    with pytest.raises(UsageError, match="no series is called 'the big one'; write D, \"C extension\", seed"):
        round_named("the big one")


def test_a_timeline_says_when_a_name_means_two_rounds():
    (name,) = composed(D_ROUND).ambiguous
    assert (name.typed, name.sentence) == (
        "D",
        "“Series D” means 2 rounds here: Series D, $308M, 3 Apr 2025; "
        "Series C extension, $141M, 29 Jun 2023 (so called by 影像日报; "
        "not chosen: confirmed goes before reported, reported before rumored)",
    )
    assert "See dailies timeline runway --round D." in shown(D_ROUND)
    assert "C轮追加，1.41亿美元，2023年6月29日，为影像日报的叫法" in shown(D_ROUND, language="zh")


def test_the_sentence_shown_first_contradicts_nothing_that_was_chosen():
    """As the D round of a page that is held, under an extension of the C of a page that is not."""
    noted = replace(TOLD[0], evidence_class="page")
    (entry,) = composed([noted, TOLD[1]]).entries
    assert [quote.outlet for quote in entry.quotes] == ["Daily Reel", "影像日报"]


def test_one_investor_under_two_names_is_no_conflict():
    def led_by(*leads, outlet):
        fields = {"investment_type": "series_c", "lead_investors": list(leads)}
        return stored(claim(amount=50_000_000, on="2022-12-05", fields=fields, sentence=outlet), outlet, "2022-12-06")

    same = [led_by("阿里巴巴", "Spark Capital", outlet="A"), led_by("Spark", "Alibaba", outlet="B")]
    assert [entry.conflicts for entry in composed(same).entries] == [()]
    other = [*same, led_by("Nvidia", "Spark", outlet="C")]
    assert [len(entry.conflicts) for entry in composed(other).entries] == [1]


def test_several_plaintiffs_are_listed_as_the_language_lists():
    suit = stored(claim("lawsuit", on="2025-09-16", fields={"plaintiff": "Disney; Universal"}, sentence="Sued."))
    assert [composed([suit], language=language).entries[0].what for language in ("en", "zh")] == [
        "sued by Disney, Universal",
        "被Disney、Universal起诉",
    ]


def test_a_reprint_names_whom_it_repeats():
    copy = replace(TOLD[1], original_publisher="字母榜")
    assert "≠ series: Series D, says 影像日报 (reprinting 字母榜)" in shown([TOLD[0], copy])
    assert "影像日报（转载字母榜），2024年2月26日（媒体自述）" in shown([copy], language="zh")


def test_threads_are_told_alone_and_the_rest_is_counted():
    report = composed(TOLD, threads=["people", "money"])
    assert [(section.key, len(section.entries)) for section in report.sections] == [("people", 1), ("money", 2)]
    assert (report.facts, report.hidden, report.folded) == (3, 1, True)
    assert "facts in threads not asked for: 2" in shown(TOLD, threads=["money"])


def test_a_thread_in_the_terminal_is_one_line_a_fact_and_one_for_its_sentence():
    text = shown(TOLD, threads=["money"], width=100)
    assert (
        re.sub(r"c[0-9a-f]{16}", "c…", text.split("Money\n\n")[1].split("\n\n")[0])
        == """\
Jun 2023       ◐ $237M raised in total, as stated · 1/1 § total-c…
                 “It has raised $237 million so far.” Daily Reel, 1 Jul 2023
29 Jun 2023    ● Series C extension, $141M · Google (lead), Nvidia · 2/2 § round-c…
                 ≠ date May 2023 ≠ series Series D
                 “Runway said on Thursday it had raised $141 million in a…” Daily Reel, 29 Jun 2023"""
    )


def test_gaps_are_said():
    claims = [
        stored(claim(amount=8_000_000, on="2019-05", fields={"investment_type": "series_a"}, sentence="A.")),
        stored(claim(on="2022-12-05", fields={"investment_type": "series_c"}, sentence="C.")),
        stored(claim("valuation", amount=50_000_000, on="2019-05", sentence="Price."), evidence_class="page"),
    ]
    assert composed(claims).gaps == (
        "no Series B found",
        "no round found between May 2019 and 5 Dec 2022 (42 months)",
        "no price stated since May 2019 (49 months before the newest article)",
        "rounds without a stated sum: 1 of 2",
        "sentence held for 2 of 3 facts",
    )
    assert composed(claims, RUNWAY, PIKA).gaps == ()


def test_a_denial_ends_talk_and_what_is_told_again_days_later_is_an_echo_and_months_later_another_deal():
    def sale(status, outlet, day, on="2023-11-29"):
        return stored(claim("acquisition", status=status, on=on, sentence=f"{outlet} {day}"), outlet, day)

    claims = [
        sale("rumored", "Wire", "2023-11-29"),
        sale("denied", "Wire", "2023-11-29"),
        sale("rumored", "Lens", "2023-11-30"),
        sale("rumored", "Reel", "2024-05-16", "2024-05-16"),
    ]
    strands = {entry.strand_note: [step.status for step in entry.strand] for entry in composed(claims).entries}
    assert strands == {"the same day": ["rumored", "denied"], "": []}


def test_a_listing_told_the_evening_before_ends_its_strand_on_its_own_day():
    def listing(status, day, on):
        return stored(claim("ipo", status=status, on=on, sentence=f"{status} {day}."), "Wire", day)

    (entry,) = composed(
        [listing("rumored", "2026-01-01", "2026-01"), listing("reported", "2026-01-08", "2026-01-09")]
    ).entries
    assert steps(entry) == [("rumored", "2026-01-01", 0), ("reported", "2026-01-09", 8)]


def test_a_strand_says_how_the_sum_changed():
    claims = [
        stored(claim(amount=500_000_000, status="rumored", sentence="Talks."), "Wire", "2025-08-06"),
        stored(claim(amount=315_000_000, on="2026-02-10", status="confirmed", said_by="company", sentence="Done.",
                     fields={"investment_type": "series_e"}), "Reel", "2026-02-10"),
    ]  # fmt: skip
    assert {entry.strand_note for entry in composed(claims).entries} == {"188 days, 37% less money"}
    assert {entry.strand_note for entry in composed(claims, language="zh").entries} == {"相隔188天，金额少37%"}


def test_as_csv_each_fact_is_a_row():
    rows = list(csv.DictReader(csv_lines(timeline_listing(composed(D_ROUND)))))
    assert [(row["happened_on"], row["thread"], row["amount"], row["conflicts"]) for row in rows] == [
        ("2023-06-29", "money", "141000000", "date: May 2023, says 影像日报; series: Series D, says 影像日报"),
        ("2025-04-03", "money", "308000000", ""),
    ]


def test_as_svg_the_charts_stand_alone():
    picture = ElementTree.fromstring(shown(D_ROUND, format="svg"))
    titles = [title.text for title in picture.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == ["Runway", "$141M, 29 Jun 2023", "$449M, 3 Apr 2025"]
    hostile = Company("x", "</title><script>alert(1)</script>")
    assert "<script" not in shown((), hostile, format="svg")


def test_several_companies_in_one_timeline_each_line_with_its_name():
    pika = claim(amount=80_000_000, on="2024-06-04", company="Pika", company_key="pika")
    text = shown([*TOLD[:2], stored(pika)], RUNWAY, PIKA)
    assert text.startswith("Timeline: Runway, Pika\n")
    assert [line[15:].split(",")[0] for line in text.splitlines() if line.startswith(("29 Jun", "4 Jun"))] == [
        "● Runway: Series C extension",
        "◐ Pika: round (series not stated)",
    ]


def test_nothing_known_is_said():
    assert shown([]).startswith("Timeline: Runway\nNothing is known of Runway yet.")
    assert "暂无Runway的记录。" in shown([], language="zh", format="md")


def test_samples_say_so_in_every_format():
    for format in ("table", "md", "html"):
        assert "sample data, not for citation" in shown(TOLD, format=format, sample=True)
        assert "样例数据，不可引用" in shown(TOLD, language="zh", format=format, sample=True)
    assert json.loads(shown(TOLD, format="json", sample=True))["sample"] is True


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=15)
@given(order=st.permutations(TOLD))
def test_the_order_of_the_claims_changes_no_byte(format, order):
    assert shown(order, format=format) == shown(TOLD, format=format)


HOSTILE = "</q><script>alert(1)</script>\x1b[31m|`*[x](javascript:alert(2))\u202e\x07\n# Title"


def test_hostile_text_is_harmless_in_every_format():
    claims = [
        stored(
            claim("controversy", on="2023-01-02", sentence=HOSTILE, origin=HOSTILE),
            HOSTILE,
            article_url="javascript:alert(3)",
            article_title=HOSTILE,
            article="a1",
        ),
        stored(claim("lawsuit", on="2023-01-03", fields={"plaintiff": HOSTILE}), article_url='https://x.example/"><b>'),
    ]
    table, markdown, html, data = (shown(claims, Company("runway", HOSTILE), format=format) for format in FORMATS)
    for text in (table, markdown, html):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text)
    assert "<script" not in html
    assert not re.search(r"(?<!\\)<", markdown)
    links = re.findall(r'href="(?!#[a-z]+-c[0-9a-f]{16}")([^"]*)"', html)
    assert links == ["#main", "https://x.example/%22%3E%3Cb%3E"]
    assert re.findall(r"(?<!\\)\]\(([^)]*)\)", markdown) == ["https://x.example/%22%3E%3Cb%3E"]
    assert not [line for line in markdown.splitlines() if line.startswith("# Title")]
    assert "\x1b" not in data
    assert json.loads(data)["sections"][0]["entries"][0]["quotes"][0]["url"] is None


def test_a_long_sentence_is_cut_around_its_evidence():
    evidence = "raised $141 million"
    sentence = f"{'Long ago. ' * 100}It {evidence} there. {'And so on. ' * 100}"
    told = claim(amount=141_000_000, on="2023-06", sentence=sentence, evidence=evidence)
    (entry,) = composed([stored(told)]).entries
    shown_sentence = entry.quotes[0].sentence
    assert len(shown_sentence) <= 300
    assert evidence in shown_sentence
    assert shown_sentence.startswith("…")
    assert shown_sentence.endswith("…")


def test_a_page_needs_nothing_from_elsewhere():
    html = shown(TOLD, format="html")
    assert not re.search(r"<(script|link|img|iframe|object)|@import|url\(", html)


def test_long_lines_are_folded_to_the_terminal():
    text = shown(TOLD, width=60)
    assert "Runway said on Thursday it had raised\n                  $141 million in an extension" in text


def test_a_chart_has_one_drawing_in_both_languages_and_escapes_its_words():
    claims = [TOLD[0], stored(claim(amount=50_000_000, on="2022-12", sentence="C."))]
    (english,), (chinese,) = (composed(claims, language=language).charts for language in ("en", "zh"))
    assert _without_words(chart_svg([english])) == _without_words(chart_svg([chinese]))
    hostile = replace(english, title='<script>alert(1)</script>"\x1b')
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in chart_svg([hostile])
    assert "<script" not in chart_svg([hostile])


def _without_words(drawing):
    return re.sub(r'>[^<]*<|aria-label="[^"]*"', "><", drawing)


def test_labels_of_a_chart_are_whole_and_no_line_runs_through_them():
    claims = [TOLD[0], stored(claim(amount=50_000_000, on="2022-12", sentence="C."))]
    (raised,) = composed(claims).charts
    early, late = (replace(point, label="at least $257M") for point in raised.points)
    far = chart_svg([replace(raised, points=(early, late))], alone=True)
    near = chart_svg([replace(raised, points=(early, replace(late, day=early.day), late))], alone=True)
    places = [float(each) for each in re.findall(r"translate\(([0-9.]+),[^>]*>at least \$257M<", far)]
    assert [round(place) for place in places] == [56, 840 - 56]
    assert far.count('paint-order="stroke"') == 2
    assert near.count(">at least $257M<") == 2


def test_no_line_that_rises_steeply_runs_through_the_label_of_the_point_it_rises_from():
    """Runway's $3.55B of December 2025 was crossed by the line to the $5.3B of February 2026."""
    path = [("2022-12", 500), ("2023-06-05", 1500), ("2025-04-03", 3000), ("2025-12-01", 3550), ("2026-02-10", 5300)]
    told = [claim("valuation", amount=millions * 10**6, on=on, sentence=f"Worth {millions}.") for on, millions in path]
    (price,) = composed([stored(each) for each in told]).charts
    drawn = chart_svg([price], alone=True)
    anchors = {label: anchor for anchor, label in re.findall(r'text-anchor="(\w+)"[^>]*>(\$[^<]*)<', drawn)}
    assert anchors == {"$500M": "middle", "$1.5B": "middle", "$3B": "middle", "$3.55B": "end", "$5.3B": "middle"}


def test_price_and_money_raised_are_drawn_and_told():
    claims = [
        stored(claim(amount=50_000_000, on="2022-12", sentence="C.", fields={"investment_type": "series_c"})),
        TOLD[0],
        stored(claim(amount=9_000_000, on="2024-01", sentence="A loan.", fields={"investment_type": "debt_financing"})),
        stored(claim(amount=500_000_000, on="2024-02", status="rumored", sentence="Talk.")),
        stored(claim("valuation", amount=1_500_000_000, on="2023-06-29")),
    ]
    (raised,) = composed(claims).charts
    assert raised.text == "$50M, Dec 2022; $191M, 29 Jun 2023"
    assert raised.path_text == "◐ $50M, Dec 2022 → ● $191M, 29 Jun 2023"
    assert raised.left_out == "Left out: Debt financing, $9M (loan, grant or the like)."
    html = shown(claims, format="html")
    assert f'aria-label="{raised.title}: {raised.text}"' in html
    # at a desk and in hand
    assert [html.count(f'<a href="#{each.fact_id}"><title>{each.title}</title>') for each in raised.points] == [2, 2]
    assert raised.left_out in html
    drawn = chart_svg([raised], alone=True)
    months = ["2022-12", *(f"2023-0{month}" for month in range(1, 8))]
    assert re.findall("<text[^>]*>([^<]*)</text>", drawn) == [*months, "$50M", "$191M", raised.title]
    assert "var(" not in drawn and "xlink:href" not in drawn
    assert composed(claims, RUNWAY, PIKA).charts == ()


def of_months(report):
    """Headings of a timeline with what stands below each."""
    return {section.title: [entry.what for entry in section.entries] for section in report.sections}


def test_by_date_all_threads_stand_together_month_by_month():
    assert of_months(composed(TOLD, by_date=True)) == {
        "2018, month not stated": ["founded"],
        "Jun 2023": ["$237M raised in total, as stated", "Series C extension, $141M"],
        "Undated": ["allegation"],
    }


def test_one_month_is_told_alone_with_what_may_belong_to_it():
    """What happened in a month nobody finds across threads; what has no day but was first told then stands apart."""
    june = span_asked("2023-06", "2023-06")
    told = (*TOLD, stored(claim("shutdown", on="2023", sentence="It closed in 2023."), "Wire", "2023-06-20"))
    report = composed(told, span=june)
    assert of_months(report) == {
        "Jun 2023": ["$237M raised in total, as stated", "Series C extension, $141M"],
        "Perhaps in these days: dated less exactly, or not at all and first told in them": ["closes down"],
    }
    assert (report.facts, report.outside, report.charts, report.gaps) == (3, 2, (), ())
    assert shown(told, span=june).splitlines()[:3] == [
        "Timeline: Runway",
        "from 1 Jun 2023 to 30 Jun 2023 · facts outside these days: 2",
        "facts: 3 · conflicts: 2 · told by articles up to 26 Feb 2024",
    ]
    assert "自2023年6月1日起至2023年6月30日止 · 此期间之外另有2条" in shown(told, language="zh", span=june, format="md")
    assert "Nothing we hold is dated to these days." in shown(told, span=span_asked("2030", None), format="html")


@given(st.dates(), st.dates(), st.sampled_from(FORMATS))
@settings(max_examples=20, deadline=None)
def test_no_fact_is_lost_between_days(one, other, format):
    since, until = sorted((one, other))
    report = composed(TOLD, span=Span(since, until))
    assert report.facts + report.outside == len(form_facts(TOLD))
    assert write_report("timeline", report, format)


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2023-13", None, "--since: not a date: '2023-13'"),
        (None, "November", "--until: not a date: 'November'"),
        ("2024", "2023-Q4", "--since 2024 lies after --until 2023-Q4"),
    ],
)
def test_days_that_are_none_are_refused(since, until, told):
    with pytest.raises(UsageError, match=re.escape(told)):
        span_asked(since, until)


def test_the_table_of_months_leads_to_every_heading():
    told = (*TOLD, stored(claim("shutdown", on="2018-Q3", sentence="It closed.")))
    first, *_, last = composed(told, by_date=True).months
    assert (first.year, first.inexact, set(first.months)) == (
        "2018",
        MonthCell("2018", "2018, month not stated", 2),
        {None},
    )
    assert (last.year, last.inexact, last.months[5]) == ("2023", None, MonthCell("2023-06", "Jun 2023", 2))


def test_a_drawing_in_hand_is_as_wide_as_a_telephone_and_its_type_as_large():
    """A drawing made for a desk was scrolled sideways on a telephone."""
    days = [f"{year}-0{month}-01" for year in (2022, 2023, 2024) for month in (2, 8)]
    told = [
        stored(claim("valuation", amount=1_000_000_000 * place, on=day, sentence=day), article=day)
        for place, day in enumerate(days, 1)
    ]
    (price,) = composed(told).charts
    wide, narrow = chart_svg([price]), chart_svg([price], NARROW)
    assert [int(float(re.search(r'viewBox="0 0 ([\d.]+)', drawn)[1])) for drawn in (wide, narrow)] == [844, 350]
    assert set(re.findall(r'font-size="[^"]*"', narrow)) == set(re.findall(r'font-size="[^"]*"', wide))
    assert [len(re.findall(r"<text[^>]*>\$\dB<", drawn)) for drawn in (wide, narrow)] == [6, 6]


def test_on_a_page_an_allegation_begins_with_its_sentence_cut_between_words():
    told = "A former engineer says that the studio trained its models on films that it had no right to copy."
    page = shown([stored(claim("controversy", on="2024-02-26", sentence=told))], format="html")
    begun = "“A former engineer says that the studio trained its models on…”"
    assert f'allegation: <span class="who">{begun}</span>' in page
    assert f"“{told}”" in page
