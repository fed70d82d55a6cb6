"""The network of the reader: an encoder under heads for cues, acts, certainty, weight, and words to an anchor."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoModel
from windows import Vocabulary

from dateline.learned.windows import DISTANCES, GRAMMAR, KINDS, RELATIONS, SHAPES, STANDINGS

HIDDEN = 192
CUE = ("O", "B", "I")
PARTS = ("O", "source", "content")
ROLES = ("actor", "recipient", "thing", "place", "time", "source")
ACTS = (
    "none", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "capture", "decision", "election",
    "appointment", "announcement", "arrival", "departure", "movement", "accident", "disaster", "death", "injury",
    "crime", "trial", "test", "showing", "gift", "transaction", "production", "market", "wish", "competition",
    "other",
)  # fmt: skip
SENSES = (*ACTS[1:], "statement", "state")
"""Acts that the lexicon tells of."""
STATUSES = ("happened", "ongoing", "planned", "possible", "suspected", "denied", "hypothetical")
TAGS: dict[str, list[str]] = json.loads((Path(__file__).parent / "tags.json").read_text())
"""Universal tags, Penn tags, features and relations of the treebanks that are seen ten times, and the tags of names."""
WORD_TAGS = ("upos", "xpos", "feats", "names")
ARC, REL = 192, 96
"""Sizes in which arcs and relations of the tree are scored."""
OWN_LAYERS = 2
"""The last layers of the encoder that the grammar has for itself."""
ENCODED = ("encoder.", "syntax.")
"""What the names of the encoder's weights begin with, of the grammar's own layers too; all others are heads."""
CONVENTIONS = ("polnear", "gum", "rams", "wikievents", "meantime", "srl", "records")


class Pair(nn.Module):
    """What each word is to an anchor: both states, each by itself and multiplied, distance, relation in the tree,
    convention; for events also what stands at the word and what it is by the grammar; then one layer. Words are
    projected once a window, whatever the number of anchors."""

    def __init__(self, size: int, labels: int, events: bool = False) -> None:
        super().__init__()
        self.anchor, self.word = nn.Linear(size, 2 * HIDDEN), nn.Linear(size, 2 * HIDDEN, bias=False)
        self.distance = nn.Embedding(2 * len(DISTANCES) + 1, HIDDEN)
        self.relation = nn.Embedding(len(RELATIONS), HIDDEN)
        self.convention = nn.Embedding(len(CONVENTIONS), HIDDEN)
        if events:
            self.kind, self.grammar = nn.Embedding(len(KINDS), HIDDEN), nn.Embedding(len(GRAMMAR), HIDDEN)
            self.act = nn.Linear(len(ACTS), HIDDEN, bias=False)
        for part in self.children():
            if isinstance(part, nn.Embedding):
                nn.init.normal_(part.weight, std=0.3)
        self.out = nn.Linear(HIDDEN, labels)
        self.drop = nn.Dropout(0.15)

    def forward(
        self, words: Any, at: list[int], groups: Any, far: Any, how: Any, convention: Any, events: Any = None
    ) -> Any:
        """Scores (pairs, words, labels) of pairs whose anchors are ``groups`` (pairs, words: shares of the anchor's
        words) of the windows ``at`` among ``words`` (windows, words, size); ``events`` are acts (pairs, acts), kinds
        and grammar (pairs, words)."""
        width = groups.shape[1]
        projected = self.word(words[:, :width])[at]
        anchors = self.anchor(torch.bmm(groups[:, None], words[at, :width])[:, 0])
        mixed = projected[..., :HIDDEN] + projected[..., HIDDEN:] * anchors[:, None, HIDDEN:]
        mixed = mixed + (anchors[:, :HIDDEN] + self.convention(convention))[:, None]
        mixed = mixed + self.distance(far) + self.relation(how)
        if events is not None:
            acts, kinds, grammar = events
            mixed = mixed + self.act(acts)[:, None] + self.kind(kinds) + self.grammar(grammar)
        return self.out(self.drop(torch.relu(mixed)))


class Trees(nn.Module):
    """Biaffine scores of heads and relations (Dozat and Manning 2017) among the words of a sentence and its root."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.root = nn.Parameter(torch.randn(size) * 0.1)
        self.below, self.above = nn.Linear(size, ARC), nn.Linear(size, ARC)
        self.below_rel, self.above_rel = nn.Linear(size, REL), nn.Linear(size, REL)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.02)
        self.rel = nn.Parameter(torch.randn(len(TAGS["rels"]), REL + 1, REL + 1) * 0.02)
        self.drop = nn.Dropout(0.25)

    def _made(self, layer: Any, states: Any) -> Any:
        return self.drop(torch.relu(layer(states)))

    def arcs(self, words: Any, mask: Any) -> Any:
        """Scores (sentences, words, 1 + words) of each word's head, the root first, of ``words`` (sentences, words,
        size)."""
        above = self._made(self.above, torch.cat([self.root.expand(len(words), 1, -1), words], 1))
        below = _ended(self._made(self.below, words))
        open_ = torch.cat([mask.new_ones(len(mask), 1), mask], 1)
        return (below @ self.arc @ above.transpose(1, 2)).masked_fill(~open_[:, None], -1e4)

    def rels(self, words: Any, heads: Any, mask: Any) -> Any:
        """Scores (words, relations) of each word's relation to its head (0 the root), for the words of a mask
        (sentences, words)."""
        above = _ended(self._made(self.above_rel, torch.cat([self.root.expand(len(words), 1, -1), words], 1)))
        below = _ended(self._made(self.below_rel, words))[mask]
        above = above.gather(1, heads[..., None].expand(-1, -1, above.shape[-1]))[mask]
        left = (below @ self.rel.permute(1, 0, 2).flatten(1)).unflatten(1, (len(self.rel), -1))
        return (left @ above[:, :, None])[:, :, 0]


