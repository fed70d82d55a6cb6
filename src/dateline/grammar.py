"""Questions about a parsed report: children, subjects, voice, tense, polarity. Tokens in, token indices or spans out.

Indices are positions in ``Record.tokens``. Relations are Universal Dependencies; ``"obl"`` asks for ``obl`` and for
every ``obl:*``, ``"obl:in"`` for that one alone.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Sequence

from dateline.model import Record, Sentence, Span, Token

NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "nobody", "none", "hardly", "nothing"})
MUTUAL = frozenset({"each other", "one another"})
"""Words that only say that parties are each other's."""
EDGES = ("acl", "appos", "conj", "cc", "punct", "case", "cop", "mark")
"""Relations at which a plain noun phrase ends."""
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def is_a(deprel: str, relation: str) -> bool:
    """True where ``deprel`` is ``relation`` or a subtype of it."""
    return deprel.startswith(relation) and (len(deprel) == len(relation) or deprel[len(relation)] == ":")


class _Asked(dict[str, bool]):
    """Whether a word's relation is one of those asked for, or a subtype of one; worked out once a relation."""

    __slots__ = ("relations",)

    def __init__(self, relations: tuple[str, ...]) -> None:
        super().__init__()
        self.relations = relations

    def __missing__(self, deprel: str) -> bool:
        found = any(is_a(deprel, relation) for relation in self.relations)
        if len(self) < _MOST:
            self[deprel] = found
        return found


_MOST = 2000
"""Relations kept of one question, and questions kept: a parser of one's own may name as many as it likes."""
_asked = functools.lru_cache(maxsize=_MOST)(_Asked)


