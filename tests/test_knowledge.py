"""The bundled companies and investors: consistent with themselves and with the research they come from."""

from __future__ import annotations

import csv
from dataclasses import replace

from db.knowledge.curated import SEGMENTS, Knowledge, KnownCompany, KnownInvestor, load_knowledge, problems

RUNWAY = KnownCompany("runway", "Runway", "startup", "video_generation", "core", weak=("Runway",))


def test_the_bundled_files_are_consistent():
    assert list(problems(load_knowledge())) == []


def test_there_are_enough_of_them():
    knowledge = load_knowledge()
    assert len(knowledge.companies) >= 140
    assert len(knowledge.investors) >= 200


def test_each_inconsistency_is_named():
    companies = (
        RUNWAY,
        replace(RUNWAY, name="Pika", weak=(), segment="cinema", scope="near", parent="nobody", aliases=("11", "NA")),
    )
    investors = (
        KnownInvestor("investor-pika", "Pika", "vc"),
        KnownInvestor("investor-one", "One Ventures", "corporate", arm_of="two"),
        KnownInvestor("investor-three", "Three Ventures", "corporate", arm_of="investor-one"),
    )
    assert list(problems(Knowledge(companies, investors))) == [
        "key 'runway' stands 2 times",
        "strong name 'Pika' stands 2 times",
        "runway: '11' is too short to be sure of; put it among the weak names",
        "runway: 'NA' is too short to be sure of; put it among the weak names",
        "investor-pika: 'Pika' is a company's name; companies invest without an entry of their own",
        "investor-one: 'two', whose arm it is, is in neither file, or is an arm itself",
        "investor-three: 'investor-one', whose arm it is, is in neither file, or is an arm itself",
        f"runway: segment 'cinema' is none of {', '.join(sorted(SEGMENTS))}",
        "runway: scope 'near' is neither core nor adjacent",
        "runway: its parent 'nobody' is not in companies.yml",
    ]


def test_a_company_is_found_by_its_own_site():
    assert load_knowledge().company_of_domain("www.runwayml.com") == "runway"
    assert load_knowledge().company_of_domain("news.example") is None


def test_facts_agree_with_the_research(shared):
    with (shared / "research/companies.csv").open(encoding="utf-8") as file:
        researched = {row["name"]: row for row in csv.DictReader(file)}
    for company in load_knowledge().companies:
        row = researched.get(company.name)
        if row is not None:
            assert (company.founded_on or "", company.domain or "") == (row["founded"], row["domain"]), company.key
            assert (company.name_zh or "", company.city or "") == (row["name_zh"], row["hq_city"]), company.key
            assert all(founder in row["founders"] for founder in company.founders), company.key
