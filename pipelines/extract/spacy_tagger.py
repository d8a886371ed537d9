"""A spaCy pipeline in the place of the shipped model: `spacy:en_core_web_trf`, or the path of a saved pipeline.

Needs the extra `spacy` and the pipeline installed; nothing is downloaded. Texts are read one by one, because the
spans of a transformer can depend on the padding of its batch.
"""

from collections.abc import Sequence
from pathlib import Path

from pipelines.extract.tagger import Span, TaggerError, hash_of
from pipelines.extract.windows import cut

TYPES = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
"""Of OntoNotes and of WikiNER; spans of other labels are left out."""
_LONGEST = 50_000  # characters; spaCy refuses a million, and memory grows with the length
_UNUSED = ["parser", "lemmatizer", "attribute_ruler", "morphologizer"]
_SURE = 0.8  # spaCy gives no confidence; this stands for its usual precision, not for that of a span


class SpacyTagger:
    """A tagger of one pipeline."""

    def __init__(self, pipeline: str) -> None:
        """Open an installed pipeline or a folder. Raises TaggerError where it or spaCy is missing."""
        try:
            import spacy
        except ImportError:
            raise TaggerError("a spaCy tagger needs spaCy: pip install 'wirehouse[spacy]'") from None
        try:
            self._read = spacy.load(pipeline, exclude=_UNUSED)
            model = hash_of(Path(self._read.path))
        except (OSError, ValueError) as error:
            raise TaggerError(f"spaCy cannot open '{pipeline}': {error}. Install it, or give its folder.") from None
        self.name = f"spacy:{pipeline}"
        self.version = f"{self._read.meta['version']}+spacy{spacy.__version__}+{model}"

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text, without the article and the possessive that OntoNotes counts in."""
        return [
            [span for start, end in cut(text, _LONGEST) for span in self._spans(text, start, end)] for text in texts
        ]

    def _spans(self, text: str, start: int, end: int) -> list[Span]:
        out = []
        for entity in self._read(text[start:end]).ents:
            type_ = TYPES.get(entity.label_)
            a, b = start + entity.start_char, start + entity.end_char
            if text[a:b].startswith("the "):
                a += 4
            if text[a:b].endswith(("'s", "’s")):
                b -= 2
            if type_ and a < b:
                out.append(Span(a, b, type_, _SURE))
        return out
