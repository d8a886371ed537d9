"""The network as an ONNX graph, written node by node, for one window of any length.

Linear layers are int8 with a scale per output; their inputs are scaled to eight bits over the window. Word
embeddings are packed in four bits. Nothing is left for the runtime to fuse: what it would fuse badly stays apart.
The last layers go on with the positions alone whose labels are wanted: by then they know of the others.
"""

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from pipelines.model.training.network import HEADS, LAYERS, WIDTH
from pipelines.model.training.packing import GROUP, pack

LIMIT = 63
"""Weights are in -63 to 63: processors without VNNI add two products in 16 bits, which larger ones would overflow."""
POSITIONS = 112
NARROWED = 4
"""Layers that see all positions. F1 of all extraction on newswire dev and held_out is .888 and .874 without narrowing,
.890 and .878 after four layers, .890 and .870 after three. Four save a tenth to a seventh of the work. Training does
not narrow."""
_MICROSOFT = "com.microsoft"
_EPSILON = 1e-12

Arrays = dict[str, NDArray[np.float32]]


class Graph:
    """Collects the nodes and constants of a graph."""

    def __init__(self, packed: bool) -> None:
        """`packed`: int8 and four bits as shipped; else all in float32, to tell what packing costs."""
        self.packed = packed
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, values: NDArray[np.generic]) -> str:
        """Its name; the same constant may be given twice, which costs its size twice."""
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def apply(self, operator: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: object) -> list[str]:
        """The names of the outputs of a new node."""
        names = [f"n{len(self._nodes)}_{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(operator, list(inputs), names, domain=domain, **attributes))
        return names

    def linear(self, value: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """value (…, in) times weight (out, in), plus bias."""
        if not self.packed:
            product = self.apply("MatMul", value, self.constant(weight.T))[0]
            return self.apply("Add", product, self.constant(bias))[0]
        scales = np.maximum(np.abs(weight).max(axis=1), 1e-8) / LIMIT
        codes = np.round(weight / scales[:, None]).astype(np.int8)
        return self.apply(
            "DynamicQuantizeMatMul",
            value,
            self.constant(codes.T),
            self.constant(scales.astype(np.float32)),
            "",
            self.constant(bias),
            domain=_MICROSOFT,
        )[0]

    def norm(self, value: str, arrays: Arrays, name: str) -> str:
        """Layer normalisation by the weights of that name."""
        weight, bias = (self.constant(arrays[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.apply("LayerNormalization", value, weight, bias, epsilon=_EPSILON)[0]

    def embedding(self, ids: str, rows: NDArray[np.float32]) -> str:
        """The rows of ids."""
        if not self.packed:
            return self.apply("Gather", self.constant(rows), ids)[0]
        codes, scales = pack(rows)
        return self.apply(
            "GatherBlockQuantized",
            self.constant(codes),
            ids,
            self.constant(scales),
            domain=_MICROSOFT,
            bits=4,
            block_size=GROUP,
            gather_axis=0,
            quantize_axis=1,
        )[0]

    def model(self, output: str, labels: int) -> onnx.ModelProto:
        """The graph from ids and shapes, (1, length) each, and the positions wanted to their chances of labels.

        `wanted` is (wanted,) and begins with the opening piece, `chances` is (1, wanted, labels).
        """
        self._nodes.append(helper.make_node("Identity", [output], ["chances"]))
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "length"]) for name in ("ids", "shapes")]
        inputs.append(helper.make_tensor_value_info("wanted", TensorProto.INT64, ["wanted"]))
        outputs = [helper.make_tensor_value_info("chances", TensorProto.FLOAT, [1, "wanted", labels])]
        graph = helper.make_graph(self._nodes, "names", inputs, outputs, self._constants)
        opsets = [helper.make_opsetid("", 21), helper.make_opsetid(_MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, producer_name="wirehouse")
        model.ir_version = 10
        return model


def build(arrays: Arrays, packed: bool = True) -> onnx.ModelProto:
    """The model of the network's weights, by their names in `network.Network`."""
    graph = Graph(packed)
    words = graph.embedding("ids", arrays["words.weight"])
    shapes = graph.apply("Gather", graph.constant(arrays["shapes.weight"]), "shapes")[0]
    length = graph.apply("Shape", "ids", start=1, end=2)[0]
    zero = graph.constant(np.zeros(1, np.int64))
    places = graph.apply("Slice", graph.constant(arrays["positions.weight"][:POSITIONS]), zero, length, zero)[0]
    hidden = graph.apply("Add", graph.apply("Add", words, shapes)[0], places)[0]
    hidden = graph.norm(hidden, arrays, "norm")
    for number in range(LAYERS):
        if number == NARROWED:
            hidden = graph.apply("Gather", hidden, "wanted", axis=1)[0]
        layer = f"layers.{number}."

        def linear(value: str, part: str, layer: str = layer) -> str:
            return graph.linear(value, arrays[f"{layer}{part}.weight"], arrays[f"{layer}{part}.bias"])

        heads = graph.apply("Split", linear(hidden, "attend"), outputs=3, axis=-1, num_outputs=3)
        mixed = graph.apply("MultiHeadAttention", *heads, domain=_MICROSOFT, num_heads=HEADS)[0]
        hidden = graph.norm(graph.apply("Add", hidden, linear(mixed, "attended"))[0], arrays, layer + "attention_norm")
        wide = graph.apply("Gelu", linear(hidden, "widen"), domain=_MICROSOFT)[0]
        hidden = graph.norm(graph.apply("Add", hidden, linear(wide, "narrow"))[0], arrays, layer + "output_norm")
    head = arrays["head.weight"]
    assert head.shape[1] == WIDTH
    scores = graph.apply("MatMul", hidden, graph.constant(head.T))[0]
    scores = graph.apply("Add", scores, graph.constant(arrays["head.bias"]))[0]
    return graph.model(graph.apply("Softmax", scores, axis=-1)[0], len(head))
