"""What no English sentence has, put right: tags and arrays of one sentence in, changed in place."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from dateline.grammar import MUTUAL
from dateline.knowledge.lexicons import load_certainty
from dateline.knowledge.nominals import word_set
from dateline.knowledge.patterns import load_patterns
from dateline.stages.syntax.lemmas import is_verb, lemma_of
from dateline.stages.syntax.trees import SUBJECTS
from dateline.stages.syntax.universal import Arrays

_NOUNS = frozenset({"NOUN", "PROPN"})
_NOMINAL = _NOUNS | {"PRON"}
_CLAUSES = frozenset({"advcl", "advcl:relcl"})
_RELATIVE = _CLAUSES | {"acl:relcl"}
_MARKERS = frozenset({"case", "mark"})
_OBJECTS = frozenset({"obj", "iobj"})
_BARE = frozenset({"obl:unmarked", "obl:tmod", "obl:npmod"})
_RELATING = frozenset({"who", "which", "where", "whom"})
_LOOSE = frozenset({"obl", "advmod", "advcl", "conj"})
_PARTICLES = frozenset({"up", "down", "off", "out", "over", "away", "back"})
_OF_CLAUSES = frozenset({"acl", "advcl", "ccomp"})
_BEHIND_SAID = _CLAUSES | {"acl", "parataxis", "ccomp", "conj"}
_BARE_OR_OBJECT = _BARE | {"obj"}
_AT_NOUNS = _BARE | {"appos", "obj", "obl", "obl:agent", "nmod", "nmod:unmarked"}
_BEFORE_SUBJECTS = _BARE_OR_OBJECT | {"compound"}
_ARTICLES = frozenset({"the", "a", "an"})
_IN_PHRASES = _NOUNS | {"ADJ"}
_IN_NOUNS = frozenset(
    {"det", "amod", "compound", "nummod", "nmod", "nmod:poss", "punct", "conj", "acl", "acl:relcl", "flat"}
)
"""What hangs on a noun in its phrase."""
_TIMES = frozenset({"day", "week", "month", "year", "time", "moment", "night", "morning", "evening", "afternoon"})
_MARKED = {
    "ccomp": frozenset({"of", "from", "for", "by", "with", "in", "on", "at"}),
    "acl": frozenset({"if", "unless", "because", "when", "while", "although", "though", "until", "before", "after"}),
}
"""What a clause is not marked with where it has these relations."""
_TO_SOMEBODY = frozenset(
    {"accuse", "appeal", "come", "commit", "get", "go", "invite", "move", "press", "push", "report"}
)
"""Verbs that govern infinitives and also have ``to`` before a noun."""
_TO_HEARERS = frozenset({"ask", "tell", "urge", "warn"})
"""Verbs of saying behind which a noun is more often who hears it."""
_CLOSES = frozenset({",", "”", '"', "''", "’"})


@functools.cache
def _before_infinitives() -> frozenset[str]:
    return frozenset(verb for verb, pos, frame in load_certainty() if (pos, frame) == ("verb", "to")) - _TO_SOMEBODY


def infinitives(words: Sequence[str], classes: Sequence[tuple[str, ...]]) -> Iterator[int]:
    """The words that are told as nouns and are infinitives: verbs too, behind ``to`` and a verb that asks for one
    ("declined to comment"), with no noun behind them. ``classes`` are universal tag, Penn tag, features."""
    for k in range(2, len(words)):
        if classes[k][1] != "NN" or words[k - 1] != "to" or classes[k - 2][0] != "VERB":
            continue
        followed = k + 1 < len(words) and classes[k + 1][0] == "NOUN"
        if lemma_of(words[k - 2], *classes[k - 2][:2]) in _before_infinitives() and is_verb(words[k]) and not followed:
            yield k


def after_article(words: Sequence[str], classes: Sequence[tuple[str, ...]]) -> Iterator[int]:
    """The words that are told as verbs and stand right behind an article: nouns ("call for a boycott")."""
    for k in range(1, len(words)):
        if classes[k][1] in {"VB", "VBP"} and words[k - 1].lower() in _ARTICLES:
            yield k


def singular(words: Sequence[str], classes: Sequence[tuple[str, ...]]) -> Iterator[int]:
    """The nouns told as plural that have the form of the singular, in a phrase with ``a`` ("a Russian bomber")."""
    for k in range(1, len(words)):
        if classes[k][1] != "NNS" or lemma_of(words[k], *classes[k][:2]) != words[k]:
            continue
        first = k - 1
        while first > 0 and classes[first][0] in _IN_PHRASES:
            first -= 1
        if words[first].lower() in {"a", "an"}:
            yield k


def finite(arrays: Arrays) -> None:
    """A participle does not stand between the nouns of one phrase: a sentence that is nothing but such a phrase has it
    for its verb ("The treasury sanctioned three firms")."""
    for verb, rel in enumerate(arrays.rel):
        noun = arrays.head[verb]
        if rel != "amod" or arrays.upos[verb] != "VERB" or arrays.rel[noun] != "ROOT" or verb > noun:
            continue
        before = [k for k in (*arrays.children[noun], *arrays.children[verb]) if k < verb and arrays.upos[k] in _NOUNS]
        if not before or arrays.upos[noun] not in _NOUNS:
            continue
        subject = before[0]
        arrays.take_place(verb, noun, "ROOT")
        for k in list(arrays.children[noun]):
            if k < subject:
                arrays.hang(k, subject, arrays.rel[k])
            elif arrays.rel[k] == "punct" and k > noun:
                arrays.hang(k, verb, "punct")
        arrays.hang(subject, verb, "nsubj")
        arrays.hang(noun, verb, "obj")


@functools.cache
def _phrasal() -> frozenset[tuple[str, str]]:
    """Verbs with a particle that the rules of events know."""
    return frozenset(verb for rule in load_patterns().rules for verb in rule.verbs if verb[1] in _PARTICLES)


def particles(arrays: Arrays) -> None:
    """What looks like a preposition right behind a verb is its particle where the two are one word ("handed over their
    weapons")."""
    for k, rel in enumerate(arrays.rel):
        verb = arrays.head[k]
        if rel != "obl" or k < verb or any(arrays.rel[n] == "obj" for n in arrays.children[verb]):
            continue
        cases = [n for n in arrays.children[k] if arrays.rel[n] == "case"]
        if cases == [verb + 1] and (arrays.lemma[verb], arrays.word[verb + 1]) in _phrasal():
            arrays.rel[k] = "obj"
            arrays.hang(verb + 1, verb, "compound:prt")


def with_case(arrays: Arrays) -> None:
    """An oblique has a preposition: a noun without one is an object, or where there is one already, a bare oblique;
    what has one is no bare oblique, and no predicate of what stands above ("put him on trial")."""
    for k, rel in enumerate(arrays.rel):
        below = {arrays.rel[n] for n in arrays.children[k]} if rel == "xcomp" or rel.startswith("obl") else set()
        if arrays.upos[k] not in _NOMINAL:
            continue
        if (rel == "xcomp" or rel in _BARE) and "case" in below:
            arrays.rel[k] = "obl"
        elif (rel == "obl" or (rel in _BARE and arrays.upos[k] == "PRON")) and not below & _MARKERS:
            taken = any(arrays.rel[n] == "obj" for n in arrays.children[arrays.head[k]])
            arrays.rel[k] = "obl:unmarked" if taken else "obj"


def named(arrays: Arrays) -> None:
    """A name right behind a noun with an article, no day, is the noun's ("aboard the ship Berta", "by the agency
    Norna")."""
    for k, rel in enumerate(arrays.rel):
        if rel not in _AT_NOUNS or arrays.upos[k] != "PROPN" or arrays.word[k] in word_set("calendar"):
            continue
        noun = arrays.first(k) - 1
        if noun < 0 or arrays.upos[noun] != "NOUN" or arrays.head[k] == noun or arrays.lemma[noun] in _TIMES:
            continue
        bare = not any(arrays.rel[n] in _MARKERS for n in arrays.children[k])
        article = any(arrays.word[n] in _ARTICLES for n in arrays.children[noun])
        if bare and article and arrays.head[k] < noun:
            arrays.hang(k, noun, "appos")


def active(arrays: Arrays) -> None:
    """A verb behind ``had`` alone is no passive: its subject acts."""
    for k, rel in enumerate(arrays.rel):
        if rel == "nsubj:pass":
            helpers = [n for n in arrays.children[arrays.head[k]] if arrays.rel[n].startswith("aux")]
            if helpers and all(arrays.rel[n] == "aux" and arrays.lemma[n] == "have" for n in helpers):
                arrays.rel[k] = "nsubj"


def absolute(arrays: Arrays) -> None:
    """A noun between a comma and a form in -ing is who does it ("The two smiled, Berg promising help")."""
    for k, rel in enumerate(arrays.rel):
        if rel not in _BARE_OR_OBJECT or arrays.upos[k] not in _NOUNS or arrays.word[k] in word_set("calendar"):
            continue
        verb = arrays.last(k) + 1
        if verb == len(arrays.rel):
            continue
        doing = (
            arrays.rel[verb] == "advcl" and arrays.word[verb].endswith("ing") and arrays.head[verb] == arrays.head[k]
        )
        if doing and arrays.word[arrays.first(k) - 1] == ",":
            arrays.hang(k, verb, "nsubj")


def called_on(arrays: Arrays) -> None:
    """A report calls on nobody: the noun right before a verb is its subject, and what was taken for that stands before
    what is said ("He is “to visit Oslo”, she said")."""
    for k, rel in enumerate(arrays.rel):
        verb = arrays.head[k]
        if rel != "vocative" or arrays.last(k) + 1 != verb or arrays.upos[verb] != "VERB":
            continue
        for n in arrays.children[verb]:
            if arrays.rel[n] in SUBJECTS:
                arrays.rel[n] = "obj"
        arrays.rel[k] = "nsubj"


def infinitive(arrays: Arrays) -> None:
    """A verb behind ``to`` is a clause and no oblique."""
    for k, rel in enumerate(arrays.rel):
        if arrays.upos[k] == "VERB" and rel.startswith("obl") and k and arrays.word[k - 1] == "to":
            arrays.rel[k] = "xcomp"
            if arrays.head[k - 1] == k:
                arrays.rel[k - 1] = "mark"


def nominal(arrays: Arrays) -> None:
    """A noun with a preposition and no mark is no clause."""
    for k, rel in enumerate(arrays.rel):
        below = {arrays.rel[n] for n in arrays.children[k]} if rel in _OF_CLAUSES else set()
        if arrays.upos[k] == "NOUN" and "case" in below and not below & {"mark", "cop", "nsubj"}:
            arrays.rel[k] = "nmod" if arrays.upos[arrays.head[k]] in _NOUNS else "obl"


def adverbial(arrays: Arrays) -> None:
    """A clause with a preposition is no complement ("suspect them of wanting"), one with "if" tells of no noun."""
    for k, rel in enumerate(arrays.rel):
        marks = {arrays.word[n] for n in arrays.children[k] if arrays.rel[n] == "mark"} if rel in _MARKED else set()
        if marks & _MARKED.get(rel, frozenset()):
            arrays.rel[k] = "advcl"


def each_other(arrays: Arrays) -> None:
    """ "Each other" or "one another" before a noun with an article is whom it is for ("offered each other a rifle")."""
    for k in range(len(arrays.rel) - 2):
        if f"{arrays.word[k]} {arrays.word[k + 1]}" not in MUTUAL or arrays.upos[k + 2] != "DET":
            continue
        noun = arrays.head[k + 2]
        if arrays.head[noun] < k and arrays.rel[noun] == "obj":
            arrays.hang(k + 1, arrays.head[noun], "iobj")
            arrays.hang(k, k + 1, "det")


def one_name(arrays: Arrays) -> None:
    """Two words of names side by side before a verb, one of them its subject, are one name ("Radu Iliescu said")."""
    for k in range(len(arrays.rel) - 1):
        verb, both = arrays.head[k], {arrays.rel[k], arrays.rel[k + 1]}
        if verb <= k + 1 or arrays.head[k + 1] != verb or not both & SUBJECTS:
            continue
        names = arrays.upos[k] == arrays.upos[k + 1] == "PROPN" and arrays.word[k] not in word_set("calendar")
        if names and not any(arrays.rel[n] in _MARKERS for n in arrays.children[k]):
            arrays.rel[k] = (both & SUBJECTS).pop() if len(both & SUBJECTS) == 1 else arrays.rel[k]
            arrays.hang(k + 1, k, "flat")


def before_the_verb(arrays: Arrays) -> None:
    """A noun with an article before a verb is no part of it but its subject ("The general reviewed"). An object does
    not stand before the subject: right before a name it is what has the name ("the agency Norna said"); before what is
    said it is the subject of that, and what stands before it belongs there too ("Now he is “to go”, she said")."""
    for k, rel in enumerate(arrays.rel):
        verb = arrays.head[k]
        if k >= verb or rel not in _BEFORE_SUBJECTS or arrays.upos[k] == "PRON":
            continue
        subject = next((n for n in arrays.children[verb] if arrays.rel[n] in SUBJECTS), None)
        article = any(arrays.word[n] in _ARTICLES for n in arrays.children[k])
        if rel == "compound":
            if subject is None and article and arrays.upos[verb] == "VERB" and not arrays.word[verb].endswith("ing"):
                arrays.rel[k] = "nsubj"
        elif subject is None or not k < subject < verb or arrays.upos[k] not in _NOUNS:
            continue
        elif arrays.first(subject) == k + 1 and (rel == "obj" or (article and arrays.lemma[k] not in _TIMES)):
            if arrays.upos[subject] == "PROPN":
                _holder(arrays, k, subject, article)
        elif rel == "obj":
            _subject_of_said(arrays, k, subject)


def _holder(arrays: Arrays, k: int, name: int, article: bool) -> None:
    """Tie a noun to the name right behind it: with an article it stands over it."""
    if not article:
        arrays.hang(k, name, "compound")
        return
    arrays.rel[k] = arrays.rel[name]
    arrays.hang(name, k, "appos")


def _subject_of_said(arrays: Arrays, k: int, subject: int) -> None:
    verb = arrays.head[k]
    said = next((n for n in arrays.children[verb] if arrays.rel[n] == "ccomp" and k < n < subject), None)
    if said is None or any(arrays.rel[n] in SUBJECTS for n in arrays.children[said]):
        return
    arrays.hang(k, said, "nsubj")
    for n in list(arrays.children[verb]):
        if n < said:
            arrays.hang(n, said, arrays.rel[n])


def before_to(arrays: Arrays) -> None:
    """What has a preposition and stands before the "to" of an infinitive does not hang on it ("a promise from the state
    to pay")."""
    for k, rel in enumerate(arrays.rel):
        verb = arrays.head[k]
        above = arrays.head[verb]
        if rel != "obl" or k > verb or above >= k:
            continue
        if any(k < n < verb and arrays.rel[n] == "mark" and arrays.word[n] == "to" for n in arrays.children[verb]):
            arrays.hang(k, above, "nmod" if arrays.upos[above] in _NOUNS else "obl")


def where_it_stands(arrays: Arrays) -> None:
    """A clause with ``where`` behind a noun tells of that noun, not of the verb above, and the noun is none of the
    clause ("from Bergen, where he ...")."""
    for k, rel in enumerate(arrays.rel):
        where = next((n for n in arrays.children[k] if arrays.word[n] == "where"), None) if rel in _CLAUSES else None
        if where is None or where > k:
            continue
        before = where - 2 if arrays.word[where - 1] == "," else where - 1
        if before <= arrays.head[k] or arrays.upos[before] not in _NOUNS:
            continue
        for n in list(arrays.children[k]):
            if n <= before and arrays.rel[n].startswith("obl") and arrays.head[k] != k:
                arrays.hang(n, arrays.head[k], arrays.rel[n])
        arrays.hang(k, before, "acl:relcl")


def whole_clauses(arrays: Arrays) -> None:
    """A relative clause behind a comma goes on up to the next mark: what stands in it hangs on no word before it."""
    for verb, rel in enumerate(arrays.rel):
        if rel not in _RELATIVE or arrays.head[verb] >= verb:
            continue
        relating = next((n for n in _below(arrays, verb) if n < verb and arrays.word[n] in _RELATING), None)
        if not relating or arrays.word[relating - 1] != "," or arrays.head[verb] >= relating:
            continue
        for k in range(verb + 1, len(arrays.rel)):
            if arrays.upos[k] == "PUNCT":
                break
            if arrays.head[k] < relating and arrays.head[k] != k and arrays.rel[k].split(":")[0] in _LOOSE:
                arrays.hang(k, verb, arrays.rel[k])


def inverted(arrays: Arrays) -> None:
    """A verb of saying behind what is said, without a subject and with a noun right behind it, has that for its subject
    ("..., announced the mayor")."""
    for k, rel in enumerate(arrays.rel):
        if rel not in _BEHIND_SAID or arrays.upos[k] != "VERB" or not k or arrays.word[k - 1] not in _CLOSES:
            continue
        if arrays.lemma[k] in _TO_HEARERS or arrays.lemma[k] not in word_set("said-aside"):
            continue
        below = arrays.children[k]
        told = next((n for n in below if arrays.rel[n] in _OBJECTS and arrays.upos[n] in _NOUNS and n > k), None)
        top = k
        while arrays.head[top] != top:
            top = arrays.head[top]
        alone = not any(arrays.rel[n] in SUBJECTS or arrays.rel[n].startswith(("aux", "ccomp")) for n in below)
        if told is not None and alone and top < k and arrays.first(told) == k + 1:
            arrays.rel[told] = "nsubj"
            arrays.hang(k, top, "parataxis")


def beside_nouns(arrays: Arrays) -> None:
    """A noun does not go on a verb: behind a comma it tells more of the noun before it ("a rifle, gifts", "its weapons,
    tubes and launchers"). What a verb that is left out would govern stays ("Italy in May, Peru in June")."""
    for k, rel in enumerate(arrays.rel):
        verb = arrays.head[k]
        if rel != "conj" or arrays.upos[k] not in _NOUNS or arrays.upos[verb] != "VERB" or verb > k:
            continue
        if any(arrays.rel[n] not in _IN_NOUNS for n in arrays.children[k]):
            continue
        noun = arrays.first(k) - 1
        while noun > verb and arrays.upos[noun] == "PUNCT":
            noun -= 1
        if noun > verb and arrays.upos[noun] in _NOUNS and arrays.word[noun + 1] == ",":
            arrays.hang(k, noun, "appos")


REPAIRS = (
    finite, particles, with_case, infinitive, nominal, adverbial, each_other, named, absolute, active, called_on,
    one_name, before_the_verb, before_to, where_it_stands, whole_clauses, inverted, beside_nouns,
)  # fmt: skip


def repair(arrays: Arrays) -> None:
    """Put right what the heads told each by itself."""
    for one in REPAIRS:
        one(arrays)


def _below(arrays: Arrays, i: int) -> Iterator[int]:
    """What hangs on a word, and on that."""
    for k in arrays.children[i]:
        yield k
        yield from arrays.children[k]
