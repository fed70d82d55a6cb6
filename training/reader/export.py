"""Writes a trained reader in the form that ships: an int8 encoder, its heads, its vocabulary.

python training/reader/export.py MODEL_FOLDER MINILM_FOLDER [OUT_FOLDER]
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from shape import ACTS, CONVENTIONS, ENCODED, PARTS, ROLES, SENSES, STATUSES, TAGS, Reader
from unweighed import PLAIN

OUT = Path(__file__).resolve().parents[2] / "src" / "dateline" / "data" / "learned"


GIVEN = ["states", "grammar"]


class Encoder(torch.nn.Module):
    """The encoder with plain arguments, which the exporter needs."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, pieces: Any, mask: Any, shapes: Any) -> Any:
        shared = self.reader.shared(pieces, mask, shapes)
        return self.reader.states(shared, mask), self.reader.grammar(shared, mask)


FILES = ("encoder.onnx", "heads.npz", "vocab.txt")


def calibration(out: Path) -> dict[str, Any]:
    """The calibration that stands in the folder; the plain one where none does."""
    file = out / "reader.json"
    known: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    found: dict[str, Any] = known.get("calibration", PLAIN)
    return found


def main() -> None:
    """Export, quantise, and note the hashes."""
    model, minilm = Path(sys.argv[1]), Path(sys.argv[2])
    out = Path(sys.argv[3]) if len(sys.argv) > 3 else OUT
    out.mkdir(parents=True, exist_ok=True)
    reader = Reader(minilm)
    reader.load_state_dict(torch.load(model / "model.pt"))
    reader.eval()
    pieces = torch.randint(1000, 2000, (2, 24))
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            Encoder(reader),
            (pieces, torch.ones_like(pieces), torch.zeros_like(pieces)),
            str(plain),
            input_names=["pieces", "mask", "shapes"],
            output_names=GIVEN,
            dynamic_axes={name: {0: "windows", 1: "length"} for name in ("pieces", "mask", "shapes", *GIVEN)},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(out / "encoder.onnx"), per_channel=True, weight_type=QuantType.QInt8)
    heads = {k: v.numpy().astype(np.float16) for k, v in reader.state_dict().items() if not k.startswith(ENCODED)}
    np.savez(out / "heads.npz", **heads)
    shutil.copy(minilm / "vocab.txt", out / "vocab.txt")
    files = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES}
    labels = {"attribution": PARTS, "acts": ACTS, "roles": ROLES, "senses": SENSES, "statuses": STATUSES} | TAGS
    about = {"labels": labels, "conventions": CONVENTIONS, "calibration": calibration(out), "sha256": files}
    (out / "reader.json").write_text(json.dumps(about, indent=1) + "\n")


if __name__ == "__main__":
    main()
