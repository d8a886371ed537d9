"""The shipped entity model, and any other of its form: a folder with weights, a vocabulary and a manifest.

The manifest (`manifest.json`) has the model's name, version and labels and the sha256 of each file. One window is
one call of the network: its activations are scaled to eight bits over that window alone, so a text's names never
depend on what was read beside it, and on a processor a call of sixteen windows is no faster per word than one. A graph
with an input `wanted` is told for which words an answer is wanted, and its last layers spare themselves the others.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.extract.labels import name_spans
from pipelines.extract.tagger import Span, TaggerError, short_hash
from pipelines.extract.windows import CUT, near_names, wanted, windows
from pipelines.extract.wordpieces import Word, WordPieces

SHIPPED = Path(__file__).parents[1] / "model"
WEIGHTS = "weights.onnx"
VOCABULARY = "vocabulary.txt"
MANIFEST = "manifest.json"


class OnnxTagger:
    """A tagger of one folder. Calls from several threads are fine; opening takes about a tenth of a second."""

    def __init__(self, folder: Path | str, threads: int = 1) -> None:
        """Read and verify the folder's files. Raises TaggerError where one is missing or not what the manifest says."""
        folder = Path(folder)
        manifest = _manifest(folder)
        files = {name: _verified(folder / name, digest) for name, digest in manifest["sha256"].items()}
        self.name: str = manifest["name"]
        self.version = f"{manifest['version']}.{CUT}+{_hash(manifest)}"
        self._labels: list[str] = manifest["labels"]
        self._pieces = WordPieces(files[VOCABULARY].decode("utf-8").splitlines())
        self._session = _session(files[WEIGHTS], threads, folder)
        self._is_narrowed = "wanted" in {given.name for given in self._session.get_inputs()}

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text. A text that comes twice is read once."""
        read = {text: self._read(text) for text in dict.fromkeys(texts)}
        return [list(read[text]) for text in texts]

    def _read(self, text: str) -> list[Span]:
        out: list[Span] = []
        for window in windows(text, near_names(text, self._pieces.words(text))):
            if asked := wanted(text, window):
                out += name_spans(window, self._chances(window, asked), self._labels)
        return out

    def _chances(self, window: Sequence[Word], asked: Sequence[int]) -> NDArray[np.float32]:
        """The probability of each label for each word of a window: (words, labels). Words not asked for get none."""
        pieces = self._pieces
        ids, shapes, firsts = [pieces.opening], [0], []
        for word in window:
            firsts.append(len(ids))
            ids += word.pieces
            shapes += [word.shape] * len(word.pieces)
        ids.append(pieces.closing)
        shapes.append(0)
        places = np.array([0, *(firsts[at] for at in asked)], np.int64)
        inputs = {"ids": np.array([ids], np.int64), "shapes": np.array([shapes], np.int64)}
        if self._is_narrowed:
            (told,) = self._session.run(["chances"], inputs | {"wanted": places})[0]
        else:
            told = self._session.run(["chances"], inputs)[0][0, places]
        chances = np.zeros((len(window), len(self._labels)), np.float32)
        chances[:, 0] = 1
        chances[asked] = told[1:]
        return chances


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TaggerError(f"no entity model in {folder}: {MANIFEST} cannot be read ({error}). {_REMEDY}") from None
    if not isinstance(manifest, dict) or not manifest.keys() >= {"name", "version", "labels", "sha256"}:
        raise TaggerError(f"the entity model in {folder} is damaged: {MANIFEST} is incomplete. {_REMEDY}")
    if not manifest["sha256"].keys() >= {WEIGHTS, VOCABULARY}:
        raise TaggerError(f"the entity model in {folder} is damaged: {MANIFEST} names no weights. {_REMEDY}")
    return manifest


def _hash(manifest: dict[str, Any]) -> str:
    return short_hash(json.dumps(manifest, sort_keys=True).encode())


def _verified(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TaggerError(f"the entity model is incomplete: {path} cannot be read ({error}). {_REMEDY}") from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise TaggerError(f"the entity model is damaged: {path} is not the file that its manifest names. {_REMEDY}")
    return content


def _session(weights: bytes, threads: int, folder: Path) -> Any:
    try:
        import onnxruntime
    except ImportError:
        raise TaggerError("the entity model needs onnxruntime: pip install onnxruntime") from None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # The graph is written as it should run: the runtime's fused SkipLayerNormalization is four times slower here.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions share no base class but this
        raise TaggerError(f"the entity model in {folder} does not run: {error}. {_REMEDY}") from None


_REMEDY = "Fetch the files again ('git checkout -- pipelines/model', or install wirehouse anew), or set WIREHOUSE_NER."
