"""Values that say the same in other words are no conflict; those that differ stay one."""

from __future__ import annotations

import pytest

from db.nouns.facts import Losing
from pipeline.facts.field_agreement import texts_agree
from pipeline.facts.forming import form_facts
from tests.claims import claim, stored

SAME = [
    ("partner", "Lionsgate", "狮门影业"),
    ("plaintiff", "Getty", "盖蒂图片社 (Getty Images)"),
    ("plaintiff", "Disney; Universal", "迪士尼; 環球"),
    ("plaintiff", "Disney; Universal; Warner Bros. Discovery", "迪士尼; 環球影業; 華納兄弟探索"),
    ("person", "Emad Mostaque", "Mostaque"),
    ("person", "Emad A. Mostaque", "Emad Mostaque"),
    ("person", "Mostaque", "莫斯塔克"),
    ("person", "莫斯塔克", "埃马德·莫斯塔克"),
    ("role", "chief executive", "CEO"),
    ("role", "chief executive officer", "首席执行官"),
    ("role", "new CEO", "行政總裁"),
    ("role", "interim co-chief executive", "临时联席CEO"),
    ("role", "cofounder", "联合创始人"),
    ("role", "co-founder and CEO", "CEO"),
    ("role", "Vice President of Research", "研究副总裁"),
]
OTHER = [
    ("partner", "Lionsgate", "AMC Networks"),
    ("plaintiff", "Disney", "Disney; Universal"),
    ("plaintiff", "Disney; Universal", "迪士尼; 腾讯"),
    ("plaintiff", "Getty Images", "路透社"),
    ("person", "Emad Mostaque", "Prem Akkaraju"),
    ("person", "Emad", "Emad Mostaque"),
    ("role", "chief executive", "founder"),
    ("role", "co-founder", "founder"),
    ("role", "interim CEO", "CEO"),
    ("role", "总裁", "CEO"),
    ("role", "CTO", "CEO"),
]


@pytest.mark.parametrize(
    ("field", "one", "other", "same"), [*((*each, True) for each in SAME), *((*each, False) for each in OTHER)]
)
def test_whether_two_values_say_the_same(field, one, other, same):
    agree = texts_agree(field)

    assert (agree(one, other), agree(other, one)) == (same, same)


def test_a_post_told_in_two_languages_was_shown_as_a_conflict():
    said = [("Daily Reel", "Emad Mostaque", "chief executive"), ("影像日报", "莫斯塔克", "首席执行官")]
    claims = [
        stored(
            claim("leadership_change", on="2024-03-22", fields={"person": who, "role": post, "direction": "departure"}),
            outlet,
            "2024-03-23",
        )
        for outlet, who, post in (*said, ("Lens Weekly", "Mostaque", "founder"))
    ]

    (fact,) = form_facts(claims)

    assert (fact.value("person"), fact.fields["person"].losing) == ("Emad Mostaque", ())
    assert (fact.value("role"), fact.fields["role"].losing) == (
        "chief executive",
        (Losing("founder", (claims[2].key,)),),
    )
