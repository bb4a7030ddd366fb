"""Near pairs of claims, with what an analyst makes of them (near_pairs.txt): no two things are ever made one."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from db.model import ClaimType
from db.values import Money
from pipeline.facts.forming import form_facts
from pipeline.history.row_claims import company_called
from tests.claims import claim, stored

_SUM = re.compile(r"([<>~]?=?)([A-Z]{3})?([\d.]+)M\Z")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")
_TYPES = [kind for kind in get_args(ClaimType) if kind != "funding_round"]
_LABELS = {
    "note": "convertible_note",
    "debt": "debt_financing",
    "corp": "corporate_round",
    "grant": "grant",
    "secondary": "secondary_market",
    "seed": "seed",
    "pre_seed": "pre_seed",
    "angel": "angel",
}
_STANDING = {
    "?": {"status": "rumored"},
    "x": {"status": "denied", "said_by": "company"},
    "!": {"status": "confirmed", "said_by": "company"},
    "h": {"said_by": "unnamed_people"},
}


def read(text, outlet):
    """One side of a pair as a stored claim."""
    values, fields, published, article = {}, {}, None, f"a-{outlet}"
    words = text.split()
    kind = words.pop(0) if words[0] in _TYPES else "funding_round"
    for word in words:
        money = _SUM.match(word)
        if money:
            operator, currency, number = money.groups()
            values["money"] = Money(Decimal(number) * 1_000_000, currency or "USD", operator or "=")
        elif _DATE.match(word):
            values["on"] = word
        elif word in _STANDING:
            values |= _STANDING[word]
        elif word.startswith("pub:"):
            published = word[4:]
        elif word.startswith("art:"):
            article = word
        elif word.startswith("@"):
            fields["lead_investors"] = [word[1:].replace("_", " ")]
        elif word.startswith("&"):
            fields["investors"] = [word[1:].replace("_", " ")]
        elif word.startswith(":"):
            values["sentence"] = word[1:].replace("_", " ")
        elif "=" in word:
            name, _, value = word.partition("=")
            fields[name] = int(value) if value.isdigit() else value.replace("_", " ")
        else:
            fields |= label(word)
    told = claim(kind, **{"sentence": f"{outlet} tells it.", **values}, fields=fields)
    return stored(told, outlet, published or "2026-12-01", article=article)


def label(word):
    if word in _LABELS:
        return {"investment_type": _LABELS[word]}
    series = {"investment_type": f"series_{word[0].lower()}"}
    if len(word) == 1:
        return series
    return {**series, "series_qualifier": "extension" if word[1:] == "+" else word}


LINES = [
    line
    for line in (Path(__file__).parent / "near_pairs.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def facts_of(line):
    _, one, other = (part.strip() for part in line.split("|"))
    claims = [read(one, "Reel"), read(other, "Lens")]
    assert form_facts(claims) == form_facts(claims[::-1])
    return len(form_facts(claims))


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("two")])
def test_two_things_are_never_made_one(line):
    assert facts_of(line) == 2


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("one")])
def test_one_thing_told_twice_is_one(line):
    assert facts_of(line) == 1


def test_there_are_enough_of_them():
    rounds = [line for line in LINES if not any(f"| {kind} " in line for kind in _TYPES)]

    assert (len(rounds) >= 150, len(LINES) - len(rounds) >= 95) == (True, True)


@pytest.mark.parametrize(
    ("vehicle", "company"),
    [
        ("WU Anthropic LP", "Anthropic"),
        ("Runway Fund 1 LP", "Runway"),
        ("Runway Growth Capital", "Runway"),
        ("Pika Energy", "Pika"),
        ("Luma Health", "Luma AI"),
        ("Captions for All Foundation", "Captions"),
        ("Synthesia SPV III LLC", "Synthesia"),
        ("OpenAI Startup Fund SPV II, L.P.", "OpenAI"),
        ("Stability AI Holdings Feeder LP", "Stability AI"),
        ("HOF Capital xAI Growth I", "xAI"),
        ("Suno Energia", "Suno"),
        ("Mistral Capital", "Mistral AI"),
        ("Hedra Consulting", "Hedra"),
        ("Genmo Holdings", "Genmo"),
        ("MiniMax Fund Management", "MiniMax"),
        ("Adobe Ventures", "Adobe"),
        ("Alibaba Innovators Fund", "Alibaba"),
        ("Decart Metrology", "Decart"),
        ("Odyssey Therapeutics", "Odyssey"),
        ("Haiper Properties", "Haiper"),
        ("Runway AI Series E SPV, LLC", "Runway"),
        ("HeyGen Co-Invest II LP", "HeyGen"),
        ("Pika Labs Opportunity Fund I", "Pika"),
        ("Luma AI Series C, a Series of CGF2021 LLC", "Luma AI"),
        ("MW LSVC Anthropic, LLC", "Anthropic"),
        ("Stability AI Series A-1 Trust", "Stability AI"),
        ("ElevenLabs Employee Trust", "ElevenLabs"),
        ("Moonvalley SPV I", "Moonvalley"),
        ("Synthesia Trustees Limited", "Synthesia"),
        ("Kling Capital Partners", "Kling AI"),
    ],
)  # fmt: skip
def test_a_look_alike_vehicle_is_not_the_company(vehicle, company):
    assert company_called(vehicle)[1] != company_called(company)[1]
    assert company_called(company)[2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Runway", "RunwayML"),
        ("Runway", "Runway AI, Inc."),
        ("Pika", "Pika Labs"),
        ("AISphere", "爱诗科技"),
        ("ShengShu Technology", "生数科技"),
        ("Luma AI", "Luma Labs"),
        ("Stability AI", "StabilityAI"),
        ("Zhipu AI", "智谱"),
        ("Kuaishou", "快手"),
        ("MiniMax", "稀宇科技"),
        ("HeyGen", "诗云科技"),
        ("Higgsfield", "Higgs Field"),
        ("Twelve Labs", "TwelveLabs"),
    ],
)
def test_the_names_of_one_company_are_one(one, other):
    assert company_called(one)[1:] == company_called(other)[1:] == (company_called(one)[1], True)
