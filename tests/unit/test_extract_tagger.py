"""The taggers: the shipped model, a model of its form made here, and the adapters of spaCy and GLiNER."""

import hashlib
import json
import shutil
import sys
import types
from importlib import metadata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from pipelines.extract.labels import _follows, best_path, name_spans
from pipelines.extract.onnx_tagger import MANIFEST, SHIPPED, VOCABULARY, WEIGHTS, OnnxTagger
from pipelines.extract.tagger import TYPES, Span, TaggerError, hash_of, open_tagger
from pipelines.extract.windows import CUT
from pipelines.extract.wordpieces import SHAPES, Word

LABELS = ["O", *(f"{part}-{type_}" for type_ in ("PER", "ORG", "LOC") for part in "BIES")]
NEWS = [
    "DAMASCUS, Feb 6 (Reuters) - Turkish President Recep Tayyip Erdogan met Vladimir Putin in Sochi on Thursday.",
    "The World Health Organization said the outbreak in the Democratic Republic of Congo was over.",
    "Maria Lopez-Garcia, who leads Greenpeace in Chile, wrote to https://www.example.org/Bill_Gates about it.",
    "nothing to see here, and nobody to name.",
    "",
]


@pytest.fixture(scope="module")
def shipped():
    return open_tagger("shipped")


def named(text, spans):
    return {(text[span.start : span.end], span.type) for span in spans}


def keeps_the_contract(tagger, texts):
    """What every tagger owes: spans in order, inside the text, of our types; nothing depends on the company."""
    assert tagger.name
    assert tagger.version
    answers = tagger.tag(texts)
    assert len(answers) == len(texts)
    for text, spans in zip(texts, answers, strict=True):
        last = 0
        for span in spans:
            assert isinstance(span, Span)
            assert last <= span.start < span.end <= len(text)
            assert span.type in TYPES
            assert 0 <= span.confidence <= 1
            assert text[span.start : span.end].strip() == text[span.start : span.end]
            last = span.end
        assert tagger.tag([text]) == [spans]
    assert tagger.tag(texts[::-1]) == answers[::-1]
    assert tagger.tag([]) == []


def is_another_version(before, after, again):
    """What was kept of the names one model told must not be taken for those of another with its name and number."""
    assert after.name == before.name
    assert after.version != before.version
    assert again.version == after.version


def test_what_a_library_puts_beside_a_model_is_none_of_it(tmp_path):
    (tmp_path / "weights").write_bytes(b"1")
    before = hash_of(tmp_path)
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "lock").write_bytes(b"")
    assert hash_of(tmp_path) == before
    (tmp_path / "weights").rename(tmp_path / "other")
    assert hash_of(tmp_path) != before


def test_the_shipped_model_keeps_the_contract(shipped):
    keeps_the_contract(shipped, [*NEWS, *NEWS[:2], NEWS[0].upper()])


def test_the_shipped_model_finds_names(shipped):
    first, second, third, *none = shipped.tag(NEWS)
    assert named(NEWS[0], first) >= {
        ("DAMASCUS", "place"),
        ("Reuters", "organisation"),
        ("Recep Tayyip Erdogan", "person"),
        ("Vladimir Putin", "person"),
        ("Sochi", "place"),
    }
    assert named(NEWS[1], second) == {
        ("World Health Organization", "organisation"),
        ("Democratic Republic of Congo", "place"),
    }
    assert ("Maria Lopez-Garcia", "person") in named(NEWS[2], third)
    assert not any("Gates" in name for name, _ in named(NEWS[2], third))
    assert none == [[], []]


def test_the_number_of_threads_changes_nothing(shipped):
    assert open_tagger("shipped", threads=2).tag(NEWS) == shipped.tag(NEWS)


@pytest.mark.parametrize(
    "text",
    [
        "ALL OF IT STANDS IN CAPITALS, SAID JOHN SMITH OF THE BBC IN LONDON.",
        "وقال الرئيس السوري بشار الأسد إن دمشق ستواصل",
        "東京で安倍晋三首相が記者会見を開いた。",
        "🚀🚀 Elon Musk 👩‍🚀 in Boca Chica 🇺🇸!",
        "\u202eJohn Smith\u202c \u0000 \ufffd Jose\u0301 Mart\u00ed",
        "A" * 5000 + " B" * 5000,
        "\n\t \r\n",
    ],
)
def test_offsets_are_true_whatever_the_text(shipped, text):
    keeps_the_contract(shipped, [text])


