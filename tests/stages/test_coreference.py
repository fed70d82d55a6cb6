"""Coreference (``dateline.stages.coreference``): what is one entity, what is not, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.model import Record
from dateline.stages.coreference.items import quote_numbers
from tests.conllu import record_from_conllu
from tests.stages.entity_reports import chains, entity, read_report, reports


@pytest.mark.parametrize("name", sorted(reports()))
def test_a_mention_is_in_one_entity_at_most(name: str) -> None:
    record = read_report(name)
    held = [m for e in record.entities for m in e.mentions]
    assert len(held) == len(set(held))
    first = [int(e.mentions[0][1:]) for e in record.entities]
    assert first == sorted(first)
    assert all(e.name for e in record.entities)


def test_a_family_name_alone_is_the_person_named_before() -> None:
    assert chains("sense")["Tamsin Okoro"] == ["Tamsin Okoro", "Okoro", "Okoro"]


def test_a_family_name_of_two_persons_is_neither() -> None:
    found = chains("ambiguous")
    assert found["Park Min-ho"] == ["Park Min-ho"]
    assert found["Park Ji-woo"] == ["Park Ji-woo"]
    assert found["Park"] == ["Park"]


def test_title_country_and_name_answer_to_the_role() -> None:
    assert chains("titles")["Ingrid Solheim"] == ["Ingrid Solheim", "Solheim", "she", "The Norwegian minister"]
    found = entity("titles", "Ingrid Solheim")
    assert (found.country, found.sector) == ("NOR", "GOV")
    assert [(r.title, r.of) for r in found.roles] == [("defence minister", "NOR")]


def test_an_apposition_is_the_same_person() -> None:
    assert chains("titles")["Lars Dahl"] == ["the mayor", "Lars Dahl"]
    assert chains("hyphens")["Pavel Orlov"] == ["The Commander-in-Chief", "Pavel Orlov", "Orlov"]


def test_initials_and_head_noun_answer_to_the_full_name() -> None:
    assert chains("initials")["Harbour Workers Union"] == ["Harbour Workers Union", "HWU", "HWU", "its", "The union"]


def test_a_leader_of_a_body_has_the_sector_of_the_body() -> None:
    found = entity("initials", "Amina Diallo")
    assert [(r.title, r.of) for r in found.roles] == [("leader", "HWU")]
    assert found.sector == entity("initials", "Harbour Workers Union").sector == "LAB"


def test_a_country_is_its_adjective_but_not_its_capital() -> None:
    assert chains("adjective")["France"] == ["France", "its", "French"]
    assert chains("adjective")["Paris"] == ["Paris"]
    assert entity("adjective", "Paris").country == "FRA"
    assert [link.id for link in entity("adjective", "France").links] == ["country:FRA"]


def test_a_state_of_the_past_is_not_its_successor() -> None:
    assert chains("historical")["Soviet Union"] == ["Soviet Union", "Soviet"]
    assert chains("historical")["Russia"] == ["Russia"]


def test_a_ministry_without_a_country_takes_the_one_in_force() -> None:
    found = entity("force", "Ukrainian Defence Ministry")
    assert (found.country, found.sector) == ("UKR", "GOV")


def test_a_ministry_belongs_to_the_country_beside_it() -> None:
    assert chains("owner")["Kenyan Foreign Ministry"] == ["Foreign Ministry", "The ministry"]
    found = entity("owner", "Kenyan Foreign Ministry")
    assert (found.country, [link.id for link in found.links]) == ("KEN", ["institution:ken-foreign-ministry"])


def test_a_former_president_is_no_government() -> None:
    assert entity("former", "Amadou Traore").sector == "ELI"


def test_a_title_with_of_is_read_whole() -> None:
    assert chains("secretary")["Dana Whitlock"] == ["Dana Whitlock", "Whitlock", "The secretary of state"]
    assert [(r.title, r.of) for r in entity("secretary", "Dana Whitlock").roles] == [("secretary of state", "USA")]


def test_known_bodies_are_linked() -> None:
    links = [link.id for e in read_report("acronym").entities for link in e.links]
    assert "body:international-atomic-energy-agency" in links


def test_a_class_noun_is_the_only_ship_about() -> None:
    assert chains("ship")["A Danish frigate"] == ["A Danish frigate", "The ship", "it"]


def test_two_indefinite_phrases_are_two_entities() -> None:
    record = read_report("indefinite")
    soldiers = [e for e in record.entities if e.type == "PER"]
    assert [len(e.mentions) for e in soldiers] == [1, 2]


def test_i_in_a_quotation_is_its_speaker() -> None:
    assert chains("speaker")["Sani Bello"] == ["I", "Sani Bello", "My", "me"]


def test_two_leaders_are_named_after_both() -> None:
    assert chains("pair")["Idriss Tola and Kofi Sarpong"] == ["The two leaders"]


def test_two_of_three_leaders_are_nobody_in_particular() -> None:
    assert chains("three")["The two leaders"] == ["The two leaders"]


def test_reflexive_and_object_pronouns_find_different_persons() -> None:
    assert chains("reflexive")["Marta Silva"] == ["Marta Silva", "herself", "her"]
    assert chains("reflexive")["Jorge Lima"] == ["Jorge Lima"]


def test_her_country_is_the_country_of_whom_it_means() -> None:
    assert "her country" in chains("lands")["Peru"]
    assert chains("lands")["Lima"] == ["Lima"]


def test_a_denied_description_joins_nobody() -> None:
    assert chains("negated")["Ana Pires"] == ["Ana Pires"]
    assert chains("negated")["Rui Costa"] == ["Rui Costa", "the minister"]


def test_an_office_is_its_holder_on_the_day() -> None:
    assert chains("office", "2023-05-13")["Volodymyr Zelensky"] == ["The Ukrainian president"]
    assert chains("office", "2012-05-13")["Viktor Yanukovych"] == ["The Ukrainian president"]


def test_an_office_without_a_day_is_nobody_in_particular() -> None:
    assert entity("office", "The Ukrainian president").links == ()


def test_a_weapon_is_linked_to_its_row() -> None:
    found = entity("weapon", "MiG-31")
    assert [link.id for link in found.links] == ["equipment:mig-31"]
    assert all(link.why for link in found.links)


def test_a_town_lies_where_the_places_layer_found_it() -> None:
    assert entity("town", "Paris").country == "USA"
    assert entity("town", "Paris").links == ()
    found = entity("town", "The Lamar County sheriff")
    assert (found.country, found.sector) == ("USA", "COP")


def test_a_capital_that_acts_is_a_government() -> None:
    assert (entity("acting", "Lima").country, entity("acting", "Lima").sector) == ("PER", "GOV")
    assert entity("town", "Paris").sector is None


def test_a_counterpart_holds_the_same_office_of_the_other_country() -> None:
    assert chains("counterpart")["Aino Salo"] == ["her Finnish counterpart", "Aino Salo"]
    found = entity("named-counterpart", "Aino Salo")
    assert [(r.title, r.of) for r in found.roles] == [("foreign minister", "FIN")]


def test_one_post_in_two_spellings_is_one_role() -> None:
    assert [(r.title, r.of) for r in entity("spellings", "Lise Holm").roles] == [("defence minister", "DNK")]


def test_a_plural_pronoun_may_stand_before_the_pair_it_means() -> None:
    assert chains("ahead")["the two ministers"] == ["their", "the two ministers"]


def test_no_thing_has_a_visit() -> None:
    assert chains("deed")["costly machines"] == ["costly machines"]


def test_they_are_both_subjects_of_the_sentence_before() -> None:
    assert chains("both")["Lise Holm and Aino Salo"] == ["They"]


def test_we_in_one_quotation_is_one_party() -> None:
    assert chains("quoted-we")["We"] == ["We", "our", "we"]


def test_forces_belong_to_the_country_that_has_them() -> None:
    assert (entity("owned", "its forces").country, entity("owned", "its forces").sector) == ("PER", "MIL")


def test_an_unclosed_quotation_ends() -> None:
    lines = "\n\n".join(f"1  {'“' if i == 0 else 'Rain'}  x  NOUN  NN  _  0  root  _  _" for i in range(9))
    numbers = quote_numbers(record_from_conllu(lines).tokens)
    assert numbers[1] == 1
    assert numbers[-1] == 0


def test_it_that_is_willing_is_somebody_and_mostly_who_says_so(reader: Callable[..., Record]) -> None:
    text = "Syria says it is willing to withdraw its troops from Lebanon."
    record = reader(text, published="2024-05-18")
    words = {m.id: m.span.of(text) for m in record.mentions}
    assert [words[m] for m in record.entities[0].mentions] == ["Syria", "it", "its"]


def test_letters_that_the_report_writes_out_itself_are_no_body_of_another_name(reader: Callable[..., Record]) -> None:
    text = "The New South Wales Environment Protection Authority (EPA) released the results. The EPA took six samples."
    record = reader(text, published="2023-04-18")
    told = next(e for e in record.entities if e.name.startswith("New South Wales"))
    assert (told.country, len(told.mentions)) == ("AUS", 3)
    assert not [e for e in record.entities if e.country == "USA"]
