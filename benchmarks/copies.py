"""Which stories are copies of which: our deduplication beside other libraries, on the same stories and core in one run.

`make bench-copies` prints pairwise precision, recall and F1 of the clusters, CPU time from texts to clusters and peak
memory. Every method runs in a process of its own. The others do as their manuals say: shingles of three words, 128
permutations, candidates kept where the estimated similarity reaches a threshold, clusters by connected components;
the threshold is the best of several on these very stories, which favours them. Compiling is not counted.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import feather

from benchmarks.stories import generate

OUT = Path(__file__).parent / "out"
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
PERMUTATIONS = 128
OURS = "wirehouse"
WINDOW_DAYS = 90
CROWD = 200  # of texts that share a band each is compared with so many neighbours, where banding is ours

Pairs = tuple[NDArray[np.int64], NDArray[np.float64]]


class Score(NamedTuple):
    """How well clusters agree with the known ones, over all pairs of stories."""

    precision: float
    recall: float
    f1: float


def score(found: Sequence[Any], known: Sequence[Any]) -> Score:
    """Precision, recall and F1 of the pairs that lie in one cluster; both give a cluster for each story."""

    def pairs(sizes: Iterable[int]) -> int:
        return sum(size * (size - 1) // 2 for size in sizes)

    both = pairs(Counter(zip(found, known, strict=True)).values())
    ours, true = pairs(Counter(found).values()), pairs(Counter(known).values())
    precision, recall = both / max(ours, 1), both / max(true, 1)
    return Score(precision, recall, 2 * precision * recall / max(precision + recall, 1e-9))


def components(count: int, pairs: Iterable[Sequence[int]]) -> list[int]:
    """For each of `count` rows the least row it is connected with."""
    root = list(range(count))

    def find(row: int) -> int:
        while root[row] != row:
            root[row] = row = root[root[row]]
        return row

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    return [find(row) for row in range(count)]


def shingles(text: str) -> list[str]:
    """The three words running of a text, each once, as a library that is fed from Python needs them."""
    words = re.findall(r"\w+", text.lower())
    return list({" ".join(words[at : at + 3]) for at in range(max(len(words) - 2, 1))})


def datasketch_pairs(texts: Sequence[str], threshold: float) -> Pairs:
    """Candidates of MinHashLSH whose estimated similarity reaches the threshold."""
    from datasketch import MinHash, MinHashLSH

    index, signed = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS), list[MinHash]()
    pairs, likeness = [], []
    for row, text in enumerate(texts):
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([shingle.encode() for shingle in shingles(text)])
        for other in index.query(signature):
            if (estimate := signature.jaccard(signed[other])) >= threshold:
                pairs.append((other, row))
                likeness.append(estimate)
        index.insert(row, signature)
        signed.append(signature)
    return np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array(likeness)


def rensa_pairs(texts: Sequence[str], threshold: float) -> Pairs:
    """Candidates of RMinHashLSH whose estimated similarity reaches the threshold."""
    from rensa import RMinHash, RMinHashLSH

    signed = RMinHash.from_token_sets((shingles(text) for text in texts), PERMUTATIONS, 42)
    rows = _rows_of_a_band(threshold)
    index = RMinHashLSH(threshold, PERMUTATIONS, PERMUTATIONS // rows)
    index.insert_many(signed)
    found = [(other, row) for row, others in enumerate(index.query_all(signed)) for other in others if other < row]
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    digests = np.array([one.digest() for one in signed])
    return _alike(pairs, digests, threshold)


def gaoya_pairs(texts: Sequence[str], threshold: float) -> Pairs:
    """What gaoya's index of strings answers, with its own words and shingles."""
    from gaoya.minhash import MinHashStringIndex

    rows = _rows_of_a_band(threshold)
    index = MinHashStringIndex(32, threshold, PERMUTATIONS // rows, rows, None, "word", True, (3, 3), "vec")
    pairs, likeness = [], []
    for row, text in enumerate(texts):
        for other, estimate in index.query(text, return_similarity=True):
            pairs.append((other, row))
            likeness.append(estimate)
        index.insert_document(row, text)
    return np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array(likeness)


def daft_pairs(texts: Sequence[str], threshold: float) -> Pairs:
    """The minhash of Daft over words in lower case; candidates by the bands of its signatures."""
    import daft

    frame = daft.from_pydict({"text": list(texts)})
    words = daft.functions.regexp_replace(daft.col("text").lower(), r"\W+", " ")
    hashes = daft.functions.minhash(words, num_hashes=PERMUTATIONS, ngram_size=3, hash_function="xxhash")
    column = frame.select(hashes.alias("hashes")).to_arrow()["hashes"].combine_chunks()
    digests = column.flatten().to_numpy().reshape(len(texts), PERMUTATIONS)
    rows = _rows_of_a_band(threshold)
    found = [np.empty((0, 2), dtype=np.int64)]
    for start in range(0, PERMUTATIONS, rows):
        band = np.ascontiguousarray(digests[:, start : start + rows]).view(f"V{4 * rows}").ravel()
        order = np.argsort(band, kind="stable")
        band = band[order]
        for step in range(1, CROWD):
            same = np.flatnonzero(band[:-step] == band[step:])
            if not len(same):
                break
            found.append(np.stack([order[same], order[same + step]], axis=1))
    return _alike(np.unique(np.concatenate(found), axis=0), digests, threshold)


def _rows_of_a_band(threshold: float) -> int:
    """Rows a band so that pairs at the threshold are found: half of them at the least."""
    fitting = [rows for rows in (2, 4, 8, 16, 32) if 1 - (1 - threshold**rows) ** (PERMUTATIONS // rows) >= 0.9]
    return max(fitting, default=2)


def _alike(pairs: NDArray[np.int64], digests: NDArray[Any], threshold: float) -> Pairs:
    """The pairs whose signatures agree in a share of places that reaches the threshold."""
    parts = np.array_split(pairs, len(pairs) // 10_000 + 1)
    likeness = np.concatenate([(digests[part[:, 0]] == digests[part[:, 1]]).mean(axis=1) for part in parts])
    kept = likeness >= threshold
    return pairs[kept], likeness[kept]


PEERS: dict[str, Callable[[Sequence[str], float], Pairs]] = {
    "datasketch": datasketch_pairs,
    "rensa": rensa_pairs,
    "gaoya": gaoya_pairs,
    "daft": daft_pairs,
}


def peer(name: str, stories: pa.Table, threshold: float | None) -> dict[str, Any]:
    """Clusters by one library: at one threshold; or without one, at all of THRESHOLDS, to find the best."""
    texts, known = stories["body"].to_pylist(), stories["cluster_id"].to_pylist()
    started = time.process_time()
    pairs, likeness = PEERS[name](texts, threshold or THRESHOLDS[0])
    if threshold is None:
        scores = {at: score(components(len(texts), pairs[likeness >= at].tolist()), known) for at in THRESHOLDS}
        return {"threshold": max(scores, key=lambda at: scores[at].f1)}
    found = components(len(texts), pairs.tolist())
    return {"cpu": time.process_time() - started, "peak_mb": peak_mb(), "score": score(found, known)}


def peak_mb() -> float:
    """The most memory that this process has held so far, what libraries and mapped texts take included."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def wirehouse(stories: pa.Table) -> dict[str, Any]:
    """Clusters and relations by pipelines/dedup."""
    from pipelines.dedup.link import Copy, link
    from pipelines.dedup.near import near_pairs

    near_pairs(pa.array(["a text to compile with", "another text"]))
    started = time.process_time()
    near = near_pairs(stories["body"])
    contents, names = near.content_hash.to_pylist(), stories["article_id"].to_pylist()
    compared = time.process_time()
    keys = [(contents[a], contents[b]) for a, b in near.pairs.tolist()]
    likeness = zip(near.similarity.tolist(), near.containment.tolist(), strict=True)
    pairs = {(min(key), max(key)): value for key, value in zip(keys, likeness, strict=True)}
    days, outlets = stories["published_on"].to_pylist(), stories["outlet"].to_pylist()
    rows = zip(names, contents, days, days, near.shingle_count.tolist(), outlets, repeat(None), strict=False)
    copies = [Copy._make(row) for row in rows if row[1] is not None]
    links = {made.article_id: made for made in link(copies, pairs, WINDOW_DAYS)}
    found = [links[name].cluster_id if name in links else name for name in names]
    done, peak = time.process_time(), peak_mb()

    row = {name: at for at, name in enumerate(names)}
    children = np.array([row[made.article_id] for made in links.values()])
    parents = np.array([row[made.parent_article_id] for made in links.values()])
    told = np.array([made.relation for made in links.values()])
    made_as = np.array(stories["relation"].to_pylist())[children]
    same_parent = np.array(stories["parent"].to_pylist())[children] == np.array(names)[parents]
    return {
        "cpu": done - started,
        "peak_mb": peak,
        "seconds": {"near_pairs": compared - started, "link": done - compared},
        "score": score(found, stories["cluster_id"].to_pylist()),
        "relations": float((told == made_as)[same_parent].mean()),
        "same_parent": float(same_parent.mean()),
    }


def run_alone(name: str, path: Path, threshold: float | None) -> dict[str, Any]:
    """One method in a process of its own, which pins itself to the first core it may use."""
    command = [sys.executable, "-m", "benchmarks.copies", "--method", name, "--stories", str(path)]
    if threshold is not None:
        command += ["--threshold", str(threshold)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    made: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return made


def measure(name: str, path: Path, threshold: float | None) -> dict[str, Any]:
    """What `run_alone` does in its process."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    stories = feather.read_table(str(path))  # mapped, not read
    return wirehouse(stories) if name == OURS else peer(name, stories, threshold)


def main() -> None:
    parser = argparse.ArgumentParser(description="Deduplication beside other libraries.")
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--other", action="store_true", help="the other grammar and edits")
    parser.add_argument("--only", nargs="*", help="these methods")
    for hidden, kind in (("--method", str), ("--stories", Path), ("--threshold", float)):
        parser.add_argument(hidden, type=kind, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.method:
        print(json.dumps(measure(args.method, args.stories, args.threshold)))
        return
    OUT.mkdir(exist_ok=True)
    path = OUT / "stories.arrow"
    table = pa.Table.from_pylist([story._asdict() for story in generate(args.count, args.seed, other=args.other)])
    feather.write_feather(table, str(path), compression="uncompressed")
    del table
    print(f"{args.count:,} stories, seed {args.seed}{', other edits' if args.other else ''}")
    columns = {"method": "<12", "threshold": ">10", "precision": ">10", "recall": ">8", "F1": ">8"}
    columns |= {"CPU s": ">8", "texts/s": ">9", "peak MB": ">9"}
    print("".join(format(title, width) for title, width in columns.items()))
    for name in args.only or [OURS, *PEERS]:
        if name != OURS and find_spec(name) is None:
            print(f"{name:<12} not installed: pip install {name}")
            continue
        threshold = None if name == OURS else run_alone(name, path, None)["threshold"]
        made = run_alone(name, path, threshold)
        print(f"{name:<12}{threshold or '':>10}", end="")
        print("{:>10.4f}{:>8.4f}{:>8.4f}".format(*made["score"]), end="")
        print(f"{made['cpu']:>8.1f}{args.count / made['cpu']:>9,.0f}{made['peak_mb']:>9,.0f}", flush=True)
        if name == OURS:
            print(f"  relation as made: {made['relations']:.4f} of those linked to what they were made from", end="")
            print(f" ({made['same_parent']:.3f}); CPU s {made['seconds']}")


if __name__ == "__main__":
    main()
