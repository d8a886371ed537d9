"""A GLiNER model in the place of the shipped one: `gliner:` and a folder, or a name that is in the local cache.

Needs the extra `gliner`; nothing is downloaded. GLiNER is asked for our types in its own words.
"""

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from pipelines.extract.tagger import Span, TaggerError, hash_of
from pipelines.extract.windows import cut

ASKED = {"person": "person", "organization": "organisation", "location": "place"}
"""What GLiNER is asked for, and our type of it."""
_LEAST = 0.5  # GLiNER's own default threshold
_LONGEST = 1_200  # characters; GLiNER cuts what is longer than its 384 words, here it never is


class GlinerTagger:
    """A tagger of one model."""

    def __init__(self, model: str) -> None:
        """Open a model from this machine. Raises TaggerError where it or the library is missing."""
        try:
            from gliner import GLiNER
        except ImportError:
            raise TaggerError("a GLiNER tagger needs gliner: pip install 'wirehouse[gliner]'") from None
        try:
            folder = _folder(model)
            self._model = GLiNER.from_pretrained(str(folder), local_files_only=True)
            digest = hash_of(folder)
        except (OSError, ValueError) as error:
            raise TaggerError(f"GLiNER cannot open '{model}': {error}. Give the folder of a saved model.") from None
        self.name = f"gliner:{model}"
        self.version = f"{metadata.version('gliner')}+{digest}"

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """The names in each text; each text is read alone, so that its names don't depend on a batch."""
        return [
            [span for start, end in cut(text, _LONGEST) for span in self._spans(text, start, end)] for text in texts
        ]

    def _spans(self, text: str, start: int, end: int) -> list[Span]:
        if not text[start:end].strip():
            return []
        found = self._model.predict_entities(text[start:end], list(ASKED), threshold=_LEAST)
        spans = [
            Span(
                start + entity["start"], start + entity["end"], ASKED[entity["label"]], round(float(entity["score"]), 3)
            )
            for entity in found
        ]
        return sorted(spans)


def _folder(model: str) -> Path:
    """Where a model's files are. Raises OSError or ValueError where there are none on this machine."""
    if (folder := Path(model)).is_dir():
        return folder
    from huggingface_hub import snapshot_download

    return Path(snapshot_download(model, local_files_only=True))