def _ended(states: Any) -> Any:
    return torch.cat([states, torch.ones_like(states[..., :1])], -1)


class Reader(nn.Module):
    """The encoder and its heads."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            folder,
            attn_implementation="eager",
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
            dtype=torch.float32,
        )
        self.encoder.pooler = None
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        size = self.encoder.config.hidden_size
        self._shapes()
        self.syntax = copy.deepcopy(self.encoder.encoder.layer[-OWN_LAYERS:])
        self.trees, self.start = Trees(size), nn.Linear(size, 1)
        self.tags = nn.ModuleDict({name: nn.Linear(size, len(TAGS[name])) for name in WORD_TAGS})
        self.quoted = nn.Embedding(2, size)
        self.cue, self.nested = nn.Linear(size, len(CUE)), nn.Linear(size, len(CUE))
        self.pairs = nn.ModuleDict(
            {"attribution": Pair(size, len(PARTS)), "event": Pair(size, len(ROLES), events=True)}
        )
        self.kind = nn.Embedding(len(KINDS), size)
        self.standing = nn.Embedding(len(STANDINGS), size)
        self.fitting, self.possible = (nn.Linear(len(SENSES), size, bias=False) for _ in range(2))
        self.mixed = nn.Linear(size, size)
        self.act, self.status, self.weight = (
            nn.Linear(size, len(ACTS)),
            nn.Linear(size, len(STATUSES)),
            nn.Linear(size, 1),
        )
        for part in (self.quoted, self.kind, self.standing, self.fitting, self.possible):
            nn.init.normal_(part.weight, std=0.1)
        self.drop = nn.Dropout(0.15)

    def _shapes(self) -> None:
        """The kinds of segments that the encoder knows become the shapes of words, which its vocabulary does not."""
        known = self.encoder.embeddings.token_type_embeddings
        shapes = nn.Embedding(len(SHAPES), known.weight.shape[1])
        with torch.no_grad():
            shapes.weight.copy_(known.weight[:1] + 0.02 * torch.randn(len(SHAPES), known.weight.shape[1]))
            shapes.weight[0] = known.weight[0]
        self.encoder.embeddings.token_type_embeddings = shapes
        self.encoder.config.type_vocab_size = len(SHAPES)

    def shared(self, pieces: Any, mask: Any, shapes: Any) -> Any:
        """States of the pieces (windows, pieces, size) below the layers that tasks and grammar have apart."""
        states = self.encoder.embeddings(input_ids=pieces, token_type_ids=shapes)
        return self._through(self.encoder.encoder.layer[:-OWN_LAYERS], states, mask)

    def states(self, shared: Any, mask: Any) -> Any:
        """What the tasks see of the shared states."""
        return self._through(self.encoder.encoder.layer[-OWN_LAYERS:], shared, mask)

    def grammar(self, shared: Any, mask: Any) -> Any:
        """What trees, tags, sentence starts and names see of the shared states."""
        return self._through(self.syntax, shared, mask)

    def _through(self, layers: Any, states: Any, mask: Any) -> Any:
        closed = (1.0 - mask[:, None, None].to(states.dtype)) * torch.finfo(states.dtype).min
        for layer in layers:
            states = layer(states, closed)
        return states

    def words(self, states: Any, places: Any, quoted: Any) -> Any:
        """States of the words (windows, words, size) from those of the pieces."""
        at = places[..., None].expand(-1, -1, states.shape[-1])
        return self.drop(states.gather(1, at) + self.quoted(quoted))

    def plain(self, states: Any, places: Any) -> Any:
        """States of the words (windows, words, size) before anything else is told of them."""
        return self.drop(states.gather(1, places[..., None].expand(-1, -1, states.shape[-1])))

    def told(self, words: Any, kinds: Any, standings: Any, fitting: Any, possible: Any) -> Any:
        """States of the words with what the evidence says of them, for acts, certainty and weight."""
        mixed = words + self.kind(kinds) + self.standing(standings) + self.fitting(fitting) + self.possible(possible)
        return self.drop(torch.relu(self.mixed(mixed)))


def vocabulary_of(folder: Path) -> Vocabulary:
    """The word pieces of an encoder's folder; MPNet's end marks under BERT's names."""
    names = {"<s>": "[CLS]", "</s>": "[SEP]"}
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    if "<s>" in lines:
        lines = [names.get(line, line if line not in names.values() else line + "-unused") for line in lines]
    return Vocabulary(lines)
