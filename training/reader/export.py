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
from shape import ACTS, CONVENTIONS, ENCODED, OWN_LAYERS, PARTS, ROLES, SENSES, STATUSES, TAGS, Reader
from unweighed import PLAIN

OUT = Path(__file__).resolve().parents[2] / "src" / "dateline" / "data" / "learned"


GIVEN = ["states", "grammar"]


class Layers(torch.nn.Module):
    """Layers of the encoder for one window at a time: queries, keys and values are one product, nothing is masked."""

    def __init__(self, layers: Any, heads: int) -> None:
        super().__init__()
        self.layers, self.heads, self.asked = layers, heads, torch.nn.ModuleList()
        for layer in layers:
            parts = [getattr(layer.attention.self, name) for name in ("query", "key", "value")]
            size = parts[0].in_features
            joined = torch.nn.Linear(size, 3 * size)
            scales = ((size // heads) ** -0.5, 1.0, 1.0)
            for name in ("weight", "bias"):
                made = torch.cat([getattr(part, name).data * s for part, s in zip(parts, scales, strict=True)])
                getattr(joined, name).data = made
            self.asked.append(joined)

    def forward(self, states: Any) -> Any:
        one, length, size = states.shape
        for layer, asked in zip(self.layers, self.asked, strict=True):
            parts = asked(states).view(one, length, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
            queries, keys, values = parts.unbind(0)
            seen = torch.softmax(queries @ keys.transpose(-1, -2), -1) @ values
            told = layer.attention.output.dense(seen.permute(0, 2, 1, 3).reshape(one, length, size))
            states = layer.attention.output.LayerNorm(told + states)
            told = layer.output.dense(torch.nn.functional.gelu(layer.intermediate.dense(states)))
            states = layer.output.LayerNorm(told + states)
        return states


class Encoder(torch.nn.Module):
    """The encoder as it ships: the layers that all share, those of the tasks, those of the grammar."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        layers, heads = reader.encoder.encoder.layer, reader.encoder.config.num_attention_heads
        self.embeddings = reader.encoder.embeddings
        self.shared, self.tasks = (Layers(part, heads) for part in (layers[:-OWN_LAYERS], layers[-OWN_LAYERS:]))
        self.grammar = Layers(reader.syntax, heads)

    def forward(self, pieces: Any, shapes: Any) -> Any:
        shared = self.shared(self.embeddings(input_ids=pieces, token_type_ids=shapes))
        return self.tasks(shared), self.grammar(shared)


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
    pieces = torch.randint(1000, 2000, (1, 24))
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder) / "plain.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            Encoder(reader),
            (pieces, torch.zeros_like(pieces)),
            str(plain),
            input_names=["pieces", "shapes"],
            output_names=GIVEN,
            dynamic_axes={name: {1: "length"} for name in ("pieces", "shapes", *GIVEN)},
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
