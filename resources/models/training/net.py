"""The network of the skater detector: a small backbone, a pyramid, a centre-point head.

Blocks are depthwise 5x5 followed by two 1x1 convolutions with a shortcut (after "A ConvNet for
the 2020s", Liu et al. 2022): a third of the time of a plain residual block at the same width. The
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


class SkaterNet(nn.Module):
    """(B, 3, H, W) pixels 0..255, BGR -> (B, 5, H/4, W/4) raw maps; H and W multiples of 32.

    Maps: heat (logit), dx, dy (cells from the cell's centre), log width, log height (in SIZE_UNIT).
    """

    def __init__(
        self,
        widths: tuple[int, int, int, int, int] = (16, 24, 48, 96, 160),
        depths: tuple[int, int, int] = (2, 3, 2),
    ) -> None:
        super().__init__()
        one, two, three, four, five = widths
        eight, sixteen, thirty_two = depths
        self.stem = nn.Sequential(conv(3, one, 3, stride=2), conv(one, two, 3, stride=2))
        self.eight = nn.Sequential(conv(two, three, 3, stride=2), *(Block(three) for _ in range(eight)))
        self.sixteen = nn.Sequential(conv(three, four, 3, stride=2), *(Block(four) for _ in range(sixteen)))
        self.thirty_two = nn.Sequential(
            conv(four, five, 3, stride=2), *(Block(five) for _ in range(thirty_two))
        )
        self.down_to_sixteen = conv(five, four, 1)
        self.merge_sixteen = Block(four)
        self.down_to_eight = conv(four, three, 1)
        self.merge_eight = conv(three, three, 3)
        self.head = nn.Conv2d(three, 5 * 4, 1)
        self.shuffle = nn.PixelShuffle(2)
        self._initialise()

    def _initialise(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        nn.init.normal_(self.head.weight, std=0.01)
        bias = torch.zeros(20)
        bias[:4] = torch.logit(torch.tensor(HEAT_PRIOR))
        self.head.bias = nn.Parameter(bias)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.maps(pixels / PIXEL_UNIT)

    def maps(self, scaled: Tensor) -> Tensor:
        """As forward, of pixels already divided by PIXEL_UNIT."""
        eight = self.eight(self.stem(scaled))
        sixteen = self.sixteen(eight)
        wide = self.down_to_sixteen(self.thirty_two(sixteen))
        sixteen = self.merge_sixteen(sixteen + functional.interpolate(wide, scale_factor=2.0))
        wide = self.down_to_eight(sixteen)
        eight = self.merge_eight(eight + functional.interpolate(wide, scale_factor=2.0))
        maps: Tensor = self.shuffle(self.head(eight))
        return maps


class RuntimeNet(nn.Module):
    """What is exported: (B, H, W, 3) uint8 BGR -> (B, 5, H/4, W/4).

    Maps: score 0..1, dx, dy (cells from the cell's centre), width and height in input pixels.
    """

    def __init__(self, net: SkaterNet) -> None:
        super().__init__()
        self.net = copy.deepcopy(net)
        with torch.no_grad():
            self.net.stem[0][0].weight /= PIXEL_UNIT

    def forward(self, frames: Tensor) -> Tensor:
        maps = self.net.maps(frames.permute(0, 3, 1, 2).float())
        return torch.cat([maps[:, :1].sigmoid(), maps[:, 1:3], maps[:, 3:].exp() * SIZE_UNIT], dim=1)
