"""Writes trained weights in the form that Wirehouse reads: weights.onnx, vocabulary.txt and manifest.json.

    python -m pipelines.model.training.export --trained FILE --start DIR --out DIR --version 1

Several `--trained` files are averaged. `--float` writes float32 weights, to measure what int8 costs.
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import torch

from pipelines.extract.onnx_tagger import MANIFEST, VOCABULARY, WEIGHTS
from pipelines.model.training.examples import LABELS
from pipelines.model.training.graph import Arrays, build


def average(files: list[Path]) -> Arrays:
    """The mean of the weights of several files."""
    states = [torch.load(path) for path in files]
    return {name: np.mean([state[name].float().numpy() for state in states], axis=0) for name in states[0]}


def write(arrays: Arrays, vocabulary: Path, out: Path, version: str, packed: bool = True) -> None:
    """The folder of a model."""
    out.mkdir(parents=True, exist_ok=True)
    (out / WEIGHTS).write_bytes(build(arrays, packed).SerializeToString(deterministic=True))
    shutil.copyfile(vocabulary, out / VOCABULARY)
    digests = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in (WEIGHTS, VOCABULARY)}
    manifest = {"name": "wirehouse-names", "version": version, "labels": LABELS, "sha256": digests}
    (out / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Export the entity model.")
    parser.add_argument("--trained", type=Path, required=True, nargs="+")
    parser.add_argument("--start", type=Path, required=True, help="the folder with vocab.txt")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--float", action="store_true", dest="is_float")
    options = parser.parse_args()
    write(average(options.trained), options.start / "vocab.txt", options.out, options.version, not options.is_float)


if __name__ == "__main__":
    main()
