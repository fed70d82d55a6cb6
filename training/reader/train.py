"""Trains the reader: prepared rows in, an encoder with its heads out.

    python training/reader/train.py OUT_FOLDER --encoder MINILM_FOLDER --rows ROWS.jsonl ... [--hold 5] [--epochs 5]

One small encoder (MiniLM-L6, Apache-2.0) under three heads: where a cue stands (in the convention of the outermost
attribution, and in that of nested ones), what each word is to a given cue (source, content), and what each word is to
a given event trigger (actor, recipient, place, time, instrument). A pair is scored from both words' states, how far
apart they stand and how one hangs on the other in the parse. ``--hold 5`` keeps every fifth report of the events for
measuring.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import BertModel
from windows import Tree, Vocabulary, cut, tree_of_row

from dateline.learned.windows import DISTANCES, RELATIONS, distance, head_of, relation_to

HIDDEN = 192
CUE = ("O", "B", "I")
PAIRS = {
    "attribution": ("O", "source", "content"),
    "event": ("O", "actor", "recipient", "place", "time", "instrument"),
}
CONVENTIONS = ("polnear", "gum", "rams", "wikievents", "meantime", "plover")
ROLES = {
    "actor": "attacker killer injurer jailer agent communicator destroyer damager disabler dismantler "
    "investigator prosecutor judgecourt giver transporter participant arrester perpetrator extraditer "
    "deporter defender demonstrator protester inspector preventer impeder manufacturer blocker "
    "acquirer seller employer inspectorevaluator observer spy hider surrenderer voter controller "
    "perpetratororganization violator passenger driverpassenger candidate governmentleader fundraiser "
    "participant1 arg0",
    "recipient": "target victim detainee recipient defendant beneficiary prisoner patient person participant2 "
    "deceased extradited deportee injured artifact artifactmoney damagerdestroyer inspectedentity "
    "observedentity spied retreater detained otherparty impeded prevented crime corporation employee "
    "placeofemployment arg1",
    "place": "place origin destination position territoryorfacility hidingplace prison fixer argmloc",
    "instrument": "instrument explosivedevice weapon vehicle money bodypart medicalissue damagingweapon components",
    "time": "time timestart timeend duration argmtmp",
}
ROLE = {name: role for role, names in ROLES.items() for name in names.split()}
"""Role names of the corpora, letters only, by the coarse role that the reader fills."""


class Pair(nn.Module):
    """What each word is to an anchor: both states, distance, relation in the tree, convention; then one layer."""

    def __init__(self, size: int, labels: int) -> None:
        super().__init__()
        self.anchor, self.word = nn.Linear(size, HIDDEN), nn.Linear(size, HIDDEN, bias=False)
        self.distance = nn.Embedding(2 * len(DISTANCES) + 1, HIDDEN)
        self.relation = nn.Embedding(len(RELATIONS), HIDDEN)
        self.convention = nn.Embedding(len(CONVENTIONS), HIDDEN)
        self.product = nn.Linear(size, HIDDEN, bias=False)
        self.out = nn.Linear(HIDDEN, labels)
        self.drop = nn.Dropout(0.15)

    def forward(self, anchors: Any, words: Any, far: Any, how: Any, convention: Any) -> Any:
        """Scores (pairs, words, labels) from anchors (pairs, size) and words (pairs, words, size)."""
        mixed = (self.anchor(anchors) + self.convention(convention))[:, None] + self.word(words)
        mixed = mixed + self.product(words * anchors[:, None]) + self.distance(far) + self.relation(how)
        return self.out(self.drop(torch.relu(mixed)))


class Reader(nn.Module):
    """The encoder and its heads."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            attn_implementation="eager",
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        size = self.encoder.config.hidden_size
        self.quoted = nn.Embedding(2, size)
        self.cue, self.nested = nn.Linear(size, len(CUE)), nn.Linear(size, len(CUE))
        self.pairs = nn.ModuleDict({name: Pair(size, len(labels)) for name, labels in PAIRS.items()})
        self.drop = nn.Dropout(0.15)

    def states(self, pieces: Any, mask: Any) -> Any:
        return self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state

    def words(self, states: Any, places: Any, quoted: Any) -> Any:
        """States of the words (windows, words, size) from those of the pieces."""
        at = places[..., None].expand(-1, -1, states.shape[-1])
        return self.drop(states.gather(1, at) + self.quoted(quoted))