def test_a_paragraph_of_a_million_characters(shipped):
    text = "no one of that name was ever seen there, they said; " * 19_000 + NEWS[0]
    (spans,) = shipped.tag([text])
    assert ("Vladimir Putin", "person") in named(text, spans)
    assert all(span.start > 950_000 for span in spans)


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(
        SHIPPED, tmp_path / "model", ignore=shutil.ignore_patterns("*.py", "training", "__pycache__")
    )


@pytest.mark.parametrize("file", [WEIGHTS, VOCABULARY, MANIFEST])
def test_a_missing_file_is_one_clear_error(folder, file):
    (folder / file).unlink()
    with pytest.raises(TaggerError, match=rf"{file} cannot be read.*Fetch the files again"):
        open_tagger(f"onnx:{folder}")


@pytest.mark.parametrize("file", [WEIGHTS, VOCABULARY])
def test_a_damaged_file_is_one_clear_error(folder, file):
    content = bytearray((folder / file).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / file).write_bytes(content)
    with pytest.raises(TaggerError, match=rf"damaged: .*{file} is not the file that its manifest names"):
        open_tagger(f"onnx:{folder}")


@pytest.mark.parametrize("manifest", ["{", "[]", "{}", '{"name": "n", "version": "1", "labels": [], "sha256": {}}'])
def test_a_damaged_manifest_is_one_clear_error(folder, manifest):
    (folder / MANIFEST).write_text(manifest)
    with pytest.raises(TaggerError, match=MANIFEST):
        open_tagger(f"onnx:{folder}")


def test_weights_that_are_no_network_are_one_clear_error(folder):
    (folder / WEIGHTS).write_bytes(b"no network")
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["sha256"][WEIGHTS] = hashlib.sha256(b"no network").hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(TaggerError, match="does not run"):
        open_tagger(f"onnx:{folder}")


@pytest.mark.parametrize("choice", ["", "shipped:x", "onnx", "onnx:", "spacy:", "flair:x", "SHIPPED"])
def test_a_choice_that_there_is_not(choice):
    with pytest.raises(TaggerError, match="say shipped, onnx:FOLDER"):
        open_tagger(choice)


def test_a_network_of_someone_else(tmp_path):
    """Any graph of that form does: here one that takes the shape of a word for its type."""
    onnx = pytest.importorskip("onnx")
    title = SHAPES + 2
    table = np.full((2 * SHAPES, len(LABELS)), 0.01, np.float32)
    table[:, 0] = 0.5
    table[title, LABELS.index("S-LOC")] = 0.9
    node = onnx.helper.make_node("Gather", ["table", "shapes"], ["chances"])
    inputs = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.INT64, [1, None]) for name in ("ids", "shapes")]
    output = onnx.helper.make_tensor_value_info("chances", onnx.TensorProto.FLOAT, [1, None, len(LABELS)])
    graph = onnx.helper.make_graph([node], "g", inputs, [output], [onnx.numpy_helper.from_array(table, "table")])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 21)], ir_version=10)
    files = {WEIGHTS: model.SerializeToString(), VOCABULARY: b"[CLS]\n[SEP]\n[UNK]\nlink"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = {"name": "tiny", "version": "7", "labels": LABELS, "sha256": digests}
    (tmp_path / MANIFEST).write_text(json.dumps(manifest))

    tagger = open_tagger(f"onnx:{tmp_path}")
    assert isinstance(tagger, OnnxTagger)
    assert (tagger.name, tagger.version[:-12]) == ("tiny", f"7.{CUT}+")
    keeps_the_contract(tagger, NEWS)
    assert tagger.tag(["from Lima to Quito"]) == [[Span(5, 9, "place", 0.9), Span(13, 18, "place", 0.9)]]

    vocabulary = files[VOCABULARY] + b"\nlima"
    (tmp_path / VOCABULARY).write_bytes(vocabulary)
    manifest["sha256"][VOCABULARY] = hashlib.sha256(vocabulary).hexdigest()
    (tmp_path / MANIFEST).write_text(json.dumps(manifest))
    is_another_version(tagger, open_tagger(f"onnx:{tmp_path}"), open_tagger(f"onnx:{tmp_path}"))


def test_a_pipeline_of_spacy(tmp_path):
    spacy = pytest.importorskip("spacy", reason="the extra 'spacy' is not installed")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "Vladimir Putin"},
            {"label": "GPE", "pattern": "Sochi"},
            {"label": "GPE", "pattern": "the Democratic Republic of Congo"},
            {"label": "DATE", "pattern": "Thursday"},
        ]
    )
    pipeline.to_disk(tmp_path / "pipeline")
    tagger = open_tagger(f"spacy:{tmp_path / 'pipeline'}")
    keeps_the_contract(tagger, NEWS)
    first, second, *_ = tagger.tag(NEWS)
    assert named(NEWS[0], first) == {("Vladimir Putin", "person"), ("Sochi", "place")}
    assert named(NEWS[1], second) == {("Democratic Republic of Congo", "place")}
    long = "word " * 12_000 + "Sochi"
    assert named(long, tagger.tag([long])[0]) == {("Sochi", "place")}
    with pytest.raises(TaggerError, match="spaCy cannot open"):
        open_tagger(f"spacy:{tmp_path / 'none'}")

    ruler.add_patterns([{"label": "PERSON", "pattern": "Bill Gates"}])
    pipeline.to_disk(tmp_path / "pipeline")
    trained, same = (open_tagger(f"spacy:{tmp_path / 'pipeline'}") for _ in range(2))
    is_another_version(tagger, trained, same)


