"""ClearNLP arrays in, Universal Dependencies out."""

from __future__ import annotations

from dateline.stages.syntax.universal import Arrays, add_markers, to_universal


def converted(*rows: tuple[str, str, str, int]) -> list[tuple[int, str]]:
    """(form, upos, clear relation, head) rows -> (head, relation) pairs, a root's head being itself."""
    forms = [r[0] for r in rows]
    lemmas = ["be" if f.lower() in {"is", "was", "were", "are"} else f.lower() for f in forms]
    arrays = Arrays(
        [r[3] for r in rows], [r[2] for r in rows], [r[1] for r in rows], lemmas, [f.lower() for f in forms]
    )
    to_universal(arrays)
    add_markers(arrays)
    assert all(0 <= h < len(rows) for h in arrays.head)
    assert all(c in arrays.children[h] for c, h in enumerate(arrays.head) if c != h)
    return list(zip(arrays.head, arrays.rel, strict=True))


def test_a_preposition_becomes_the_case_of_its_object_and_names_the_relation() -> None:
    found = converted(
        ("They", "PRON", "nsubj", 1), ("met", "VERB", "ROOT", 1), ("in", "ADP", "prep", 1), ("Oslo", "PROPN", "pobj", 2)
    )
    assert found == [(1, "nsubj"), (1, "root"), (3, "case"), (1, "obl:in")]


def test_under_a_noun_the_phrase_is_an_nmod() -> None:
    found = converted(("talks", "NOUN", "ROOT", 0), ("with", "ADP", "prep", 0), ("Oman", "PROPN", "pobj", 1))
    assert found[2] == (0, "nmod:with")
    assert found[1] == (2, "case")


def test_a_chain_of_prepositions_gives_one_relation() -> None:
    found = converted(
        ("fled", "VERB", "ROOT", 0), ("out", "ADP", "prep", 0), ("of", "ADP", "prep", 1), ("Aden", "PROPN", "pobj", 2)
    )
    assert found[3] == (0, "obl:out_of")
    assert {found[1], found[2]} == {(3, "case")}


def test_the_by_phrase_of_a_passive_is_the_agent() -> None:
    found = converted(
        ("He", "PRON", "nsubjpass", 2), ("was", "AUX", "auxpass", 2), ("greeted", "VERB", "ROOT", 2),
        ("by", "ADP", "agent", 2), ("officers", "NOUN", "pobj", 3),
    )  # fmt: skip
    assert found[0] == (2, "nsubj:pass")
    assert found[1] == (2, "aux:pass")
    assert found[4] == (2, "obl:agent")


def test_the_nominal_predicate_is_the_head_and_be_its_copula() -> None:
    found = converted(
        ("She", "PRON", "nsubj", 1),
        ("is", "AUX", "ROOT", 1),
        ("minister", "NOUN", "attr", 1),
        (".", "PUNCT", "punct", 1),
    )
    assert found == [(2, "nsubj"), (2, "cop"), (2, "root"), (2, "punct")]


def test_a_gerund_after_a_preposition_is_a_clause_with_a_mark() -> None:
    found = converted(
        ("accused", "VERB", "ROOT", 0),
        ("of", "ADP", "prep", 0),
        ("selling", "VERB", "pcomp", 1),
        ("arms", "NOUN", "dobj", 2),
    )
    assert found[2] == (0, "advcl:of")
    assert found[1] == (2, "mark")
    assert found[3] == (2, "obj")


def test_every_conjunct_hangs_on_the_first_and_the_conjunction_on_the_last() -> None:
    found = converted(
        ("tanks", "NOUN", "ROOT", 0), (",", "PUNCT", "punct", 0), ("guns", "NOUN", "conj", 0),
        ("and", "CCONJ", "cc", 2), ("mines", "NOUN", "conj", 2),
    )  # fmt: skip
    assert found[2] == (0, "conj")
    assert found[4] == (0, "conj")
    assert found[3] == (4, "cc")


def test_coordinated_prepositional_phrases_stay_coordinated() -> None:
    found = converted(
        ("fought", "VERB", "ROOT", 0), ("in", "ADP", "prep", 0), ("Aden", "PROPN", "pobj", 1),
        ("and", "CCONJ", "cc", 1), ("near", "ADP", "conj", 1), ("Taiz", "PROPN", "pobj", 4),
    )  # fmt: skip
    assert found[2] == (0, "obl:in")
    assert found[5] == (2, "conj")
    assert found[4] == (5, "case")


def test_the_infinitive_marker_is_a_mark_and_the_particle_a_compound() -> None:
    found = converted(
        ("plan", "VERB", "ROOT", 0), ("to", "PART", "aux", 2), ("set", "VERB", "xcomp", 0), ("up", "ADP", "prt", 2)
    )
    assert found[1] == (2, "mark")
    assert found[3] == (2, "compound:prt")


def test_a_subordinate_clause_is_named_by_its_conjunction() -> None:
    found = converted(
        ("left", "VERB", "ROOT", 0),
        ("after", "SCONJ", "mark", 3),
        ("they", "PRON", "nsubj", 3),
        ("met", "VERB", "advcl", 0),
    )
    assert found[3] == (0, "advcl:after")
