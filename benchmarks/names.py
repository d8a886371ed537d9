"""Reading names: words per CPU-second of the model, of all extraction and of what stands beside them, in one run.

`python -m benchmarks.names` takes generated articles, with their outlets' furniture, through parsing and then through
each part of extraction, on one core: first the parts beside what others offer for them, where it is installed (spaCy's
CNN untrained, for its speed alone; dateparser), then all extraction on several kinds of text, then the stage as a run
has it, twice over the same day. Words are those of all paragraphs that extraction is given, read or not.
"""

import argparse
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import yaml

from assets.collecting import no_collection
from benchmarks.corpus import Report, generate, write
from benchmarks.dates import theirs as dateparsers
from benchmarks.job import OUT, in_fresh_process
from pipelines.extract.dates import find_dates
from pipelines.extract.extract import READ, Source, extract_batch
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.names import NameRules
from pipelines.extract.recognise import Recogniser
from pipelines.extract.tagger import Tagger, open_tagger
from pipelines.extract.things import ThingRules
from pipelines.lookups.lists import Lookups
from pipelines.parse.article import parse
from pipelines.parse.profile import load_profile
from pipelines.records import Document

DAY = date(2020, 2, 3)
_NEWSWIRE = Path(__file__).parent.parent / "tests" / "quality" / "newswire" / "dev.yaml"
_BATCH = 100
_FEW = 50
"""Articles for what takes a hundred times as long."""


def newswire() -> Iterable[Report]:
    """The labelled articles of tests/quality/newswire/dev, without their labels: short and dense with names."""
    articles: dict[str, str] = yaml.safe_load(_NEWSWIRE.read_text("utf-8"))["dev"]
    for title, marked in articles.items():
        text = re.sub(r"\[[a-z]+ ([^\[\]]+)\]", r"\1", marked)
        yield Report(f"wire/{DAY}/{title}.txt", text.replace("\n", "\n\n"), 0, "original")


def sources(drops: Iterable[Report]) -> list[Source]:
    """Parsed articles."""
    profile, out = load_profile(), []
    for number, drop in enumerate(drops):
        parts = (f"d{number}", drop.name, None, drop.name.split("/")[0], 0, "", "text", "1", "utf-8", drop.text, None)
        parsed = parse(Document(*parts), DAY, profile)
        out.append(Source(parsed.paragraphs, drop.text, parsed.article.published_on))
    return out


def texts_of(articles: Iterable[Source]) -> list[str]:
    """The paragraphs that names are looked for in."""
    return [
        source.text[paragraph.char_start : paragraph.char_end]
        for source in articles
        for paragraph in source.paragraphs
        if paragraph.role in READ
    ]


def words_of(texts: Iterable[str]) -> int:
    """How many words they have, as parted by spaces."""
    return sum(len(text.split()) for text in texts)


def told(name: str, words: int, work: Callable[[], object]) -> None:
    """Prints what the work took."""
    began = time.process_time()
    work()
    line(name, words, time.process_time() - began)


def line(name: str, words: int, seconds: float) -> None:
    """One figure."""
    print(f"  {name:<50}{words / seconds:>12,.0f} words / CPU s", flush=True)


def cnn(width: int, depth: int) -> tuple[Callable[[list[str]], object], int]:
    """A blank English pipeline of spaCy's, untrained: how it reads names, and how many parameters that has."""
    import spacy

    layers = {"@architectures": "spacy.HashEmbedCNN.v2", "width": width, "depth": depth, "embed_size": 2000}
    layers |= {"window_size": 1, "maxout_pieces": 3, "subword_features": True, "pretrained_vectors": None}
    nlp = spacy.blank("en")
    recogniser = nlp.add_pipe("ner", config={"model": {"tok2vec": layers}})
    recogniser.add_label("PERSON")
    nlp.initialize()
    nodes = recogniser.model.walk()
    held = [node.get_param(name) for node in nodes for name in node.param_names if node.has_param(name)]
    return lambda texts: list(nlp.pipe(texts)), sum(values.size for values in held)