class _Gliner:
    """What the adapter uses of gliner.GLiNER."""

    @classmethod
    def from_pretrained(cls, model, *, local_files_only):
        assert local_files_only
        assert (Path(model) / "pytorch_model.bin").exists()
        return cls()

    def predict_entities(self, text, labels, *, threshold):
        assert labels == ["person", "organization", "location"]
        at = text.find("Sochi")
        return [{"start": at, "end": at + 5, "label": "location", "score": 0.87654}] if at >= 0 else []


def test_a_model_of_gliner(monkeypatch, tmp_path):
    """Against a stand-in of the library's interface: GLiNER's models are not on the package index."""

    def snapshot_download(model, *, local_files_only):
        assert local_files_only
        if model != "someone/names":
            raise FileNotFoundError("not in the cache")
        return str(tmp_path)

    monkeypatch.setitem(sys.modules, "gliner", types.SimpleNamespace(GLiNER=_Gliner))
    hub = types.SimpleNamespace(snapshot_download=snapshot_download)
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    monkeypatch.setattr(metadata, "version", lambda _: "0.2.29")
    (tmp_path / "pytorch_model.bin").write_bytes(b"weights")
    tagger = open_tagger(f"gliner:{tmp_path}")
    keeps_the_contract(tagger, NEWS)
    long = "word " * 1_000 + "Sochi"
    assert tagger.tag([long]) == [[Span(5_000, 5_005, "place", 0.877)]]
    with pytest.raises(TaggerError, match="GLiNER cannot open"):
        open_tagger("gliner:none")
    cached = open_tagger("gliner:someone/names")
    assert (cached.name, cached.version) == ("gliner:someone/names", tagger.version)

    (tmp_path / "pytorch_model.bin").write_bytes(b"others!")
    is_another_version(tagger, open_tagger(f"gliner:{tmp_path}"), open_tagger(f"gliner:{tmp_path}"))


@pytest.mark.parametrize(("library", "choice"), [("spacy", "spacy:x"), ("gliner", "gliner:x")])
def test_a_missing_extra_is_named(monkeypatch, library, choice):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(TaggerError, match=rf"pip install 'wirehouse\[{library}\]'"):
        open_tagger(choice)


def test_the_best_path_makes_sense_and_is_the_best():
    labels = ("O", "B-PER", "I-PER", "E-PER", "S-PER")
    follows = _follows(labels)
    generator = np.random.default_rng(5)
    for _ in range(50):
        chances = generator.dirichlet(np.ones(5), size=4).astype(np.float32)
        path = best_path(chances, follows)
        scores = {}
        for number in range(5**4):
            other = [number // 5**at % 5 for at in range(4)]
            edged = [-1, *other, -1]
            if all(follows[a, b] for a, b in pairwise(edged)):
                scores[tuple(other)] = float(np.log(chances[range(4), other]).sum())
        assert tuple(path) == max(scores, key=scores.get)


def test_a_name_is_as_sure_as_its_least_sure_word():
    words = [Word(at, at + 1, 0, ()) for at in range(4)]
    chances = np.full((4, 13), 0.01, np.float32)
    for at, (label, chance) in enumerate([("O", 0.9), ("B-ORG", 0.8), ("E-ORG", 0.6), ("S-LOC", 0.7)]):
        chances[at, LABELS.index(label)] = chance
    assert name_spans(words, chances, LABELS) == [Span(1, 3, "organisation", 0.6), Span(3, 4, "place", 0.7)]
