"""The bundled knowledge in a database: loaded once, loaded again when its files change, never at the cost of facts."""

from __future__ import annotations

from sqlmodel import Session, select

from db.connection.engine import open_database
from db.knowledge import curated as knowledge
from db.knowledge.bundled import load_bundled
from db.knowledge.curated import load_knowledge
from db.schema.tables import AliasRow, CompanyRow, InvestorRow, ProductRow


def test_every_company_and_investor_is_loaded_once(database_url):
    engine = open_database(database_url, "real")

    assert (load_bundled(engine), load_bundled(engine)) == (True, False)

    known = load_knowledge()
    with Session(engine) as session:
        assert set(session.exec(select(CompanyRow.key))) == {company.key for company in known.companies}
        assert set(session.exec(select(InvestorRow.key))) == {investor.key for investor in known.investors}
        runway = session.get_one(CompanyRow, "runway")
        weak = set(session.exec(select(AliasRow.alias).where(AliasRow.company_key == "runway", AliasRow.weak)))
        products = set(session.exec(select(ProductRow.name).where(ProductRow.company_key == "runway")))
    assert (runway.name, runway.country, runway.candidate) == ("Runway", "US", False)
    assert "Runway" in weak
    assert "Gen-2" in products


def test_a_changed_file_is_loaded_again_and_a_company_that_left_it_stays(tmp_path, monkeypatch):
    folder = tmp_path / "knowledge"
    folder.mkdir()
    entry = "- key: {key}\n  name: {name}\n  kind: startup\n  segment: avatar\n  scope: core\n"
    (folder / "investors.yml").write_text("[]", "utf-8")
    (folder / "companies.yml").write_text(entry.format(key="one", name="One"), "utf-8")
    monkeypatch.setattr(knowledge, "FOLDER", folder)
    monkeypatch.setattr("db.knowledge.bundled.FOLDER", folder)
    engine = open_database(f"sqlite:///{tmp_path}/dailies.db", "real")
    load_knowledge.cache_clear()
    try:
        load_bundled(engine)
        (folder / "companies.yml").write_text(entry.format(key="two", name="Two"), "utf-8")
        load_knowledge.cache_clear()

        assert load_bundled(engine)
    finally:
        load_knowledge.cache_clear()

    with Session(engine) as session:
        assert sorted(session.exec(select(CompanyRow.key))) == ["one", "two"]
