"""Trains the reader: prepared rows in, an encoder with its heads out.

    python training/reader/train.py OUT_FOLDER --encoder FOLDER --rows ROWS.jsonl[:TIMES] ... [--fold K] [--epochs 5]
        [--start MODEL_FOLDER] [--only PART ...]

One encoder under heads for cues (in the convention of the outermost attribution, and in that of nested ones), for what
each word is to a cue (source, content), for acts, certainty and weight of a line, and for what each word is to an act.
``--fold K`` keeps the reports of records whose id falls into fold K of five out; reports of the other event corpora are
kept out by the same folds.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from examples import examples
from folds import fold_of
from shape import ACTS, CONVENTIONS, ENCODED, ROLES, SENSES, TAGS, Reader, vocabulary_of
from torch import nn


def held(row: dict[str, Any], fold: int) -> bool:
    """Whether a report is kept out with a fold: of the gold of records, of names, and of the corpora of arguments."""
    if row["corpus"] == "names":
        return fold_of(row["id"]) == fold
    return "events" in row and row["corpus"] != "srl" and not row.get("added") and fold_of(row["id"]) == fold


ROLE_LOSS = 1.5
"""How much a word's role counts against its act: roles are rarer among words, and harder."""
STEP = 16
"""Lengths are rounded up to a multiple of this: each new shape costs the engine the making of its kernels."""


