"""Finds the names of a report: parsed tokens in, typed drafts of NAM mentions out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dateline.grammar import Tree
from dateline.knowledge.actors import load_actors
from dateline.knowledge.gazetteer import load_gazetteer
from dateline.knowledge.nominals import Nominals, word_set
from dateline.model import MentionType, Record
from dateline.stages.mentions.chunks import Chunk, Chunker
from dateline.stages.mentions.drafts import Draft
from dateline.stages.mentions.evidence import Evidence
from dateline.stages.mentions.typing import Names, Pieces, best_class, load_weights

_SURE = 1.0
"""Lead of another class up to which a body of the tables stays one."""
_CITY = 50_000
"""People of a town that its region's report may speak of by name alone."""
_SPEAKING = frozenset({"say", "tell", "add", "ask", "explain", "recall"})
_PLACES: dict[str, MentionType] = {"GPE": "GPE", "LOC": "LOC", "FAC": "FAC"}
_TYPES: dict[str, MentionType] = {"PER": "PER", "ORG": "ORG", "NORP": "NORP", "MISC": "MISC"}


def find_names(record: Record, tree: Tree, lexicon: Nominals, hits: Sequence[Draft]) -> list[Draft]:
    """The names in text order, one type a name throughout the report; ``hits`` are weapons already found."""
    evidence = Evidence(tree, lexicon, load_actors(), load_gazetteer())
    taken = frozenset(i for hit in hits for i in range(hit.first, hit.last))
    chunks = Chunker(record.tokens, record.sentences, lexicon, evidence.countries, taken).chunks()
    names = Names(evidence, chunks)
    weights = load_weights()
    leads: dict[tuple[str, ...], float] = {}

    def classify(key: tuple[str, ...], pieces: Pieces) -> str:
        found, lead = best_class(weights, pieces.items())
        if "known=ORG" in pieces and "country=name" not in pieces and (lead < _SURE or _certain(key, found, pieces)):
            found = "ORG"
        if " ".join(key) in lexicon.historical and found != "NORP":
            found = "LOC"
        leads[key] = lead
        return found

    judged = names.judge(classify)
    mark_towns(judged, names)
    drafts = []
    for chunk in chunks:
        key = names.key(chunk)
        kind = judged[key]
        if kind == "NONE":
            continue
        ship = _ship(chunk, evidence)
        if ship is not None:
            drafts.append(Draft(ship, chunk.last, evidence.head(chunk), "NAM", "VEH", "names:ship", _score(leads[key])))
            continue
        type_ = _TYPES.get(kind) or place_type(key, names.groups[key], evidence)
        draft = Draft(chunk.first, chunk.last, evidence.head(chunk), "NAM", type_, "names:evidence", _score(leads[key]))
        drafts.append(_with_facility(draft, evidence) if kind == "LOC" else draft)
    return drafts


def mark_towns(judged: dict[tuple[str, ...], str], names: Names) -> None:
    """A lone word taken for a family name that nobody in the report bears is a town, where a city of that name lies in
    a region that the report names (``Austin`` beside ``Texas``): changed in ``judged``."""
    evidence = names.evidence
    persons = {word for key, found in judged.items() if found == "PER" and len(key) > 1 for word in key}
    lone = [key for key, found in judged.items() if found == "PER" and len(key) == 1 and key[0] not in persons]
    lone = [key for key in lone if not any(_personal(chunk, evidence) for chunk in names.groups[key])]
    if not lone:
        return
    regions = {
        sense.admin1
        for key, found in judged.items()
        if found == "LOC"
        for sense in evidence.gazetteer.find(" ".join(names.written(names.groups[key])))
        if sense.kind == "region" and sense.admin1
    }
    for key in lone:
        senses = evidence.gazetteer.find(" ".join(names.written(names.groups[key])))
        if any(sense.admin1 in regions and sense.population >= _CITY for sense in senses):
            judged[key] = "LOC"


def _ship(chunk: Chunk, evidence: Evidence) -> int | None:
    """The first token of a ship's name: "the destroyer Chicago", "USS Chicago", and with its rank "the frigate Admiral
    Moscow"."""
    tokens, first = evidence.tokens, chunk.first
    form = tokens[first].form
    if form.isupper() and form.lower() in word_set("ship-prefix") and chunk.last > first + 1:
        return first
    if first > 1 and tokens[first - 1].upos == "PROPN" and tokens[first - 1].lemma.lower() in evidence.lexicon.titles:
        first -= 1
    if first < 1 or tokens[first - 1].xpos != "NN" or tokens[first - 1].sentence != tokens[chunk.first].sentence:
        return None
    noun = evidence.lexicon.nouns.get(tokens[first - 1].lemma.lower())
    return first if noun is not None and noun.group == "ship" else None


def _personal(chunk: Chunk, evidence: Evidence) -> bool:
    """A title before the name, or a verb of speech after it, makes it a person's."""
    if chunk.title:
        return True
    token = evidence.tokens[evidence.head(chunk)]
    return token.deprel == "nsubj" and token.head >= 0 and evidence.tokens[token.head].lemma.lower() in _SPEAKING


def _with_facility(draft: Draft, evidence: Evidence) -> Draft:
    """``Knock airport``: a place name before the noun of a facility makes the facility's name."""
    tokens, nouns = evidence.tokens, evidence.lexicon.nouns
    for size in (2, 1):
        last = draft.last + size
        words = tokens[draft.last : last]
        if len(words) < size or any(
            t.sentence != tokens[draft.head].sentence or t.xpos not in {"NN", "JJ"} for t in words
        ):
            continue
        noun = nouns.get(" ".join(t.form for t in words))
        if noun is None or noun.type != "FAC" or not noun.heads_name:
            continue
        named = " ".join(t.form for t in tokens[draft.first : draft.last])
        if draft.last <= tokens[draft.head].head < last and evidence.countries.find(named) is None:
            return draft._replace(last=last, head=last - 1, type="FAC", by="names:facility")
    return draft


def _certain(key: tuple[str, ...], found: str, pieces: Pieces) -> bool:
    """A long name, or an acronym of three letters and more, of the tables is no invented word."""
    return found in {"MISC", "NONE"} and (len(key) > 1 or ("capitals" in pieces and len(key[0]) > 2))


def _score(lead: float) -> float:
    """The lead of the best class as a figure between 0 and 1."""
    return round(min(0.99, 0.5 + lead / 12), 2)


def place_type(key: tuple[str, ...], chunks: Sequence[Chunk], evidence: Evidence) -> MentionType:
    """Place with a government, facility, or land and water: by country table, head noun, then the tagger's votes."""
    if evidence.countries.find(" ".join(key)) is not None or " ".join(key) in evidence.lexicon.historical:
        return "GPE"
    for word in (key[-1], key[0]):
        noun = evidence.lexicon.nouns.get(word.lower())
        if noun is not None and noun.heads_name and noun.type in _PLACES and len(key) > 1:
            return noun.type
    votes = Counter(evidence.tokens[chunk.first].entity[2:] for chunk in chunks)
    label = max(_PLACES, key=lambda name: (votes[name], name == "GPE"))
    return _PLACES[label]
