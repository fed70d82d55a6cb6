"""The network of the reader: an encoder under heads for cues, acts, certainty, weight, and words to an anchor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoModel
from windows import Vocabulary

from dateline.learned.windows import DISTANCES, GRAMMAR, KINDS, RELATIONS, STANDINGS

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

    def states(self, pieces: Any, mask: Any) -> Any:
        return self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state

    def words(self, states: Any, places: Any, quoted: Any) -> Any:
        """States of the words (windows, words, size) from those of the pieces."""
        at = places[..., None].expand(-1, -1, states.shape[-1])
        return self.drop(states.gather(1, at) + self.quoted(quoted))

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