def rounded(size: int) -> int:
    return -(-size // STEP) * STEP


def padded(rows: list[list[int]], fill: int = 0, width: int = 0) -> Any:
    """Rows of different lengths as one matrix."""
    found = torch.full((len(rows), width or rounded(max(map(len, rows)))), fill, dtype=torch.long)
    for k, row in enumerate(rows):
        found[k, : len(row)] = torch.tensor(row)
    return found


def many_hot(rows: list[list[list[int]]], size: int) -> Any:
    """Rows of lists of numbers as (rows, words, size)."""
    found = torch.zeros(len(rows), rounded(max(map(len, rows))), size)
    for k, row in enumerate(rows):
        for n, numbers in enumerate(row):
            found[k, n, numbers] = 1.0
    return found


def encoded(model: Reader, batch: list[dict[str, Any]]) -> tuple[Any, Any]:
    """States of the words for the tasks, and for the grammar (windows, words, size)."""
    pieces = padded([x["pieces"] for x in batch])
    mask = padded([[1] * len(x["pieces"]) for x in batch]).float()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        shared = model.shared(pieces, mask, padded([x["shapes"] for x in batch]))
        states, grammar = (part(shared, mask).float() for part in (model.states, model.grammar))
    places = padded([x["places"] for x in batch])
    return model.words(states, places, padded([x["quoted"] for x in batch])), model.plain(grammar, places)


GRAMMAR_LOSS = {"arcs": 0.35, "rels": 0.3, "upos": 0.1, "xpos": 0.2, "feats": 0.1, "starts": 0.2, "names": 0.2}
"""How much a word's grammar counts: every word has one, few are cues or acts."""


def sentences_of(words: Any, batch: list[dict[str, Any]]) -> tuple[Any, Any, Any, Any]:
    """The sentences that have trees as (sentences, words, size), with their mask, heads and relations."""
    chosen = [(k, *tree) for k, x in enumerate(batch) for tree in x["trees"]]
    width = rounded(max(len(heads) for _, _, heads, _ in chosen))
    rows, at = [k for k, *_ in chosen], torch.zeros(len(chosen), width, dtype=torch.long)
    mask = torch.zeros(len(chosen), width, dtype=torch.bool)
    gold, rels = (torch.full((len(chosen), width), -100) for _ in range(2))
    for n, (_, first, heads, names) in enumerate(chosen):
        size = len(heads)
        at[n, :size] = torch.arange(first, first + size)
        mask[n, :size] = True
        gold[n, :size], rels[n, :size] = torch.tensor(heads), torch.tensor(names)
    return words[torch.tensor(rows)[:, None], at], mask, gold, rels


def grammar_loss(model: Reader, words: Any, batch: list[dict[str, Any]]) -> Any:
    """Trees, tags, sentence starts, names: sums over words."""
    total = torch.zeros(())
    if any(x["trees"] for x in batch):
        states, mask, heads, rels = sentences_of(words, batch)
        arcs = nn.functional.cross_entropy(
            model.trees.arcs(states, mask).flatten(0, 1), heads.flatten(), reduction="sum"
        )
        scores = model.trees.rels(states, heads.clamp(min=0), mask)
        named = nn.functional.cross_entropy(scores, rels[mask], reduction="sum")
        total = total + GRAMMAR_LOSS["arcs"] * arcs + GRAMMAR_LOSS["rels"] * named
        chosen = [k for k, x in enumerate(batch) if x["trees"]]
        for name in ("upos", "xpos", "feats"):
            gold = padded([batch[k][name] for k in chosen], -100)
            scores = model.tags[name](words[chosen][:, : gold.shape[1]])
            loss = nn.functional.cross_entropy(
                scores.flatten(0, 1), gold[:, : scores.shape[1]].flatten(), reduction="sum"
            )
            total = total + GRAMMAR_LOSS[name] * loss
        gold = padded([batch[k]["starts"] for k in chosen], -100)
        scores = model.start(words[chosen][:, : gold.shape[1]])[..., 0]
        gold = gold[:, : scores.shape[1]]
        losses = nn.functional.binary_cross_entropy_with_logits(scores, gold.clamp(min=0).float(), reduction="none")
        total = total + GRAMMAR_LOSS["starts"] * (losses * (gold >= 0)).sum()
    chosen = [k for k, x in enumerate(batch) if x["names"]]
    if chosen:
        allowed = many_hot([batch[k]["names"] for k in chosen], len(TAGS["names"]))
        scores = torch.log_softmax(model.tags["names"](words[chosen][:, : allowed.shape[1]]), -1)
        allowed = allowed[:, : scores.shape[1]]
        told = allowed.sum(-1) > 0
        fit = torch.logsumexp(scores.masked_fill(allowed == 0, -1e4), -1)
        total = total - GRAMMAR_LOSS["names"] * (fit * told).sum()
    return total


def told(model: Reader, words: Any, batch: list[dict[str, Any]]) -> Any:
    parts = [padded([x[name] for x in batch]) for name in ("kinds", "standings")]
    senses = [many_hot([x[name] for x in batch], len(SENSES)) for name in ("fitting", "possible")]
    return model.told(words, *parts, *senses)


def groups_of(pairs: list[tuple[int, dict[str, Any]]]) -> Any:
    """The shares of each anchor's words (pairs, words)."""
    groups = torch.zeros(len(pairs), rounded(max(len(p["far"]) for _, p in pairs)))
    for n, (_, p) in enumerate(pairs):
        groups[n, p["group"]] = 1 / len(p["group"])
    return groups


def attribution_loss(model: Reader, words: Any, batch: list[dict[str, Any]]) -> Any:
    """Cues under the head of their convention; sources and contents of gold cues. Sums over words."""
    total = torch.zeros(())
    for head, gum in ((model.cue, False), (model.nested, True)):
        chosen = [k for k, x in enumerate(batch) if x["cue"] and (CONVENTIONS[x["convention"]] == "gum") == gum]
        if chosen:
            gold = padded([batch[k]["cue"] for k in chosen], -100)
            scores = head(words[chosen])[:, : gold.shape[1]]
            gold = gold[:, : scores.shape[1]]
            total = total + nn.functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), reduction="sum")
    pairs = [(k, p) for k, x in enumerate(batch) for p in x["pairs"]]
    if pairs:
        gold = padded([p["labels"] for _, p in pairs], -100)
        conventions = torch.tensor([batch[k]["convention"] for k, _ in pairs])
        far, how = padded([p["far"] for _, p in pairs]), padded([p["how"] for _, p in pairs])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            at, groups = [k for k, _ in pairs], groups_of(pairs)
            scores = model.pairs["attribution"](words, at, groups, far, how, conventions).float()
        total = total + 0.5 * nn.functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), reduction="sum")
    return total


def event_scores(
    model: Reader, words: Any, batch: list[dict[str, Any]], pairs: list[tuple[int, dict[str, Any]]], acts: Any
) -> Any:
    """Role scores (pairs, words, roles) of events, given the shares of their acts (pairs, acts)."""
    asked, spare = len(pairs), rounded(len(pairs)) - len(pairs)
    pairs = pairs + pairs[-1:] * spare
    acts = torch.cat([acts, acts[-1:].expand(spare, -1)])
    conventions = torch.tensor([batch[k]["convention"] for k, _ in pairs])
    far, how = padded([p["far"] for _, p in pairs]), padded([p["how"] for _, p in pairs])
    kinds, grammar = padded([batch[k]["kinds"] for k, _ in pairs]), padded([p["grammar"] for _, p in pairs])
    at, groups = [k for k, _ in pairs], groups_of(pairs)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        events = (acts, kinds[:, : groups.shape[1]], grammar)
        scores = model.pairs["event"](words, at, groups, far, how, conventions, events)
    return scores[:asked].float()


