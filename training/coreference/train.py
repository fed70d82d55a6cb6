"""Trains the scorer of coreference: prepared rows in, weights of each fold and of all reports out. Needs torch.

    python train.py ROWS.pickle OUT_FOLDER

The loss is that of end-to-end coreference: the share of all gold antecedents of a mention together, or of "new" where
it has none (Lee et al. 2017).
"""

from __future__ import annotations

import pickle
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

FOLDS, NETWORKS, EPOCHS, RATE = 5, 2, 20, 3e-3
SEEN, HIDDEN, NEW = 64, 128, 48
DROPPED, DECAY = 0.15, 0.01
GROUP = 3
"""Reports a step."""


class Scorer(nn.Module):
    """The network of :mod:`dateline.learned.antecedents`, layer by layer under the same names."""

    def __init__(self, states: int, alone: int, figures: int) -> None:
        super().__init__()
        self.state = nn.Linear(states, SEEN)
        self.first = nn.Linear(alone + SEEN, NEW)
        self.new = nn.Linear(NEW, 1)
        self.later = nn.Linear(alone + SEEN, HIDDEN)
        self.earlier = nn.Linear(alone + SEEN, HIDDEN, bias=False)
        self.pair = nn.Linear(figures, HIDDEN, bias=False)
        self.product = nn.Linear(SEEN, HIDDEN, bias=False)
        self.close = nn.Linear(2, HIDDEN, bias=False)
        self.out = nn.Linear(HIDDEN, 1)
        self.drop, self.drop_states = nn.Dropout(DROPPED), nn.Dropout(DROPPED)

    def forward(self, row: dict[str, Any]) -> tuple[Any, Any]:
        seen = self.drop(torch.tanh(self.state(self.drop_states(row["states"]))))
        told = torch.cat([row["alone"], seen], dim=1)
        new = self.new(self.drop(torch.relu(self.first(told))))[:, 0]
        i, j = row["later"], row["earlier"]
        mixed = self.later(told)[i] + self.earlier(told)[j] + self.pair(row["figures"]) + self.close(row["close"])
        mixed = mixed + self.product(seen[i] * seen[j])
        return self.out(self.drop(torch.relu(mixed)))[:, 0], new


def ready(row: dict[str, Any]) -> dict[str, Any]:
    """A row as tensors, with what is right for each pair and each open mention."""
    gold = row["gold"]
    later, earlier = row["later"], row["earlier"]
    kept = np.isin(later, row["open"]) & (gold[earlier] > -2)
    later, earlier = later[kept], earlier[kept]
    right = (gold[later] >= 0) & (gold[later] == gold[earlier])
    known = np.zeros(len(gold), dtype=bool)
    known[later[right]] = True
    made = {k: torch.from_numpy(np.asarray(row[k], dtype=np.float32)) for k in ("states", "alone")}
    made["figures"] = torch.from_numpy(row["figures"][kept].astype(np.float32))
    made["close"] = torch.from_numpy(alike(row["states"].astype(np.float32), later, earlier))
    made |= {
        "later": torch.from_numpy(later),
        "earlier": torch.from_numpy(earlier),
        "open": torch.from_numpy(row["open"]),
    }
    return made | {"right": torch.from_numpy(right), "known": torch.from_numpy(known), "fold": row["fold"]}


def alike(states: Any, later: Any, earlier: Any) -> Any:
    """The cosines of two mentions' heads and of their whole phrases."""
    halves = states.reshape(len(states), 2, -1)
    halves = halves / (np.linalg.norm(halves, axis=2, keepdims=True) + 1e-6)
    return np.stack([(halves[later, k] * halves[earlier, k]).sum(axis=1) for k in (0, 1)], axis=1)


def loss_of(model: Scorer, row: dict[str, Any]) -> Any:
    """The negative log share of what is right, summed over the open mentions."""
    scores, new = model(row)
    size = len(new)
    top = torch.maximum(new, torch.full_like(new, -30.0)).scatter_reduce(0, row["later"], scores, "amax").detach()
    parts = torch.exp(scores - top[row["later"]])
    anew = torch.exp(new - top)
    whole = torch.zeros(size).index_add(0, row["later"], parts) + anew
    right = torch.zeros(size).index_add(0, row["later"], parts * row["right"])
    right = torch.where(row["known"], right, anew)
    return -torch.log(right[row["open"]] / whole[row["open"]] + 1e-9).sum()


def trained(rows: list[dict[str, Any]], seed: int, epochs: int = EPOCHS) -> Scorer:
    """A network trained on rows; the same for the same seed."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    model = Scorer(rows[0]["states"].shape[1], rows[0]["alone"].shape[1], rows[0]["figures"].shape[1])
    steps = epochs * -(-len(rows) // GROUP)
    tuned = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    slope = torch.optim.lr_scheduler.OneCycleLR(tuned, RATE, total_steps=steps, pct_start=0.1)
    model.train()
    for _ in range(epochs):
        shuffled = order.sample(rows, len(rows))
        for first in range(0, len(shuffled), GROUP):
            group = shuffled[first : first + GROUP]
            loss = sum(loss_of(model, row) for row in group) / sum(len(row["open"]) for row in group)
            tuned.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            tuned.step()
            slope.step()
    return model


def weights(rows: list[dict[str, Any]], networks: int = NETWORKS) -> dict[str, Any]:
    """The weights of a few networks, by name."""
    models = [trained(rows, seed) for seed in range(networks)]
    return {f"{k}.{n}": v.numpy().astype(np.float16) for k, m in enumerate(models) for n, v in m.state_dict().items()}


def main() -> None:
    torch.set_num_threads(1)
    rows_file, out = Path(sys.argv[1]), Path(sys.argv[2])
    with rows_file.open("rb") as file:
        rows = [ready(row) for row in pickle.load(file) if len(row["open"])]
    start = time.time()
    np.savez(out / "all.npz", **weights(rows))
    for fold in range(FOLDS if "--only-weights" not in sys.argv else 0):
        np.savez(out / f"fold{fold}.npz", **weights([row for row in rows if row["fold"] != fold]))
        print(f"fold {fold}: {time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
