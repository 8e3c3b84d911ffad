"""The network of the skater detector: a small backbone, a pyramid, a centre-point head.

Blocks are depthwise 5x5 followed by two 1x1 convolutions with a shortcut (after "A ConvNet for
the 2020s", Liu et al. 2022): a third of the time of a plain residual block at the same width; a
stage begins with a depthwise 5x5 of stride 2 and a 1x1 (after MobileNets, Howard et al. 2017). The
head works at stride 8 and its channels are shuffled out to stride 4 (ESPCN, Shi et al. 2016): two
skaters side by side keep separate peaks while no layer pays for the pixels of stride 4 twice.
Centre points after "Objects as Points" (Zhou, Wang, Krähenbühl 2019).
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional

STRIDE = 4
"""Input pixels per cell of the output maps."""
SIZE_UNIT = 32.0
"""Box sizes are predicted as log(pixels / SIZE_UNIT)."""
PIXEL_UNIT = 64.0
"""Pixels are divided by this; no mean is taken off, so that the division folds into the stem."""
HEAT_PRIOR = 0.02
"""Score of every cell before training; keeps the first steps calm."""


ROLES = ("skater", "goalie", "official")
"""Order of the role maps."""
MAPS = 5 + len(ROLES)
"""Heat, dx, dy, width, height, and a logit for each role."""


def conv(
    inputs: int, outputs: int, size: int, *, stride: int = 1, groups: int = 1, active: bool = True
) -> nn.Sequential:
    """Convolution, batch norm and, when active, ReLU; the first two become one when exported."""
    layers: list[nn.Module] = [
        nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs, momentum=0.05),
    ]
    if active:
        layers.append(nn.ReLU(inplace=True))
    return nn.Sequential(*layers)


class Block(nn.Module):
    """Depthwise 5x5, 1x1 to twice the channels, 1x1 back, beside a shortcut."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.branch = nn.Sequential(
            conv(channels, channels, 5, groups=channels, active=False),
            conv(channels, 2 * channels, 1),
            conv(2 * channels, channels, 1, active=False),
        )

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = x + self.branch(x)
        return out


def shrink(inputs: int, outputs: int) -> tuple[nn.Sequential, nn.Sequential]:
    """Half the size: a depthwise 5x5 of stride 2, then a 1x1 to the wanted channels."""
    return (
        conv(inputs, inputs, 5, stride=2, groups=inputs, active=False),
        conv(inputs, outputs, 1, active=False),
    )


class SkaterNet(nn.Module):
    """(B, 3, H, W) pixels 0..255, BGR -> (B, 8, H/4, W/4) raw maps; H and W multiples of 32.

    Maps: heat (logit), dx, dy (cells from the cell's centre), log width, log height (in SIZE_UNIT),
    and a logit for each of ROLES.
    """

    def __init__(
        self,
        widths: tuple[int, int, int, int, int] = (8, 24, 40, 96, 128),
        depths: tuple[int, int, int] = (2, 2, 2),
    ) -> None:
        super().__init__()
        one, two, three, four, five = widths
        eight, sixteen, thirty_two = depths
        self.stem = nn.Sequential(conv(3, one, 3, stride=2), conv(one, two, 3, stride=2))
        self.eight = nn.Sequential(*shrink(two, three), *(Block(three) for _ in range(eight)))
        self.sixteen = nn.Sequential(*shrink(three, four), *(Block(four) for _ in range(sixteen)))
        self.thirty_two = nn.Sequential(*shrink(four, five), *(Block(five) for _ in range(thirty_two)))
        self.down_to_sixteen = conv(five, four, 1)
        self.merge_sixteen = Block(four)
        self.down_to_eight = conv(four, three, 1)
        self.merge_eight = Block(three)
        self.head = nn.Conv2d(three, MAPS * 4, 1)
        self.shuffle = nn.PixelShuffle(2)
        self._initialise()

    def _initialise(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        nn.init.normal_(self.head.weight, std=0.01)
        bias = torch.zeros(MAPS * 4)
        bias[:4] = torch.logit(torch.tensor(HEAT_PRIOR))
        self.head.bias = nn.Parameter(bias)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.maps(pixels / PIXEL_UNIT)

    def maps(self, scaled: Tensor) -> Tensor:
        """As forward, of pixels already divided by PIXEL_UNIT."""
        maps: Tensor = self.shuffle(self.packed(scaled))
        return maps

    def packed(self, scaled: Tensor) -> Tensor:
        """(B, 8 x 4, H/8, W/8): as `maps`, the 2x2 cells of each still among the channels."""
        eight = self.eight(self.stem(scaled))
        sixteen = self.sixteen(eight)
        wide = self.down_to_sixteen(self.thirty_two(sixteen))
        sixteen = self.merge_sixteen(sixteen + functional.interpolate(wide, scale_factor=2.0))
        wide = self.down_to_eight(sixteen)
        eight = self.merge_eight(eight + functional.interpolate(wide, scale_factor=2.0))
        packed: Tensor = self.head(eight)
        return packed


class RuntimeNet(nn.Module):
    """What is exported: (B, H, W, 3) uint8 BGR -> (B, 8 x 4, H/8, W/8).

    Maps: score 0..1, dx, dy (cells from the cell's centre), width and height in input pixels, a
    logit for each role; each followed out into four channels, cell (y, x) of the 2x2 in channel
    2 y + x. They are left packed: shuffling them out takes onnxruntime longer than a whole block,
    while the program needs all the values of the few peaks only.
    """

    def __init__(self, net: SkaterNet) -> None:
        super().__init__()
        self.net = copy.deepcopy(net)
        with torch.no_grad():
            self.net.stem[0][0].weight /= PIXEL_UNIT

    def forward(self, frames: Tensor) -> Tensor:
        maps = self.net.packed(frames.permute(0, 3, 1, 2).float())
        score, offset, size, role = maps[:, :4], maps[:, 4:12], maps[:, 12:20], maps[:, 20:]
        return torch.cat([score.sigmoid(), offset, size.exp() * SIZE_UNIT, role], dim=1)
