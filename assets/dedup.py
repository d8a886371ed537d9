"""Asset `dedup`: a signature for each article, and how alike the day's candidates are. The law is pipelines/dedup's.

What spans days, links included, waits for publication: linking.py.
"""

import dagster as dg
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assets.metadata import OWNERS, Pages, table_metadata
from assets.parse import parse
from assets.partitions import arrival_days, one_run
from assets.progress import done
from assets.resources import Wirehouse
from assets.retries import tried_again
from pipelines.dedup.candidates import candidate_pairs
from pipelines.dedup.series import is_series
from pipelines.dedup.signature import bands_to_arrow, sign
from pipelines.dedup.verify import is_near, verify
from warehouse.stage import Stage
from warehouse.staged import schemas


@dg.asset(
    partitions_def=arrival_days,
    backfill_policy=one_run,
    deps=[parse],
    group_name="stages",
    kinds={"python", "numpy", "parquet"},
    owners=OWNERS,
    metadata=table_metadata("signatures"),
    description="Signatures of the bodies, and the day's own pairs that are alike enough to be copies.",
)
def dedup(context: dg.AssetExecutionContext, wirehouse: Wirehouse) -> None:
    """Stages signatures and pairs for each day of the run."""
    stage = wirehouse.stage(context)
    with tried_again(context):
        pages = Pages(context, wirehouse.open_lake(), stage, "signatures")
        for day in context.partition_keys:
            rows = dedup_day(stage, day)
            pages.record(day, rows)
            done(context, day)


def dedup_day(stage: Stage, day: str) -> dict[str, int]:
    """Signs batch by batch, keeping bands alone; then signs the candidates' bodies once more to compare them."""
    bands, contents = [], []
    with stage.writers(day, schemas("signatures", "pairs")) as writers:
        for batch in stage.batches("articles", day, ["article_id", "published_on", "body"]):
            signed = sign(batch["body"])
            signatures = {
                "article_id": batch["article_id"],
                "published_on": batch["published_on"],
                "content_hash": signed.content_hash,
                "shingle_count": signed.shingle_count,
                "bands": bands_to_arrow(signed.bands),
            }
            writers.write("signatures", pa.table(signatures))
            bands.append(signed.bands)
            contents.append(signed.content_hash)
        if bands:
            writers.write("pairs", _day_pairs(stage, day, np.concatenate(bands), pa.chunked_array(contents)))
    return writers.rows


def _day_pairs(stage: Stage, day: str, bands: np.ndarray, contents: pa.ChunkedArray) -> pa.Table:
    """The day's pairs of contents that are near, with their likeness; of equal contents the first row stands for all.

    Candidates that are not near are left out: a day of templates has ten times as many.
    """
    hashes = contents.to_pylist()
    first = {content: row for row, content in reversed(list(enumerate(hashes))) if content is not None}
    rows = np.array(sorted(first.values()), dtype=np.int64)
    candidates = rows[candidate_pairs(bands[rows])] if len(rows) else np.empty((0, 2), dtype=np.int64)
    wanted = np.unique(candidates)
    own = contents.combine_chunks().take(pa.array(wanted))
    rank = np.argsort(np.argsort(own.to_numpy(zero_copy_only=False)))
    pairs = np.searchsorted(wanted, candidates)
    pairs = np.take_along_axis(pairs, np.argsort(rank[pairs], axis=1), axis=1)  # the smaller hash first
    shingles, offsets = _sign_again(stage, day, wanted)
    similarity, containment = verify(pairs, shingles, offsets, shingles, offsets)
    counts = np.diff(offsets)[pairs]
    near = is_near(similarity, containment, counts[:, 0], counts[:, 1])
    alike, places = np.unique(pairs[near], return_inverse=True)
    bodies = _bodies(stage, day, wanted[alike])
    near[near] = ~is_series(bodies, places.reshape(-1, 2), containment[near])
    return pa.table(
        {
            "content_a": own.take(pa.array(pairs[near, 0])),
            "content_b": own.take(pa.array(pairs[near, 1])),
            "similarity": similarity[near],
            "containment": containment[near],
        }
    )


def _bodies(stage: Stage, day: str, rows: np.ndarray) -> pa.ChunkedArray:
    """The bodies of these rows of the day's articles, in order."""
    bodies, start = [], 0
    for batch in stage.batches("articles", day, ["body"]):
        low, high = np.searchsorted(rows, [start, start + batch.num_rows])
        bodies.append(pc.take(batch["body"], pa.array(rows[low:high] - start)))
        start += batch.num_rows
    return pa.chunked_array(bodies)


def _sign_again(stage: Stage, day: str, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shingles and offsets of these rows of the day's articles, in order; bodies are held a batch at a time."""
    shingles, counts, start = [np.empty(0, dtype=np.uint64)], [np.zeros(1, dtype=np.int64)], 0
    for batch in stage.batches("articles", day, ["body"]):
        low, high = np.searchsorted(wanted, [start, start + batch.num_rows])
        if low < high:
            signed = sign(pc.take(batch["body"], pa.array(wanted[low:high] - start)))
            shingles.append(signed.shingles)
            counts.append(np.diff(signed.offsets))
        start += batch.num_rows
    return np.concatenate(shingles), np.cumsum(np.concatenate(counts))
