"""Reading names: words per CPU-second of the model, of the rules, of the dates and of all extraction together.

`python -m benchmarks.names` takes generated articles, a tenth of them copies with their outlets' furniture, through
parsing and then through each part of extraction, on one core in one run; beside them spaCy's CNN, untrained, for its
speed alone, where spaCy is installed. Words are those of all paragraphs that extraction is given, read or not.
"""

import argparse
import datetime as dt
import os
import time
from collections.abc import Callable, Iterable

from benchmarks.corpus import generate
from pipelines.extract.dates import find_dates
from pipelines.extract.extract import READ, Source, extract_batch
from pipelines.extract.gazetteer import Gazetteer
from pipelines.extract.names import NameRules
from pipelines.extract.recognise import Recogniser
from pipelines.extract.tagger import open_tagger
from pipelines.extract.things import ThingRules
from pipelines.lookups.lists import Lookups
from pipelines.parse.article import parse
from pipelines.parse.profile import load_profile
from pipelines.records import Document

DAY = dt.date(2020, 2, 3)
_BATCH = 100


def sources(count: int) -> list[Source]:
    """Parsed articles."""
    profile, out = load_profile(), []
    for number, drop in enumerate(generate(count, 5)):
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


def told(name: str, words: int, work: Callable[[], object]) -> None:
    """Prints what the work took."""
    began = time.process_time()
    work()
    print(f"  {name:<44}{words / (time.process_time() - began):>12,.0f} words / CPU s")


def main() -> None:
    """Each part, on the same articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    articles = sources(options.count)
    texts = texts_of(articles)
    words = sum(len(text.split()) for text in texts)
    distinct = list(dict.fromkeys(texts))
    print(
        f"{options.count:,} articles, {words:,} words, {1 - len(distinct) / len(texts):.0%} of the paragraphs repeated"
    )
    tagger, lookups, gazetteer = open_tagger(), Lookups.load(), Gazetteer.load()
    tagger.tag(distinct[:20])
    told("model, each paragraph once", sum(len(text.split()) for text in distinct), lambda: tagger.tag(distinct))
    rules = NameRules(lookups)
    told("lists and rules", words, lambda: [rules.scan(text, 0, len(text)) for text in texts])
    things = ThingRules(lookups)
    told("things", words, lambda: [things.find(text, 0, len(text)) for text in texts])
    told("dates", words, lambda: [find_dates(text, 0, len(text), DAY) for text in texts])
    batches = [articles[at : at + _BATCH] for at in range(0, len(articles), _BATCH)]
    model, listed = Recogniser(tagger, NameRules(lookups)), Recogniser(None, NameRules(lookups))
    told("extraction with the model", words, lambda: [extract_batch(batch, gazetteer, model) for batch in batches])
    told("extraction by rules", words, lambda: [extract_batch(batch, gazetteer, listed) for batch in batches])
    try:
        import spacy
    except ImportError:
        print("  spaCy is not installed (pip install 'spacy>=3.8,<4'): no peer beside it")
        return
    nlp = spacy.blank("en")
    nlp.add_pipe("ner").add_label("PERSON")
    nlp.initialize()
    told("spaCy's CNN, untrained", words, lambda: list(nlp.pipe(texts)))


if __name__ == "__main__":
    main()
