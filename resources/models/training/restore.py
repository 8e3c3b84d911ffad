"""The weights of an exported detector file, back in the network that they came from.

A file holds convolutions with their batch norms folded in. They are unfolded again with the statistics of
some pictures, so that the network gives what the file gives and can be trained further.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import onnx
import torch
from net import PIXEL_UNIT, SkaterNet
from onnx import numpy_helper
from torch import Tensor, nn


def restore(file: Path, pictures: Iterable[Tensor]) -> SkaterNet:
    """Return the network of a file that export.py wrote.

    Args:
        file: of the same layers and widths as net.SkaterNet.
        pictures: batches (B, 3, H, W) of pixels 0..255, BGR, like those it will be trained on.
    Raises:
        ValueError: the file is of another network.
    """
    net = SkaterNet()
    convolutions = [module for module in net.modules() if isinstance(module, nn.Conv2d)]
    norms = [module for module in net.modules() if isinstance(module, nn.BatchNorm2d)]
    weights = _convolutions(file)
    if [tuple(weight.shape) for weight, _ in weights] != [tuple(c.weight.shape) for c in convolutions]:
        raise ValueError(f"{file.name} is of another network than net.py's")
    with torch.no_grad():
        for module, (weight, _) in zip(convolutions, weights, strict=True):
            module.weight.copy_(weight)
        convolutions[0].weight.mul_(PIXEL_UNIT)
        assert net.head.bias is not None
        net.head.bias.copy_(weights[-1][1])
        # At first the norms only add the bias, as the file does.
        for norm, (_, bias) in zip(norms, weights, strict=False):
            norm.weight.fill_((1 + norm.eps) ** 0.5)
            norm.bias.copy_(bias)
        _unfold(net, norms, pictures)
        for module, norm in zip(convolutions, norms, strict=False):
            _even_out(module, norm)
    return net


def _convolutions(file: Path) -> list[tuple[Tensor, Tensor]]:
    """Weight and bias of each convolution, in the order in which they run."""
    graph = onnx.load(file).graph
    values = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in graph.initializer}
    for node in graph.node:
        if node.op_type == "Cast" and node.input[0] in values:
            values[node.output[0]] = values[node.input[0]].float()
    return [(values[node.input[1]], values[node.input[2]]) for node in graph.node if node.op_type == "Conv"]


def _unfold(net: SkaterNet, norms: list[nn.BatchNorm2d], pictures: Iterable[Tensor]) -> None:
    """Let each norm take off the mean and spread that it meets, and put them back itself."""
    sums = {norm: [torch.zeros(norm.num_features, dtype=torch.float64) for _ in range(2)] for norm in norms}
    counts = dict.fromkeys(norms, 0)

    def measure(norm: nn.Module, given: tuple[Tensor, ...]) -> None:
        assert isinstance(norm, nn.BatchNorm2d)
        values = given[0].double()
        sums[norm][0] += values.sum(dim=(0, 2, 3))
        sums[norm][1] += values.square().sum(dim=(0, 2, 3))
        counts[norm] += values.numel() // values.shape[1]

    hooks = [norm.register_forward_pre_hook(measure) for norm in norms]
    net.eval()
    for batch in pictures:
        net(batch)
    for hook in hooks:
        hook.remove()
    for norm in norms:
        mean = sums[norm][0] / counts[norm]
        spread = (sums[norm][1] / counts[norm] - mean.square()).clamp(min=1e-6)
        norm.running_mean = mean.float()
        norm.running_var = spread.float()
        norm.bias.add_(mean.float())
        norm.weight.copy_((spread + norm.eps).sqrt().float())
    net.train()


def _even_out(module: nn.Conv2d, norm: nn.BatchNorm2d) -> None:
    """Scale filters to the size of untrained ones: the optimiser's steps are as long for all of them."""
    assert norm.running_mean is not None
    assert norm.running_var is not None
    outputs, _, high, wide = module.weight.shape
    usual = (2 / (outputs * high * wide / module.groups)) ** 0.5
    length = module.weight.square().mean(dim=(1, 2, 3)).sqrt()
    factor = usual / length.clamp(min=usual / 100)
    module.weight.mul_(factor[:, None, None, None])
    # The norm takes the factor off again; its small addend to the spread aside.
    norm.weight.mul_((norm.running_var * factor.square() + norm.eps).sqrt())
    norm.weight.div_(factor * (norm.running_var + norm.eps).sqrt())
    norm.running_mean.mul_(factor)
    norm.running_var.mul_(factor.square())
