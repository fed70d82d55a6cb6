"""Trains what the grammar has for itself, on a reader whose tasks are trained: the last layers, trees, tags, sentence
starts, names. What lies below stays, and with it everything that the tasks say.

    python training/reader/grammar.py MODEL_FOLDER OUT_FOLDER --encoder FOLDER --rows ROWS.jsonl[:TIMES] ...
        [--start MODEL_FOLDER] [--fold K] [--epochs 3]

The states below are worked out once and kept (half floats): every epoch sees the same windows. ``--start`` names a
reader whose grammar one goes on from; ``--fold K`` keeps that fifth of the annotated names out.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import torch
from shape import OWN_LAYERS, Reader, vocabulary_of
from train import batches_of, drawn, fit, grammar_loss, loaded, padded

PARTS = ("syntax.", "trees.", "tags.", "start.")


def grown(folder: Path, encoder: Path) -> Reader:
    """The reader of a folder; where its grammar has no layers yet, those of the tasks are what it begins with."""
    weights = torch.load(folder / "model.pt")
    model = Reader(encoder)
    if not any(name.startswith("syntax.") for name in weights):
        first = len(model.encoder.encoder.layer) - OWN_LAYERS
        for number in range(OWN_LAYERS):
            below = f"encoder.encoder.layer.{first + number}."
            copied = {name: value for name, value in weights.items() if name.startswith(below)}
            weights |= {f"syntax.{number}." + name[len(below) :]: value.clone() for name, value in copied.items()}
    model.load_state_dict(weights)
    return model


def kept(model: Reader, windows: list[dict[str, Any]]) -> None:
    """Put the shared states of each window into it."""
    model.eval()
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for batch in batches_of(windows, 4800):
            pieces, shapes = (padded([x[name] for x in batch]) for name in ("pieces", "shapes"))
            mask = padded([[1] * len(x["pieces"]) for x in batch]).float()
            shared = model.shared(pieces, mask, shapes).half()
            for states, x in zip(shared, batch, strict=True):
                x["shared"] = states[: len(x["pieces"])].clone()


def loss_of(model: Reader, batch: list[dict[str, Any]]) -> Any:
    """The loss of the grammar, a window's share."""
    mask = padded([[1] * len(x["pieces"]) for x in batch]).float()
    shared = torch.zeros(*mask.shape, batch[0]["shared"].shape[1])
    for k, x in enumerate(batch):
        shared[k, : len(x["shared"])] = x["shared"]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = model.grammar(shared, mask).float()
    return grammar_loss(model, model.plain(states, padded([x["places"] for x in batch])), batch) / len(batch)


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--rows", nargs="+", required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--pieces", type=int, default=2400)
    given = parser.parse_args()
    random.seed(7)
    torch.manual_seed(7)
    torch.set_num_threads(1)
    rows, _ = loaded(given.rows, given.fold, vocabulary_of(given.encoder))
    windows = drawn([(x, times) for x, times in rows if x["trees"] or x["names"]])
    model = grown(given.model, given.encoder)
    if given.start:
        begun = torch.load(given.start / "model.pt")
        model.load_state_dict({k: v for k, v in begun.items() if k.startswith(PARTS)}, strict=False)
    kept(model, windows)
    print(len(windows), "windows kept", flush=True)
    parts = {n: p for n, p in model.named_parameters() if n.startswith(PARTS)}
    layers, heads = ([p for n, p in parts.items() if n.startswith("syntax.") == own] for own in (True, False))
    groups = [{"params": layers, "lr": given.rate}, {"params": heads, "lr": given.head_rate}]

    def done(_: int) -> None:
        given.out.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), given.out / "model.pt")

    model.train()
    fit(groups, given.epochs, lambda: batches_of(windows, given.pieces), lambda batch: loss_of(model, batch), done)


if __name__ == "__main__":
    main()
