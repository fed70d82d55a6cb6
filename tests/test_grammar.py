"""Questions about trees, on parses written by hand."""

from __future__ import annotations

from dateline.grammar import Tree, is_a, joined_lemmas, tree_of
from dateline.model import Span, Token
from tests.conllu import record_from_conllu

PASSIVE = record_from_conllu("""
1 The      the      DET   DT  _ 2 det        _ _
2 envoy    envoy    NOUN  NN  _ 6 nsubj:pass _ _
3 has      have     AUX   VBZ _ 6 aux        _ _
4 not      not      PART  RB  _ 6 advmod     _ _
5 been     be       AUX   VBN _ 6 aux:pass   _ _
6 received receive  VERB  VBN _ 0 root       _ _
7 by       by       ADP   IN  _ 8 case       _ _
8 Oman     Oman     PROPN NNP _ 6 obl:agent  _ _
9 .        .        PUNCT .   _ 6 punct      _ _
""")
CONTROL = record_from_conllu("""
1 Oman   Oman   PROPN NNP _ 2 nsubj _ _
2 urged  urge   VERB  VBD _ 0 root  _ _
3 Yemen  Yemen  PROPN NNP _ 2 obj   _ _
4 to     to     PART  TO  _ 5 mark  _ _
5 talk   talk   VERB  VB  _ 2 xcomp _ _
6 and    and    CCONJ CC  _ 9 cc    _ _
7 it     it     PRON  PRP _ 9 nsubj _ _
8 could  could  AUX   MD  _ 9 aux   _ _
9 help   help   VERB  VB  _ 2 conj  _ _
""")
RELATIVE = record_from_conllu("""
1 jets    jet     NOUN NNS _ 0 root      _ _
2 which   which   PRON WDT _ 3 nsubj     _ _
3 bombed  bomb    VERB VBD _ 1 acl:relcl _ _
4 nothing nothing PRON NN  _ 3 obj       _ _
5 shown   show    VERB VBN _ 1 acl       _ _
""")


def test_relations_match_with_their_subtypes() -> None:
    assert is_a("obl:in", "obl")
    assert is_a("obl", "obl")
    assert not is_a("obligatory", "obl")
    assert not is_a("obl", "obl:in")


def test_a_passive_gives_object_agent_and_negation() -> None:
    tree = tree_of(PASSIVE)
    assert tree.passive(5)
    assert tree.object(5) == 1
    assert tree.agent(5) == 7
    assert tree.negated(5) == 3
    assert tree.tense(5) == "perfect"
    assert tree.phrase(1).of(PASSIVE.article.text) == "The envoy"
    assert [tree.tokens[k].form for k in tree.verb_group(5)] == ["has", "not", "been", "received"]


def test_the_object_controls_an_infinitive_and_a_modal_belongs_to_its_own_verb() -> None:
    tree = tree_of(CONTROL)
    assert tree.subject(4) == 2
    assert tree.tense(4) == "infinitive"
    assert tree.modal(8) == 7
    assert tree.modal(1) is None
    assert tree.subject(8) == 6


def test_relative_clauses_and_reduced_ones_know_their_noun() -> None:
    tree = tree_of(RELATIVE)
    assert tree.subject(2) == 0
    assert tree.negated(2) == 3
    assert tree.passive(4)
    assert tree.object(4) == 0


def test_the_same_record_gives_the_same_tree_and_another_one_its_own() -> None:
    assert tree_of(PASSIVE) is tree_of(PASSIVE)
    assert tree_of(CONTROL) is not tree_of(PASSIVE)
    assert isinstance(tree_of(RELATIVE), Tree)


def test_words_parted_at_a_hyphen_are_whole_where_they_are_known() -> None:
    words = ["a", "cease", "-", "fire", "an", "anti", "-", "war", "-", "fire"]
    tokens: list[Token] = []
    at = 0
    for word in words:
        start = at + (word != "-" and at > 0 and tokens[-1].form != "-")
        tokens.append(Token(start, start + len(word), word, word, "NOUN", "NN", "", -1, "dep", 0))
        at = start + len(word)
    assert joined_lemmas(tokens, words, {"cease-fire"})[3] == "cease-fire"
    assert joined_lemmas(tokens, words, {"cease-fire"})[4:] == words[4:]


def test_a_relation_is_asked_for_with_its_subtypes_however_often() -> None:
    tree = tree_of(PASSIVE)
    for _ in range(2):
        assert tree.kids(5, "nsubj", "obl") == [1, 7]
        assert tree.kid(5, "obl:by") is None
    assert tree.kids(0, "det") == []
    tree.kids(0, "det").append(5)  # what is given is the asker's own
    assert tree.kids(0, "det") == []


def test_characters_lead_to_tokens() -> None:
    tree = tree_of(PASSIVE)
    second, third = tree.tokens[1], tree.tokens[2]
    assert tree.inside(Span(second.start, third.end)) == range(1, 3)
    assert tree.inside(Span(second.start + 1, third.start)) == range(2, 2)
    assert tree.starting_at(second.start) == 1
    assert tree.starting_at(second.start + 1) is None
    assert tree.starting_at(10**6) is None
    assert tree.token_from(second.start + 1) == 2
    assert tree.token_from(10**6) == len(tree.tokens)