class Tree:
    """The dependency trees of one report. Built once a record (:func:`tree_of`), read by every stage."""

    __slots__ = ("_passive", "_phrases", "_rels", "children", "ends", "sentences", "starts", "text", "tokens")

    def __init__(self, tokens: Sequence[Token], sentences: Sequence[Sentence], text: str) -> None:
        self.tokens, self.sentences, self.text = tokens, sentences, text
        self._rels = [token.deprel for token in tokens]
        self._passive: dict[int, bool] = {}
        self._phrases: dict[tuple[int, tuple[str, ...]], Span] = {}
        self.starts, self.ends = [token.start for token in tokens], [token.end for token in tokens]
        self.children: list[list[int]] = [[] for _ in tokens]
        for i, token in enumerate(tokens):
            if token.head >= 0:
                self.children[token.head].append(i)

    # --- neighbours -----------------------------------------------------------------------------------------------

    def kids(self, i: int, *relations: str) -> list[int]:
        """Children of ``i`` in text order that stand in one of the relations (all of them when none is named)."""
        below = self.children[i]
        if not relations:
            return below
        asked, rels = _asked(relations), self._rels
        return [k for k in below if asked[rels[k]]]

    def kid(self, i: int, *relations: str) -> int | None:
        """The first such child, or None."""
        below = self.children[i]
        if not below:
            return None
        asked, rels = _asked(relations), self._rels
        for k in below:  # plain loops: the stages ask this more than anything else
            if asked[rels[k]]:
                return k
        return None

    def ancestors(self, i: int) -> Iterator[int]:
        """Heads of ``i``, nearest first."""
        head = self.tokens[i].head
        while head >= 0:
            yield head
            head = self.tokens[head].head

    def descendants(self, i: int, stop: Iterable[str] = ()) -> list[int]:
        """``i`` and all below it in text order; subtrees whose relation is in ``stop`` are left out."""
        found, queue, asked, rels = [i], [i], _asked(tuple(stop)), self._rels
        while queue:
            below = [k for k in self.children[queue.pop()] if not asked[rels[k]]]
            found.extend(below)
            queue.extend(below)
        found.sort()
        return found

    def conjuncts(self, i: int) -> list[int]:
        """``i`` and the members coordinated with it (UD: all hang on the first)."""
        return [i, *self.kids(i, "conj")]

    # --- from characters to tokens --------------------------------------------------------------------------------

    def inside(self, span: Span) -> range:
        """The tokens that begin inside a span."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def token_from(self, character: int) -> int:
        """The first token that begins at or after a character; the number of tokens where none does."""
        return bisect_left(self.starts, character)

    def starting_at(self, character: int) -> int | None:
        """The token that begins at a character, or None."""
        found = bisect_left(self.starts, character)
        return found if found < len(self.starts) and self.starts[found] == character else None

    # --- stretches ------------------------------------------------------------------------------------------------

    def span(self, indices: Sequence[int]) -> Span:
        """From the first to the last of the tokens."""
        return Span(self.tokens[min(indices)].start, self.tokens[max(indices)].end)

    def phrase(self, i: int, stop: tuple[str, ...] = EDGES) -> Span:
        """The contiguous words around ``i`` that belong to it, without clauses, appositions and other members."""
        found = self._phrases.get((i, stop))
        if found is None:
            found = self._phrases[i, stop] = self._find_phrase(i, stop)
        return found

    def _find_phrase(self, i: int, stop: tuple[str, ...]) -> Span:
        inside = set(self.descendants(i, stop))
        first = last = i
        while first - 1 in inside:
            first -= 1
        while last + 1 in inside:
            last += 1
        return Span(self.tokens[first].start, self.tokens[last].end)

    def clause(self, i: int) -> Span:
        """Everything below ``i``, edges trimmed of punctuation."""
        inside = self.descendants(i)
        while len(inside) > 1 and self.tokens[inside[0]].upos == "PUNCT":
            inside.pop(0)
        while len(inside) > 1 and self.tokens[inside[-1]].upos == "PUNCT":
            inside.pop()
        return self.span(inside)

    def root(self, sentence: int) -> int:
        """The first root of a sentence."""
        s = self.sentences[sentence]
        return next((i for i in range(s.first, s.last) if self.tokens[i].head < 0), s.first)

    def sentence_span(self, sentence: int) -> Span:
        s = self.sentences[sentence]
        return Span(self.tokens[s.first].start, self.tokens[s.last - 1].end)

    # --- verbs ----------------------------------------------------------------------------------------------------

    def verb_group(self, i: int) -> list[int]:
        """``i`` with its auxiliaries, negation and particle, in text order."""
        group = [k for k in self.kids(i, "aux", "compound:prt", "cop") if abs(k - i) < 8]
        group += [k for k in self.kids(i, "advmod") if self.tokens[k].lemma in NEGATIONS and abs(k - i) < 8]
        return sorted([*group, i])

    def passive(self, i: int) -> bool:
        """True for a passive verb, reduced relatives ("the jets shown to him") included."""
        found = self._passive.get(i)  # asked by every stage that asks who did what
        if found is None:
            found = self._passive[i] = self._is_passive(i)
        return found

    def _is_passive(self, i: int) -> bool:
        if self.kid(i, "aux:pass", "nsubj:pass", "csubj:pass") is not None:
            return True
        token = self.tokens[i]
        if token.xpos != "VBN" or self.kid(i, "nsubj") is not None:
            return False
        if is_a(token.deprel, "advcl"):  # "when pressed on it, she said"
            return self.kid(i, "mark", "advmod") is not None and self.kid(i, "aux", "obj") is None
        return is_a(token.deprel, "acl")

    def subject(self, i: int, depth: int = 0) -> int | None:
        """The subject of a predicate: its own, shared by coordination, controlled (xcomp, participle), or the noun
        that a relative clause or participle modifies. None when the words give none."""
        own = self.kid(i, "nsubj", "nsubj:pass", "csubj")
        token = self.tokens[i]
        if own is not None:
            return self._antecedent(own, i)
        if depth > 4 or token.head < 0:
            return None
        head = token.head
        if is_a(token.deprel, "conj") and self.tokens[head].upos in {"VERB", "AUX", "ADJ", "NOUN"}:
            return self.subject(head, depth + 1)
        if is_a(token.deprel, "xcomp"):
            controller = self.kid(head, "obj", "iobj")
            if controller is not None and not self.passive(head):
                return controller
            return self.subject(head, depth + 1)
        if is_a(token.deprel, "advcl"):
            return self.subject(head, depth + 1)
        if is_a(token.deprel, "acl") and self.tokens[head].upos in _NOUNS:
            return head if token.deprel == "acl" else None
        return None

    def _antecedent(self, subject: int, verb: int) -> int:
        """A relative pronoun stands for the noun its clause modifies."""
        token = self.tokens[subject]
        if token.xpos in {"WDT", "WP"} and is_a(self.tokens[verb].deprel, "acl") and self.tokens[verb].head >= 0:
            return self.tokens[verb].head
        return subject

    def object(self, i: int) -> int | None:
        """The direct object, or the subject of a passive."""
        if self.passive(i):
            own = self.kid(i, "nsubj:pass", "nsubj")
            return self._antecedent(own, i) if own is not None else self.subject(i)
        return self.kid(i, "obj")

    def agent(self, i: int) -> int | None:
        """Who does it: the subject of an active verb, the ``by`` phrase of a passive."""
        return self.kid(i, "obl:agent", "obl:by") if self.passive(i) else self.subject(i)

    def negated(self, i: int) -> int | None:
        """The word that negates ``i`` directly (``not``, ``never``, ``no`` agreement), or None."""
        for k in self.children[i]:
            token = self.tokens[k]
            if token.lemma.lower() in NEGATIONS and token.deprel.split(":")[0] in {"advmod", "det", "cc", "mark"}:
                return k
        for relation in ("nsubj", "nsubj:pass", "obj"):
            k2 = self.kid(i, relation)
            if k2 is not None:
                det = next((d for d in self.children[k2] if self._negates_noun(d, k2)), None)
                if det is not None or self.tokens[k2].lemma.lower() in {"nobody", "nothing", "none"}:
                    return det if det is not None else k2
        return None

    def _negates_noun(self, d: int, noun: int) -> bool:
        """``no``, ``neither``; ``not`` before one ("not a single shot", "not one of them"), not before all or many."""
        lemma = self.tokens[d].lemma.lower()
        if lemma in {"no", "neither"}:
            return True
        near = {self.tokens[k].lemma.lower() for k in self.children[noun] if k < noun} | {
            self.tokens[noun].lemma.lower()
        }
        return lemma == "not" and d < noun and not near.isdisjoint({"single", "one"})

    def modal(self, i: int) -> int | None:
        """The modal auxiliary of ``i`` (``will``, ``could``), its own or, for a coordinated verb, the first one's."""
        for k in self.children[i]:
            if self.tokens[k].xpos == "MD":
                return k
        token = self.tokens[i]
        if is_a(token.deprel, "conj") and token.head >= 0 and self.kid(i, "nsubj", "aux") is None:
            return self.modal(token.head)
        return None

    def tense(self, i: int) -> str:
        """``past``, ``perfect``, ``present``, ``future``, ``infinitive``, ``participle`` or ``none`` (not a verb)."""
        token = self.tokens[i]
        auxiliaries = [self.tokens[k] for k in self.kids(i, "aux", "cop")]
        if token.upos not in {"VERB", "AUX"} and not auxiliaries:
            return "none"
        lemmas = {a.lemma.lower() for a in auxiliaries}
        if lemmas & {"will", "shall", "'ll", "wo"}:
            return "future"
        if any(a.lemma.lower() == "have" for a in auxiliaries):
            return "past" if any(a.lemma.lower() == "have" and a.xpos == "VBD" for a in auxiliaries) else "perfect"
        if any(a.xpos == "VBD" for a in auxiliaries) or token.xpos == "VBD":
            return "past"
        if any(a.xpos in {"VBZ", "VBP"} for a in auxiliaries) or token.xpos in {"VBZ", "VBP"}:
            return "present"
        if any(a.xpos == "MD" for a in auxiliaries):
            return "present"
        if any(self.tokens[k].lemma == "to" and self.tokens[k].deprel == "mark" for k in self.children[i]):
            return "infinitive"
        if is_a(token.deprel, "conj") and token.head >= 0 and self.tokens[token.head].upos == "VERB":
            return self.tense(token.head)
        return "participle" if token.xpos in {"VBG", "VBN"} else "infinitive"

    def progressive(self, i: int) -> bool:
        """True for "is visiting", "has been making"."""
        return self.tokens[i].xpos == "VBG" and any(self.tokens[k].lemma == "be" for k in self.kids(i, "aux"))


_last: tuple[tuple[Token, ...], Tree] | None = None


def tree_of(record: Record) -> Tree:
    """The trees of a record; asked for again by the next stage, the same object comes back."""
    global _last  # noqa: PLW0603 - one record is in hand at a time; a cache of one spares six rebuilds a report
    last = _last
    if last is not None and last[0] is record.tokens:
        return last[1]
    tree = Tree(record.tokens, record.sentences, record.article.text)
    _last = (record.tokens, tree)
    return tree


def joined_lemmas(tokens: Sequence[Token], lemmas: Sequence[str], known: Container[str]) -> list[str]:
    """Lemmas in which the last part of a word that the tokens part at its hyphen ("cease", "-", "fire") is the whole
    word, where that is a known one."""
    found = list(lemmas)
    for i in range(2, len(tokens)):
        if (
            tokens[i - 1].form == "-"
            and tokens[i - 2].end == tokens[i - 1].start
            and tokens[i - 1].end == tokens[i].start
        ):
            whole = f"{tokens[i - 2].form.lower()}-{lemmas[i]}"
            found[i] = whole if whole in known else lemmas[i]
    return found
