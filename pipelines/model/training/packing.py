"""Word embeddings in four bits: groups of numbers of one row share a scale.

The network trains on the rounded rows, which are frozen, so that packing costs nothing afterwards. The layout is that
of onnxruntime's operator GatherBlockQuantized: two codes in a byte, the lower half first, 8 standing for zero.
"""

import numpy as np
from numpy.typing import NDArray

GROUP = 64
_ZERO = 8


def pack(rows: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Codes (rows, width / 2) and scales (rows, width / GROUP) of rows (rows, width).

    Of several scales per group the one with the least squared error is taken.
    """
    groups = rows.reshape(len(rows), -1, GROUP)
    widest = np.abs(groups).max(-1, keepdims=True)
    best_error = np.full(widest.shape, np.inf, np.float32)
    best_scale = np.ones_like(widest)
    for divisor in np.arange(7.0, 10.6, 0.25, dtype=np.float32):
        scale = np.maximum(widest / divisor, 1e-8)
        error = ((_round(groups, scale) * scale - groups) ** 2).sum(-1, keepdims=True)
        better = error < best_error
        best_error = np.where(better, error, best_error)
        best_scale = np.where(better, scale, best_scale)
    codes = (_round(groups, best_scale) + _ZERO).astype(np.uint8).reshape(len(rows), -1)
    halves = (codes[:, 0::2] | (codes[:, 1::2] << 4)).astype(np.uint8)
    scales: NDArray[np.float32] = best_scale[..., 0]
    return halves, scales


def unpack(codes: NDArray[np.uint8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows that codes and scales stand for."""
    whole = np.stack([codes & 15, codes >> 4], -1).reshape(len(codes), -1, GROUP).astype(np.float32) - _ZERO
    return (whole * scales[..., None]).reshape(len(codes), -1).astype(np.float32)


def _round(groups: NDArray[np.float32], scale: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.clip(np.round(groups / scale), -_ZERO, 7)
