"""Who is who: countries, seats, persons with dated posts, bodies, sectors."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.knowledge import files
from dateline.knowledge.actors import Actors, load_actors
from dateline.knowledge.names import normalise

SECTORS = {
    "GOV",
    "MIL",
    "LEG",
    "JUD",
    "COP",
    "SPY",
    "PRM",
    "PTY",
    "REB",
    "UAF",
    "UNK",
    "AGR",
    "BUS",
    "CRM",
    "CVL",
    "EDU",
    "ELI",
    "JRN",
    "LAB",
    "MED",
    "OPP",
    "PRE",
    "REF",
    "REL",
    "SOC",
    "NGO",
    "IGO",
}


@pytest.fixture(scope="module")
def actors() -> Actors:
    return load_actors()


@pytest.mark.parametrize(
    ("words", "alpha3", "how", "sector"),
    [
        ("Russia", "RUS", "name", None),
        ("the Soviet Union", "RUS", "name", None),
        ("Zaire", "COD", "name", None),
        ("Burma", "MMR", "name", None),
        ("Kosovo", "KOS", "name", None),
        ("Holy See", "VAT", "name", None),
        ("Hong Kong", "HKG", "name", None),
        ("Côte d’Ivoire", "CIV", "name", None),
        ("North Korean", "PRK", "adjective", None),
        ("Frenchmen", "FRA", "demonym", None),
        ("Niamey", "NER", "capital", None),
        ("Kiev", "UKR", "capital", None),
        ("Kremlin", "RUS", "seat", "GOV"),
        ("the Élysée", "FRA", "seat", "GOV"),
        ("Capitol Hill", "USA", "seat", "LEG"),
        ("South Ossetia", "GEO", "seat", "PRE"),
        ("U.S.", "USA", "name", None),
        ("US", "USA", "name", None),
        ("UAE's", "ARE", "name", None),
    ],
)
def test_country_words(actors: Actors, words: str, alpha3: str, how: str, sector: str | None) -> None:
    hit = actors.country(words)
    assert hit is not None
    assert (hit.country.alpha3, hit.how, hit.sector) == (alpha3, how, sector)


@pytest.mark.parametrize("words", ["us", "car", "Ruritania", "", "Korea", "rok"])
def test_words_that_name_no_country(actors: Actors, words: str) -> None:
    assert actors.country(words) is None


def test_nigerians_and_nigeriens_are_told_apart(actors: Actors) -> None:
    assert [actors.country(word).country.alpha3 for word in ("Nigerian", "Nigerien")] == ["NGA", "NER"]  # type: ignore[union-attr]


def test_a_dependency_keeps_its_code_and_knows_its_owner(actors: Actors) -> None:
    greenland = actors.country("Greenland")
    assert greenland is not None
    assert (greenland.country.alpha3, greenland.country.code) == ("GRL", "DNK")


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Sergei Shoigu", "person:sergei-shoigu"),
        ("Sergueï Choïgou", "person:sergei-shoigu"),
        ("Siergiej Szojgu", "person:sergei-shoigu"),
        ("Kim Chong-un", "person:kim-jong-un"),
        ("President Emmanuel Macron", "person:emmanuel-macron"),
        ("Gen. Mark Milley", "person:mark-milley"),
        ("Vladimir Vladimirovich Putin", "person:vladimir-putin"),
        ("Tass", "agency:tass"),
        ("The Sun", "outlet:the-sun"),
        ("LeT", "group:lashkar-e-taiba"),
        ("N.A.T.O.", "body:nato"),
        ("Hizbollah", "group:hezbollah"),
        ("Ukraine's Ministry of Defense", "institution:ukr-defence-ministry"),
        ("Ministry of Foreign Affairs of Japan", "institution:jpn-foreign-ministry"),
        ("Iraqi Army", "institution:irq-army"),
    ],
)
def test_names_are_found(actors: Actors, name: str, actor: str) -> None:
    assert [found.id for found in actors.find(name)][:1] == [actor]


@pytest.mark.parametrize(
    "name",
    ["who", "ice", "sun", "times", "let", "John Ordinary Smithson", "Vladimir", "Sergei Shogun", "Ministry of Sound"],
)
def test_names_that_nobody_bears_are_not_found(actors: Actors, name: str) -> None:
    assert actors.find(name) == ()


def test_a_role_is_the_one_of_the_day(actors: Actors) -> None:
    shoigu = actors.find("Sergei Shoigu")[0]
    titles = {
        day: actors.role_on(shoigu, day).title  # type: ignore[union-attr]
        for day in (date(2005, 1, 1), date(2023, 9, 16), date(2025, 1, 1))
    }
    assert list(titles.values()) == ["emergencies minister", "defence minister", "secretary of the security council"]


def test_a_former_official_is_elite(actors: Actors) -> None:
    assert actors.find("Barack Obama", date(2010, 1, 1))[0].sector == "GOV"
    assert actors.find("Barack Obama", date(2020, 1, 1))[0].sector == "ELI"
    assert actors.role_on(actors.find("Barack Obama")[0], date(2020, 1, 1)) is None


def test_a_surname_gives_all_bearers_the_one_in_office_first(actors: Actors) -> None:
    assert actors.surname("Kim", date(2023, 9, 16))[0].id == "person:kim-jong-un"
    assert actors.surname("Kim", date(2005, 1, 1))[0].id == "person:kim-jong-il"
    assert actors.surname("Evmenow")[0].id == "person:nikolai-yevmenov"
    assert actors.surname("Sisi", date(2020, 1, 1))[0].id == "person:abdel-fattah-al-sisi"
    assert len(actors.surname("Aliyev")) == 2


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("riot police", "COP"),
        ("soldiers", "MIL"),
        ("rebel leader", "REB"),
        ("member of parliament", "LEG"),
        ("member of the opposition", "OPP"),
        ("spokesman for the army", "MIL"),
        ("senior government official", "GOV"),
        ("former defence minister", "ELI"),
        ("prosecutor 's office", "JUD"),
        ("protester", "CVL"),
        ("leader", "GOV"),
        ("purple umbrella", None),
    ],
)
def test_sector_of_a_noun_phrase(actors: Actors, phrase: str, sector: str | None) -> None:
    assert actors.sector(phrase.split()) == sector


@pytest.mark.parametrize(
    ("title", "sector"),
    [("Prime Minister", "GOV"), ("commander-in-chief", "MIL"), ("presidential spokesman", "GOV"), ("baker", None)],
)
def test_sector_of_a_title(actors: Actors, title: str, sector: str | None) -> None:
    assert actors.post(title) == sector


def test_state_run_outlets_are_told(actors: Actors) -> None:
    assert [actors.find(name)[0].state_run for name in ("Xinhua", "Reuters")] == [True, False]


def test_every_name_leads_back_to_its_actor(actors: Actors) -> None:
    names = list(actors.names())
    assert len(names) > 5500
    for name, actor_id in names[::37]:
        assert actor_id in {found.id for found in actors.find(name)}, name


def test_every_post_is_well_formed(actors: Actors) -> None:
    titles = actors.agents.titles
    for file in sorted(files.path("actors").glob("posts_*.csv")):
        rows = files.rows(file)
        assert rows == sorted(rows, key=lambda row: (row["person"], row["since"])), file.name
        for row in rows:
            assert normalise(row["title"]) in titles, row
            assert actors.code(row["country"]) or row["country"] in ("IMG", "NGO", "MNC"), row
            assert row["sector"] in SECTORS or not row["sector"], row
            assert not row["until"] or row["since"][:4] <= row["until"][:4], row


@pytest.mark.parametrize("table", ["agents", "bodies", "countries", "institutions", "outlets", "seats", "titles"])
def test_tables_are_sorted_and_say_their_source(table: str) -> None:
    rows = files.rows(files.path("actors", f"{table}.csv"))
    first = next(iter(rows[0]))
    assert [row[first] for row in rows] == sorted(row[first] for row in rows)
    assert all(row["source"] for row in rows)


def test_countries_are_the_iso_list_with_kosovo() -> None:
    rows = files.rows(files.path("actors", "countries.csv"))
    codes = {row["alpha3"] for row in rows}
    assert len(rows) == len(codes) == 250
    assert {"KOS", "PSE", "HKG", "TWN", "VAT"} <= codes
    assert all(row["owner"] in codes for row in rows if row["owner"])