def event_loss(model: Reader, words: Any, batch: list[dict[str, Any]]) -> Any:
    """Acts of annotated words; certainty, weight and roles of gold triggers. Sums over words."""
    chosen = [k for k, x in enumerate(batch) if "kinds" in x]
    if not chosen:
        return torch.zeros(())
    batch, words = [batch[k] for k in chosen], words[chosen]
    states = told(model, words[:, : rounded(max(len(x["kinds"]) for x in batch))], batch)
    labelled = [(k, n, shares) for k, x in enumerate(batch) if x["acts"] for n, shares in x["acts"].items()]
    total = torch.zeros(())
    if labelled:
        gold = torch.zeros(len(labelled), len(ACTS))
        for row, (_, _, shares) in enumerate(labelled):
            for number, share in shares:
                gold[row, number] = share
        scores = model.act(states[[k for k, _, _ in labelled], [n for _, n, _ in labelled]])
        total = total + nn.functional.cross_entropy(scores, gold, reduction="sum")
    pairs = [(k, e) for k, x in enumerate(batch) for e in x["events"]]
    if not pairs:
        return total
    lines = [(k, e) for k, e in pairs if e["act"] is not None]
    if lines:
        at = states[[k for k, _ in lines], [e["group"][0] for _, e in lines]]
        status = torch.tensor([e["status"] for _, e in lines])
        weight = torch.tensor([float(e["weight"]) for _, e in lines])
        total = total + 0.5 * nn.functional.cross_entropy(model.status(at), status, reduction="sum")
        total = total + 0.25 * nn.functional.binary_cross_entropy_with_logits(
            model.weight(at)[:, 0], weight, reduction="sum"
        )
    acts = torch.zeros(len(pairs), len(ACTS))
    for n, (_, e) in enumerate(pairs):
        if e["act"] is not None:
            acts[n, e["act"]] = 1.0
    scores = event_scores(model, words, batch, pairs, acts)
    gold = torch.full(scores.shape, -1.0)
    for n, (_, e) in enumerate(pairs):
        gold[n, : len(e["labels"])] = torch.from_numpy(e["labels"].astype(np.float32))
    losses = nn.functional.binary_cross_entropy_with_logits(scores, gold.clamp(min=0), reduction="none")
    return total + ROLE_LOSS * (losses * (gold >= 0)).sum()


def loss_of(model: Reader, batch: list[dict[str, Any]]) -> Any:
    """Sums over words, divided by the windows: a mean over words would let the empty ones drown the cues."""
    words, plain = encoded(model, batch)
    tasks = attribution_loss(model, words, batch) + event_loss(model, words, batch)
    return (tasks + grammar_loss(model, plain, batch)) / len(batch)


def loaded(files: list[str], fold: int | None, vocabulary: Any) -> tuple[list[tuple[dict[str, Any], float]], list[Any]]:
    """Windows that say something with how often an epoch sees each, and those of the gold of records held out."""
    found: list[tuple[dict[str, Any], float]] = []
    kept_out = []
    for name in files:
        file, _, times = name.partition(":")
        for line in Path(file).read_text().splitlines():
            row = json.loads(line)
            made = examples(row, vocabulary)
            if fold is not None and held(row, fold):
                kept_out += [x for x in made if row["corpus"] == "records" and x.get("acts")]
                continue
            told = [x for x in made if says(x)]
            found += [(x, float(times or 1)) for x in told]
    return found, kept_out


def says(window: dict[str, Any]) -> bool:
    """Whether a window has any label."""
    return window["cue"] is not None or any(window.get(name) for name in ("pairs", "acts", "events", "trees", "names"))


def drawn(data: list[tuple[dict[str, Any], float]]) -> list[dict[str, Any]]:
    """One epoch's windows: each as often as it is to be seen, fractions by chance."""
    found = []
    for window, times in data:
        found += [window] * (int(times) + (random.random() < times % 1))
    return found


