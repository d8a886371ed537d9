"""The network: BERT of six layers (MiniLM-L6-H384) with a second embedding for the shape of words and a label head.

Written out in plain torch so that the exported graph holds nothing but what inference needs.
Source: Wang et al., MiniLM, 2020; Devlin et al., BERT, 2018.
"""

from pathlib import Path
from typing import cast

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from pipelines.extract.wordpieces import SHAPES
from pipelines.model.training.packing import pack, unpack

WIDTH = 384
HEADS = 12
INNER = 1536
LAYERS = 6
_EPSILON = 1e-12


class Layer(nn.Module):
    """Attention and feed-forward, each added to its input and then normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.attend = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.output_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """hidden: (batch, length, WIDTH); mask: (batch, 1, 1, length), added to the scores."""
        batch, length, _ = hidden.shape
        heads = self.attend(hidden).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # By hand: on short windows the fused attention's backward pass takes several times as long on a processor.
        scores = (heads[0] * (WIDTH // HEADS) ** -0.5) @ heads[1].transpose(-1, -2)
        if mask is not None:
            scores = scores + mask
        mixed = torch.softmax(scores, -1) @ heads[2]
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        hidden = self.attention_norm(hidden + self.attended(mixed))
        return cast(Tensor, self.output_norm(hidden + self.narrow(functional.gelu(self.widen(hidden)))))


class Network(nn.Module):
    """Pieces and shapes in, label scores out."""

    def __init__(self, labels: int, vocabulary: int = 30522, positions: int = 512, layers: int = LAYERS) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.words.weight.requires_grad_(False)  # frozen: names that no corpus has keep their place among the others
        self.positions = nn.Embedding(positions, WIDTH)
        self.shapes = nn.Embedding(2 * SHAPES, WIDTH)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.head = nn.Linear(WIDTH, labels)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self.dropout = 0.1

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """ids, shapes: (batch, length) integers; mask: (batch, length), True where a piece is. Scores by label."""
        hidden = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.shapes(shapes)
        hidden = functional.dropout(self.norm(hidden), self.dropout, self.training)
        wide = None if mask is None else torch.where(mask, 0.0, -1e4)[:, None, None, :].to(torch.bfloat16)
        for layer in self.layers:
            hidden = layer(hidden, wide)
        return cast(Tensor, self.head(functional.dropout(hidden, self.dropout, self.training)))

    def start_from(self, weights: Path) -> None:
        """Take over the weights of all-MiniLM-L6-v2 (safetensors, named as in BertModel), words in 4 bits."""
        source = load_file(weights)
        rows = source["embeddings.word_embeddings.weight"].numpy()
        self.words.weight.data.copy_(torch.from_numpy(unpack(*pack(rows))))
        kind = source["embeddings.token_type_embeddings.weight"][0]
        self.positions.weight.data.copy_(source["embeddings.position_embeddings.weight"] + kind)
        self.norm.load_state_dict(_part(source, "embeddings.LayerNorm"))
        for number, layer in enumerate(self.layers):
            assert isinstance(layer, Layer)
            name = f"encoder.layer.{number}."
            three = [_part(source, f"{name}attention.self.{part}") for part in ("query", "key", "value")]
            layer.attend.load_state_dict({key: torch.cat([part[key] for part in three]) for key in ("weight", "bias")})
            layer.attended.load_state_dict(_part(source, name + "attention.output.dense"))
            layer.attention_norm.load_state_dict(_part(source, name + "attention.output.LayerNorm"))
            layer.widen.load_state_dict(_part(source, name + "intermediate.dense"))
            layer.narrow.load_state_dict(_part(source, name + "output.dense"))
            layer.output_norm.load_state_dict(_part(source, name + "output.LayerNorm"))


def _part(source: dict[str, Tensor], name: str) -> dict[str, Tensor]:
    return {key: source[f"{name}.{key}"] for key in ("weight", "bias")}
