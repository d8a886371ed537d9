"""What reads names out of a text: the interface, and the choice among those that can.

Wirehouse ships a model (`onnx_tagger.py`). Another one of that form, a spaCy pipeline or a GLiNER model can stand in
its place; their adapters are a file each and are imported only when they are asked for.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

TYPES = ("person", "organisation", "place")


class Span(NamedTuple):
    """A name: text[start:end], in code points, its type, of `TYPES`, and how sure its tagger is, 0 to 1."""

    start: int
    end: int
    type: str
    confidence: float


class Tagger(Protocol):
    """Reads names. A text's spans depend on that text alone, not on the others of the call.

    `name` and `version` tell taggers apart whose spans may differ: they belong in the key of every cache.
    """

    name: str
    version: str

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text, in the order of the texts; within one by offset, none overlapping another."""
        ...


class TaggerError(Exception):
    """A tagger cannot be opened. The message says what is wrong and what to do."""


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