def examples(row: dict[str, Any], vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The windows of a row with gold labels, word by word."""
    tree = tree_of_row(row)
    found = []
    for window in cut(tree, vocabulary):
        pairs = [*attribution_pairs(row, tree, window), *event_pairs(row, tree, window)]
        made = {
            "pieces": window.pieces,
            "places": window.places,
            "quoted": list(tree.quoted[window.first : window.last]),
            "convention": CONVENTIONS.index(row["corpus"].split("_")[0]),
            "pairs": pairs,
            "cue": cue_labels(row, window) if "attributions" in row else None,
        }
        if made["cue"] is not None or pairs:
            found.append(made)
    return found


def inside(words: list[int], window: Any) -> list[int]:
    return [k for k in words if window.first <= k < window.last]


def cue_labels(row: dict[str, Any], window: Any) -> list[int]:
    cue = [0] * (window.last - window.first)
    for a in row["attributions"]:
        group = inside(a["cue"], window)
        for n, k in enumerate(group):
            cue[k - window.first] = 2 if n and group[n - 1] == k - 1 else 1
    return cue


def attribution_pairs(row: dict[str, Any], tree: Tree, window: Any) -> Iterator[dict[str, Any]]:
    for a in row.get("attributions", ()):
        group = inside(a["cue"], window)
        if not group:
            continue
        labels = [0] * (window.last - window.first)
        for number, part in ((1, "source"), (2, "content")):
            for k in inside(a[part], window):
                labels[k - window.first] = number
        yield pair(tree, window, group, labels, "attribution")


def event_pairs(row: dict[str, Any], tree: Tree, window: Any) -> Iterator[dict[str, Any]]:
    for event in row.get("events", ()):
        group = inside(event["trigger"], window)
        if not group:
            continue
        labels = [0] * (window.last - window.first)
        for span, role in event["arguments"]:
            name = ROLE.get("".join(c for c in role.lower() if c.isalnum()).removeprefix("evt"))
            for k in inside(span, window) if name else ():
                labels[k - window.first] = PAIRS["event"].index(name or "O")
        yield pair(tree, window, group, labels, "event")


def pair(tree: Tree, window: Any, group: list[int], labels: list[int], task: str) -> dict[str, Any]:
    anchor = head_of(tree, group)
    return {
        "task": task,
        "group": [k - window.first for k in group],
        "far": [distance(k - anchor) for k in range(window.first, window.last)],
        "how": relation_to(tree, anchor, window.first, window.last),
        "labels": labels,
    }


def held(row: dict[str, Any], every: int) -> bool:
    return bool(every) and "events" in row and zlib.crc32(row["id"].encode()) % every == 0


def padded(rows: list[list[int]], fill: int = 0) -> Any:
    """Rows of different lengths as one matrix."""
    found = torch.full((len(rows), max(map(len, rows))), fill, dtype=torch.long)
    for k, row in enumerate(rows):
        found[k, : len(row)] = torch.tensor(row)
    return found


def loss_of(model: Reader, batch: list[dict[str, Any]]) -> Any:
    """Sums over words, divided by the windows: a mean over words would let the empty ones drown the cues."""
    pieces = padded([x["pieces"] for x in batch])
    mask = padded([[1] * len(x["pieces"]) for x in batch]).float()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.states(pieces, mask).float()
    words = model.words(states, padded([x["places"] for x in batch]), padded([x["quoted"] for x in batch]))
    total = torch.zeros(())
    for head, gum in ((model.cue, False), (model.nested, True)):
        chosen = [k for k, x in enumerate(batch) if x["cue"] and (CONVENTIONS[x["convention"]] == "gum") == gum]
        if chosen:
            gold = padded([batch[k]["cue"] for k in chosen], -100)
            scores = head(words[chosen][:, : gold.shape[1]])
            total = total + nn.functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), reduction="sum")
    for task, head in model.pairs.items():
        pairs = [(k, p) for k, x in enumerate(batch) for p in x["pairs"] if p["task"] == task]
        if not pairs:
            continue
        at = [k for k, _ in pairs]
        gold = padded([p["labels"] for _, p in pairs], -100)
        mine = words[at][:, : gold.shape[1]]
        groups = torch.zeros(mine.shape[:2])
        for n, (_, p) in enumerate(pairs):
            groups[n, p["group"]] = 1 / len(p["group"])
        anchors = torch.bmm(groups[:, None], mine)[:, 0]
        conventions = torch.tensor([batch[k]["convention"] for k in at])
        far, how = padded([p["far"] for _, p in pairs]), padded([p["how"] for _, p in pairs])
        scores = head(anchors, mine, far, how, conventions)
        total = total + 0.5 * nn.functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), reduction="sum")
    return total / len(batch)


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--rows", type=Path, nargs="+", required=True)
    parser.add_argument("--hold", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--limit", type=int, default=0)
    given = parser.parse_args()
    random.seed(7)
    torch.manual_seed(7)
    torch.set_num_threads(1)
    vocabulary = Vocabulary.load(given.encoder / "vocab.txt")
    data = []
    for file in given.rows:
        for line in file.read_text().splitlines():
            row = json.loads(line)
            if not held(row, given.hold):
                # few reports of events stand against many of attribution: each is seen more often
                data += examples(row, vocabulary) * (2 if "events" in row else 1)
    if given.limit:
        data = random.sample(data, given.limit)
    print(len(data), "windows", sum(len(x["pairs"]) for x in data), "pairs", flush=True)
    model = Reader(given.encoder)
    model.train()
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": model.encoder.parameters(), "lr": given.rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01
    )
    steps = given.epochs * ((len(data) + given.batch - 1) // given.batch)
    warm = steps // 20 + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm + 1)))
    )
    began, step = time.time(), 0
    for epoch in range(given.epochs):
        order = sorted(range(len(data)), key=lambda k: (len(data[k]["pieces"]) // 24, random.random()))
        batches = [order[i : i + given.batch] for i in range(0, len(order), given.batch)]
        random.shuffle(batches)
        seen = 0.0
        for chosen in batches:
            loss = loss_of(model, [data[k] for k in chosen])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            seen, step = 0.98 * seen + 0.02 * loss.item(), step + 1
            if step % 50 == 0:
                print(f"epoch {epoch} step {step}/{steps} loss {seen:.2f} {time.time() - began:.0f} s", flush=True)
        given.out.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), given.out / "model.pt")


if __name__ == "__main__":
    main()
