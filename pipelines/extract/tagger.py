"""What reads names out of a text: the interface, and the choice among those that can.

Wirehouse ships a model (`onnx_tagger.py`). Another one of that form, a spaCy pipeline or a GLiNER model can stand in
its place; their adapters are a file each and are imported only when they are asked for.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

TYPES = ("person", "organisation", "place")
_SHOWN = 12  # hexadecimal digits of a model's hash: 48 bits, enough to tell apart all models that a person tries


class Span(NamedTuple):
    """A name: text[start:end], in code points, its type, of `TYPES`, and how sure its tagger is, 0 to 1."""

    start: int
    end: int
    type: str
    confidence: float


class Tagger(Protocol):
    """Reads names. A text's spans depend on that text alone, not on the others of the call.

    `name` and `version` tell taggers apart whose spans may differ: they belong in the key of every cache. A version
    has the hash of the model's files in it, since a model can be trained anew and keep its name and number.
    """

    name: str
    version: str

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text, in the order of the texts; within one by offset, none overlapping another."""
        ...


class TaggerError(Exception):
    """A tagger cannot be opened. The message says what is wrong and what to do."""


def hash_of(folder: Path) -> str:
    """The hash of a model: of the names and contents of all files in its folder but hidden ones. Raises OSError."""
    listed = []
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in parts):
            with path.open("rb") as file:
                listed.append(f"{'/'.join(parts)} {hashlib.file_digest(file, 'sha256').hexdigest()}\n")
    return short_hash("".join(sorted(listed)).encode())


def short_hash(content: bytes) -> str:
    """What tells models apart in a version."""
    return hashlib.sha256(content).hexdigest()[:_SHOWN]


def open_tagger(choice: str = "shipped", threads: int = 1) -> Tagger:
    """The tagger that `choice` names: `shipped`, `onnx:FOLDER`, `spacy:PIPELINE` or `gliner:MODEL`.

    `threads` is for one text at a time and for the ONNX models alone; the spans are the same for any number.
    Raises TaggerError where the choice is none of these, or its files or its library are missing or damaged.
    """
    kind, _, where = choice.partition(":")
    if kind == "shipped" and not where:
        from pipelines.extract.onnx_tagger import SHIPPED, OnnxTagger

        return OnnxTagger(SHIPPED, threads)
    if kind == "onnx" and where:
        from pipelines.extract.onnx_tagger import OnnxTagger

        return OnnxTagger(where, threads)
    if kind == "spacy" and where:
        from pipelines.extract.spacy_tagger import SpacyTagger

        return SpacyTagger(where)
    if kind == "gliner" and where:
        from pipelines.extract.gliner_tagger import GlinerTagger

        return GlinerTagger(where)
    raise TaggerError(f"no tagger '{choice}': say shipped, onnx:FOLDER, spacy:PIPELINE or gliner:MODEL")