def parts(texts: list[str], tagger: Tagger, lookups: Lookups) -> None:
    """What extraction is made of, each by itself beside a peer."""
    distinct, rules = list(dict.fromkeys(texts)), NameRules(lookups)
    words, few = words_of(texts), texts[:_FEW]
    tagger.tag(distinct[:20])
    told("model, each paragraph once", words_of(distinct), lambda: tagger.tag(distinct))
    if find_spec("spacy"):
        for width, depth in ((96, 4), (256, 8)):  # as in en_core_web_sm; as spaCy advises for accuracy
            read, parameters = cnn(width, depth)
            read(distinct[:20])
            name = f"spaCy's CNN, {depth} layers of {width}, {parameters / 1e6:.1f}M parameters"
            told(name, words_of(distinct), lambda read=read: read(distinct))  # type: ignore[misc]
    else:
        print("  spaCy is not installed (pip install 'wirehouse[spacy]'): no peer beside the model")
    told("lists and rules", words, lambda: [rules.scan(text, 0, len(text)) for text in texts])
    things = ThingRules(lookups)
    told("things", words, lambda: [things.find(text, 0, len(text)) for text in texts])
    told("dates", words, lambda: [find_dates(text, 0, len(text), DAY) for text in texts])
    if find_spec("dateparser"):
        dateparsers(texts[0], DAY)
        told(f"dateparser, {_FEW} of the paragraphs", words_of(few), lambda: [dateparsers(text, DAY) for text in few])
    else:
        print("  dateparser is not installed (pip install 'wirehouse[bench]'): no peer beside the dates")


def extraction(name: str, articles: list[Source], gazetteer: Gazetteer, tagger: Tagger, lookups: Lookups) -> None:
    """All extraction of the articles: by a process that never saw them, from what was kept, and by the rules alone."""
    texts = texts_of(articles)
    words, repeated = words_of(texts), 1 - len(set(texts)) / len(texts)
    print(f"{name}: {len(articles):,} articles, {words:,} words, {repeated:.0%} of the paragraphs repeated")
    cold, warm, listed = (Recogniser(reader, NameRules(lookups)) for reader in (tagger, tagger, None))

    def read(recogniser: Recogniser) -> None:
        with no_collection():
            for at in range(0, len(articles), _BATCH):
                extract_batch(articles[at : at + _BATCH], gazetteer, recogniser)

    told("extraction", words, lambda: read(cold))
    warm.prime(cold.told)
    told("extraction again, the model's part kept", words, lambda: read(warm))
    told("extraction by rules alone", words, lambda: read(listed))


def stage(drops: list[Report], words: int) -> None:
    """The stage `extract` of two runs over one day, from start to staged rows, each in a process of its own."""
    folder = OUT / "names"
    shutil.rmtree(folder, ignore_errors=True)
    write(folder / "raw", drops)
    for name in ("stage `extract`", "stage `extract`, the day again"):
        costs = in_fresh_process(folder / "raw", folder / "lake", [DAY.isoformat()], ner="shipped")
        line(name, words, costs["extract"]["cpu"])


def main() -> None:
    """Each part, on the same articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    tagger, lookups, gazetteer = open_tagger(), Lookups.load(), Gazetteer.load()
    drops = list(generate(options.count, 5))
    articles = sources(drops)
    texts = texts_of(articles)
    print(f"the parts, on {options.count:,} generated articles")
    parts(texts, tagger, lookups)
    extraction("generated, a tenth of the articles copies", articles, gazetteer, tagger, lookups)
    copied = sources(generate(options.count, 5, copies=0.4))
    extraction("generated, two fifths copies", copied, gazetteer, tagger, lookups)
    extraction("newswire/dev", sources(newswire()), gazetteer, tagger, lookups)
    print(f"a run over the first {options.count:,} articles")
    stage(drops, words_of(texts))


if __name__ == "__main__":
    main()
