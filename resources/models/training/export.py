"""Write a checkpoint as the ONNX file that the program runs.

    python export.py CHECKPOINT.pt OUT.onnx [--half]

`--half` stores the weights in 16 bits (half the file; computed in 32 bits all the same).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from net import RuntimeNet, SkaterNet
from onnx import TensorProto, helper, numpy_helper


def export(checkpoint: Path, out: Path, *, half: bool) -> int:
    """Write the averaged weights of a checkpoint as ONNX; returns the file's bytes."""
    net = SkaterNet()
    net.load_state_dict(torch.load(checkpoint, weights_only=True)["average"])
    frames = torch.zeros(2, 64, 96, 3, dtype=torch.uint8)
    torch.onnx.export(
        RuntimeNet(net).eval(),
        (frames,),
        str(out),
        input_names=["frames"],
        output_names=["maps"],
        dynamic_axes={
            "frames": {0: "batch", 1: "height", 2: "width"},
            "maps": {0: "batch", 2: "rows", 3: "columns"},
        },
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load(out)
    if half:
        store_in_half(model)
    model.doc_string = "ShiftClipper skater detector; see MODEL_CARD.md"
    onnx.checker.check_model(model)
    onnx.save(model, out)
    return out.stat().st_size


def store_in_half(model: onnx.ModelProto) -> None:
    """Keep the large weights in 16 bits, each behind a cast that onnxruntime folds at load."""
    casts = []
    for weight in model.graph.initializer:
        if weight.data_type != TensorProto.FLOAT or np.prod(weight.dims) < 1024:
            continue
        name = weight.name
        values = numpy_helper.to_array(weight).astype(np.float16)
        weight.CopyFrom(numpy_helper.from_array(values, f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", action="store_true")
    options = parser.parse_args()
    size = export(options.checkpoint, options.out, half=options.half)
    print(f"{options.out}: {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