def batches_of(data: list[dict[str, Any]], pieces: int) -> list[list[dict[str, Any]]]:
    """Windows of about one length together, up to so many pieces a batch, in random order."""
    order = sorted(data, key=lambda x: (len(x["pieces"]) // 16, random.random()))
    found: list[list[dict[str, Any]]] = [[]]
    for window in order:
        if found[-1] and (len(found[-1]) + 1) * len(window["pieces"]) > pieces:
            found.append([])
        found[-1].append(window)
    random.shuffle(found)
    return found


def quality(model: Reader, data: list[dict[str, Any]]) -> str:
    """On held-out windows: triggers found, acts right of those, certainty right, roles right at gold triggers."""
    model.eval()
    n = dict.fromkeys(("gold", "shown", "hit", "act", "status"), 0)
    roles = np.zeros((len(ROLES), 3))
    with torch.no_grad():
        for batch in batches_of(data, 6000):
            words, _ = encoded(model, batch)
            states = told(model, words, batch)
            acts = torch.softmax(model.act(states), -1).numpy()
            status = model.status(states).argmax(-1).numpy()
            pairs = [(k, e) for k, x in enumerate(batch) for e in x["events"]]
            for k, x in enumerate(batch):
                gold = {i: s for i, s in (x["acts"] or {}).items() if s[0][0] or len(s) > 1}
                n["gold"] += len(gold)
                for i in x["acts"] or ():
                    if acts[k, i, 0] < 0.5:
                        n["shown"] += 1
                        n["hit"] += i in gold
                        n["act"] += i in gold and int(acts[k, i, 1:].argmax()) + 1 in [a for a, _ in gold[i]]
            n["status"] += sum(int(status[k, e["group"][0]]) == e["status"] for k, e in pairs)
            if pairs:
                one = torch.zeros(len(pairs), len(ACTS))
                one[range(len(pairs)), [e["act"] for _, e in pairs]] = 1.0
                scores = torch.sigmoid(event_scores(model, words, batch, pairs, one)).numpy()
                for p, (_, e) in enumerate(pairs):
                    for r in range(len(ROLES)):
                        best = scores[p, : len(e["labels"]), r]
                        roles[r, 0] += (e["labels"][:, r] == 1).any()
                        roles[r, 1] += best.max() > 0.5
                        roles[r, 2] += best.max() > 0.5 and e["labels"][best.argmax(), r] == 1
    model.train()
    total = sum(len(x["events"]) for x in data)
    said = " ".join(f"{name} {h / s:.2f}/{h / g:.2f}" for name, (g, s, h) in zip(ROLES, roles, strict=True) if s and g)
    return (
        f"triggers {n['hit'] / max(1, n['shown']):.3f}/{n['hit'] / n['gold']:.3f} "
        f"act {n['act'] / max(1, n['hit']):.3f} status {n['status'] / total:.3f} {said}"
    )


def fit(
    groups: list[dict[str, Any]],
    epochs: int,
    batches: Callable[[], list[list[dict[str, Any]]]],
    loss_of: Callable[[list[dict[str, Any]]], Any],
    done: Callable[[int], None],
) -> None:
    """Train groups of parameters on ``epochs`` rounds of batches, ``done`` after each: rates rise over the first
    twentieth of the steps and fall to nothing."""
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = epochs * len(batches())
    warm = steps // 20 + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / (steps - warm + 1)))
    )
    trained = [p for group in optimiser.param_groups for p in group["params"]]
    gc.collect()
    gc.freeze()  # the windows stay: they need not be looked through again and again
    began, step, seen = time.time(), 0, 0.0
    for epoch in range(epochs):
        for batch in batches():
            loss = loss_of(batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 5.0)
            optimiser.step()
            schedule.step()
            seen, step = 0.98 * seen + 0.02 * loss.item(), step + 1
            if step % 50 == 0:
                print(f"epoch {epoch} step {step}/{steps} loss {seen:.2f} {time.time() - began:.0f} s", flush=True)
        done(epoch)


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--rows", nargs="+", required=True)
    parser.add_argument("--start", type=Path, help="a model to go on from")
    parser.add_argument("--fold", type=int)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--pieces", type=int, default=2400, help="word pieces of a batch")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--only", nargs="*", help="parts to train (as cue, pairs.attribution); the others stay")
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    random.seed(7)
    torch.manual_seed(7)
    torch.set_num_threads(given.threads)
    vocabulary = vocabulary_of(given.encoder)
    data, kept_out = loaded(given.rows, given.fold, vocabulary)
    print(len(data), "windows", len(kept_out), "held out", flush=True)
    model = Reader(given.encoder)
    if given.start:
        model.load_state_dict(torch.load(given.start / "model.pt"))
    model.train()
    for name, parameter in model.named_parameters():
        if given.only and not name.startswith(tuple(given.only)):
            parameter.requires_grad_(False)
    named = list(model.named_parameters())
    layers, heads = ([p for n, p in named if n.startswith(ENCODED) == own] for own in (True, False))
    groups = [{"params": layers, "lr": given.rate}, {"params": heads, "lr": given.head_rate}]

    def done(epoch: int) -> None:
        given.out.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), given.out / "model.pt")
        if kept_out:
            print(f"epoch {epoch} {quality(model, kept_out)}", flush=True)

    fit(groups, given.epochs, lambda: batches_of(drawn(data), given.pieces), lambda batch: loss_of(model, batch), done)


if __name__ == "__main__":
    main()
