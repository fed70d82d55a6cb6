"""Says what speaks for a name's type: a chunk with its surroundings in, named pieces of evidence out.

Each piece is a short string (``tag=ORG``, ``next=said``); their weights stand in ``data/lexicons/name_evidence.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.grammar import Tree
from dateline.knowledge.actors import Actors
from dateline.knowledge.companies import load_companies
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.nominals import Nominals
from dateline.stages.mentions.chunks import Chunk

_HYPHEN = re.compile(r" ([-‐‑–]) ")


def joined(words: Sequence[str]) -> str:
    """The words as one writes them: no space around a hyphen."""
    text = " ".join(words)
    return _HYPHEN.sub(r"\1", text) if " -" in text else text


class Evidence:
    """Reads the evidence for the chunks of one report."""

    def __init__(self, tree: Tree, lexicon: Nominals, actors: Actors, gazetteer: Gazetteer) -> None:
        self.tree, self.tokens, self.lexicon = tree, tree.tokens, lexicon
        self.actors, self.countries, self.gazetteer = actors, actors.countries, gazetteer

    def of_words(self, words: Sequence[str]) -> list[str]:
        """What the name itself says, wherever it stands."""
        first, last = words[0], words[-1]
        low = last.lower()
        text = joined(words)
        found = [f"n={min(text.count(' ') + 1, 4)}", f"last={low}", f"first={first.lower()}", f"end={low[-3:]}"]
        noun = self.lexicon.nouns.get(low)
        if noun is not None:
            found.append(f"head={noun.type}{'' if noun.heads_name else '?'}")
        noun = self.lexicon.nouns.get(first.lower())
        if noun is not None and len(words) > 1:
            found.append(f"open={noun.type}{'' if noun.heads_name else '?'}")
        if first in self.lexicon.given:
            found.append("given+" if len(words) > 1 else "given")
        if len(words) == 1 and first.isupper() and first.isalpha():
            found.append("capitals" if len(first) > 1 else "letter")
        found.extend(self._countries(text, words))
        found.extend(self._known(text))
        found.extend(f"has={w}" for w in words[1:-1] if w.islower())
        if any(c.isdigit() for c in text):
            found.append("digit")
        if "." in first and len(first) == 2 and len(words) > 1:
            found.append("initial")
        return found

    def _countries(self, text: str, words: Sequence[str]) -> list[str]:
        """Whether the name is a country's, or opens with one ("Bangladesh Railway")."""
        past = self.lexicon.historical.get(text.lower())
        if past is not None:
            return ["country=name" if past[0].lower() == text.lower() else "country=adjective"]
        hit = self.countries.find(text)
        if hit is not None:
            return [f"country={hit.how}"]
        inner = self.countries.find(words[0]) if len(words) > 1 else None
        return [f"opens-country={inner.how}"] if inner is not None else []

    def _known(self, name: str) -> list[str]:
        """What the tables of actors and of places hold under this name."""
        found = []
        actors = self.actors.find(name) if len(name) > 1 else ()
        if not actors and load_companies().find(name) is not None:
            found.append("known=ORG")
        if actors:
            found.append(f"known={'PER' if actors[0].kind == 'person' else 'ORG'}")
        senses = self.gazetteer.find(name)
        if senses:
            size = len(str(max(sense.population for sense in senses)))
            found.append(f"place={senses[0].kind}")
            found.append(f"people={size}")
        else:
            found.append("place-")
        return found

    def of_place(self, chunk: Chunk) -> list[str]:
        """What the surroundings say at one occurrence."""
        tag = self._tag(chunk)
        words = chunk.last - chunk.first
        shape = "caps" if words == 1 and self.tokens[chunk.first].form.isupper() else min(words, 3)
        found = [tag, f"{tag}/{shape}"]
        if chunk.title:
            row = self.lexicon.titles.get(chunk.title.rsplit(" ", 1)[-1])
            found.append(f"title={row.kind if row else 'other'}")
        found.extend(self._neighbours(chunk))
        head = self.head(chunk)
        token = self.tokens[head]
        relation = token.deprel.partition(":")[0]
        found.append(f"rel={relation}")
        if token.head >= 0:
            above = self.tokens[token.head]
            if relation in {"nsubj", "obj", "appos", "conj", "nmod"}:
                found.append(f"{token.deprel}<{above.lemma.lower()}")
            noun = self.lexicon.nouns.get(above.lemma.lower())
            if noun is not None and relation in {"compound", "appos", "nmod", "amod"}:
                found.append(f"{relation}<{noun.type}")
        apposition = self.tree.kid(head, "appos")
        if apposition is not None:
            noun = self.lexicon.nouns.get(self.tokens[apposition].lemma.lower())
            if noun is not None:
                found.append(f"appos>{noun.type}")
        return found

    def head(self, chunk: Chunk) -> int:
        """The chunk's token that hangs on a word outside it (the last such one)."""
        for i in range(chunk.last - 1, chunk.first - 1, -1):
            if not chunk.first <= self.tokens[i].head < chunk.last:
                return i
        return chunk.last - 1

    def _tag(self, chunk: Chunk) -> str:
        tokens = self.tokens
        opening = tokens[chunk.first].entity
        label = opening[2:]
        if label and all(t.entity[2:] == label for t in tokens[chunk.first : chunk.last]):
            return f"tag={label}"
        labels = [t.entity[2:] for t in tokens[chunk.first : chunk.last] if t.entity]
        return f"tag~{labels[-1]}" if labels else "tag-"

    def _neighbours(self, chunk: Chunk) -> list[str]:
        tokens = self.tokens
        found = []
        if chunk.first > 0 and tokens[chunk.first - 1].sentence == tokens[chunk.first].sentence:
            before = tokens[chunk.first - 1]
            found.append(f"prev={before.lemma.lower()}")
            noun = self.lexicon.nouns.get(before.lemma.lower())
            if noun is not None:
                found.append(f"prev:{noun.type}")
        else:
            found.append("prev=^")
        if chunk.last < len(tokens) and tokens[chunk.last].sentence == tokens[chunk.first].sentence:
            after = tokens[chunk.last]
            found.append(f"next={after.lemma.lower()}")
            noun = self.lexicon.nouns.get(after.lemma.lower())
            if noun is not None:
                found.append(f"next:{noun.type}")
        return found
