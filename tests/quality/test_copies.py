"""Which samples are copies or updates of which, by the labels in samples.yaml, against what deduplication links."""

import datetime as dt
import hashlib
from itertools import combinations
from pathlib import Path

import pyarrow as pa
import pytest
import yaml

from pipelines.dedup.candidates import candidate_pairs
from pipelines.dedup.compare import compare, gathered
from pipelines.dedup.link import Copy, link
from pipelines.dedup.signature import sign
from pipelines.ingest.limits import Limits
from pipelines.ingest.reader import read_drop
from pipelines.parse.article import parse
from pipelines.parse.profile import load_profile

ROOT = Path(__file__).parents[2] / "raw" / "samples"
LABELS = yaml.safe_load((Path(__file__).parent / "samples.yaml").read_text("utf-8"))


def _key(path, member):
    return f"{path}#{member}" if member else path


@pytest.fixture(scope="module")
def clusters():
    """The samples' keys by cluster, as linked."""
    profile, articles = load_profile(), {}
    for file in sorted(ROOT.rglob("*.*")):
        path = file.relative_to(ROOT).as_posix()
        outlet, day = path.split("/")[:2]
        data = file.read_bytes()
        for document, reject, *_ in read_drop(path, outlet, data, hashlib.sha256(data).hexdigest(), Limits()):
            if reject is None:
                parsed = parse(document, dt.date.fromisoformat(day), profile).article
                articles[_key(path, document.member)] = (parsed, dt.date.fromisoformat(day))
    keys = list(articles)
    signed = sign(pa.array([articles[key][0].body for key in keys]))
    hashes = signed.content_hash.to_pylist()
    bodies = pa.table({"content_hash": hashes, "body": [articles[key][0].body for key in keys]})
    candidates = [sorted((hashes[a], hashes[b])) for a, b in candidate_pairs(signed.bands).tolist()]
    [portion] = gathered({(a, b) for a, b in candidates if a != b}, len(keys))
    near = compare(portion, bodies)
    copies = [
        Copy(key, content, article.published_on, day, count, article.outlet_id, article.dateline_agency)
        for key, (article, day), content, count in zip(
            keys, articles.values(), hashes, signed.shingle_count.tolist(), strict=True
        )
    ]
    links = {made.article_id: made.cluster_id for made in link(copies, near, 90)}
    return {key: links.get(key, key) for key in keys}


def _labelled():
    pairs = {}
    for entry in LABELS:
        for kind in ("copy_of", "update_of"):
            if entry.get(kind):
                pairs[_key(entry["path"], entry.get("member")), entry[kind]] = kind
    return pairs


def test_every_labelled_copy_and_update_is_found(clusters):
    labelled = _labelled()
    assert len(labelled) >= 10
    missed = [pair for pair in labelled if clusters[pair[0]] != clusters[pair[1]]]
    assert missed == []


def test_nothing_else_is_linked(clusters):
    together: dict[str, set[str]] = {}
    for key in clusters:
        together.setdefault(key, {key})
    for one, other in _labelled():
        merged = together[one] | together[other]
        for key in merged:
            together[key] = merged
    false = {
        (one, other)
        for one, other in combinations(sorted(clusters), 2)
        if clusters[one] == clusters[other] and other not in together[one]
    }
    assert false == set()
