"""Train the skater detector; see README.md beside this file.

    python train.py OUT --data HOCKEY1 --renders RENDERS --minutes 55 [--hold-out 5-out]
        [--start CHECKPOINT.pt]

The schedule runs over the clock, not over steps: it ends on time on any machine. OUT/last.pt holds
the weights after each epoch: "net" as trained and "average", their moving average, to be exported.
"""

from __future__ import annotations

import argparse
import math
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from augment import compose
from data import Frame, read_folder
from losses import loss_of, make_targets
from measures import Answer, body_fit, overlap_fit, quality
from net import STRIDE, RuntimeNet, SkaterNet
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor

from shiftclipper.vision.onnx_layouts import read_centre_points

CROP = (480, 288)
"""Size (w, h) of training pictures; multiples of 32."""
BATCH = 8
EPOCH = 800
"""Pictures between two checkpoints."""
SHARES = {"VAN_NJD": 0.3, "render-fixed": 1.4, "render-pan": 0.8, "misc": 3.0, "-18-12-2022": 3.0}
"""How often a frame of a game is drawn, against 1: the broadcast repeats itself, scraps are few."""
DOUBT = {"VAN_NJD": 0.9, "render-fixed": 0.0, "render-pan": 0.0}
"""How likely people without label are; 0.25 for games not named."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of pictures with targets, as tensors; see losses.Targets."""

    pixels: Tensor
    heat: Tensor
    counted: Tensor
    values: Tensor
    weights: Tensor
    doubt: Tensor


class Drawer:
    """Makes batches on threads of its own."""

    def __init__(self, frames: list[Frame], seed: int, threads: int) -> None:
        self._stock = self._weigh(frames)
        self._ready: queue.Queue[Batch] = queue.Queue(maxsize=4)
        for number in range(threads):
            rng = np.random.default_rng([seed, number])
            threading.Thread(target=self._work, args=(rng,), daemon=True).start()

    def batches(self, count: int) -> Iterator[Batch]:
        for _ in range(count):
            yield self._ready.get()

    def add(self, frames: list[Frame]) -> None:
        """Draw from these too from now on."""
        self._stock = self._weigh([*self._stock[0], *frames])

    @staticmethod
    def _weigh(frames: list[Frame]) -> tuple[list[Frame], NDArray[np.float64]]:
        weights = np.array([SHARES.get(frame.game, 1.0) for frame in frames])
        return frames, np.cumsum(weights / weights.sum())

    def _draw(self, rng: Generator) -> Frame:
        frames, chances = self._stock
        place = int(np.searchsorted(chances, rng.random()))
        return frames[min(place, len(frames) - 1)]

    def _work(self, rng: Generator) -> None:
        while True:
            pictures, targets, doubts = [], [], []
            for _ in range(BATCH):
                drawn: list[Frame] = []

                def draw(drawn: list[Frame] = drawn) -> Frame:
                    drawn.append(self._draw(rng))
                    return drawn[-1]

                picture, rows = compose(draw, CROP, rng)
                pictures.append(picture)
                targets.append(make_targets(rows, CROP))
                doubts.append(max(DOUBT.get(frame.game, 0.25) for frame in drawn))
            pixels = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2)
            self._ready.put(
                Batch(
                    pixels.float().contiguous(memory_format=torch.channels_last),
                    torch.from_numpy(np.stack([target.heat for target in targets])),
                    torch.from_numpy(np.stack([target.counted for target in targets])),
                    torch.from_numpy(np.stack([target.values for target in targets])),
                    torch.from_numpy(np.stack([target.weights for target in targets])),
                    torch.tensor(doubts),
                )
            )


class Average:
    """Moving average of a net's weights and statistics."""

    def __init__(self, net: SkaterNet, keep: float) -> None:
        self._keep, self._steps = keep, 0
        self.state = {name: value.detach().clone() for name, value in net.state_dict().items()}

    def update(self, net: SkaterNet) -> None:
        self._steps += 1
        keep = min(self._keep, (1 + self._steps) / (10 + self._steps))
        for name, value in net.state_dict().items():
            if value.dtype.is_floating_point:
                self.state[name].lerp_(value.detach(), 1 - keep)
            else:
                self.state[name].copy_(value)


def rate(share: float, top: float) -> float:
    """Learning rate after a share 0..1 of the time: up for a twentieth, then down a cosine."""
    if share < 0.05:
        return top * (0.1 + 0.9 * share / 0.05)
    return top * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min((share - 0.05) / 0.95, 1.0))))


def look(average: Average, frames: list[Frame]) -> str:
    """Body AP and AP of the averaged weights on held-out frames, at 640x352 in one line."""
    net = SkaterNet()
    net.load_state_dict(average.state)
    runtime = RuntimeNet(net).eval()
    answers = []
    for frame in frames:
        picture = np.full((352, 640, 3), 114, np.uint8)
        picture[:, :626] = cv2.resize(frame.levels[0], (626, 352), interpolation=cv2.INTER_AREA)
        with torch.inference_mode():
            maps = runtime(torch.from_numpy(picture)[None])[0].numpy()
        found = read_centre_points(maps, STRIDE, 0.05, 200)
        labelled = frame.boxes * np.float32(626)
        answers.append(Answer(found, labelled, frame.ignored))
    body, overlap = quality(answers, body_fit), quality(answers, overlap_fit)
    return f"held out: body AP {body.precision:.3f} AP@0.5 {overlap.precision:.3f}"


def train(options: argparse.Namespace) -> None:
    frames = [frame for folder in options.data for frame in read_folder(folder)]
    held = [frame for frame in frames if frame.game == options.hold_out]
    frames = [frame for frame in frames if frame.game != options.hold_out]
    print(f"{len(frames)} frames, {len(held)} held out", flush=True)
    torch.manual_seed(options.seed)
    net = SkaterNet()
    if options.start:
        net.load_state_dict(torch.load(options.start, weights_only=True)["average"])
    net = net.to(memory_format=torch.channels_last)
    average = Average(net, 0.998)
    plain = [value for value in net.parameters() if value.ndim > 1]
    bare = [value for value in net.parameters() if value.ndim == 1]
    groups = [{"params": plain, "weight_decay": 0.02}, {"params": bare, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=options.rate)
    drawer = Drawer(frames, options.seed, threads=2)
    known: set[str] = set()
    began, epoch, share = time.monotonic(), 0, 0.0
    while share < 1:
        epoch += 1
        fresh = [frame for folder in options.renders for frame in read_folder(folder, known)]
        if fresh:
            # Renders may still be being made when the training starts.
            known |= {frame.name for frame in fresh}
            drawer.add(fresh)
            print(f"{len(fresh)} renders", flush=True)
        sums = np.zeros(2)
        for batch in drawer.batches(EPOCH // BATCH):
            share = (time.monotonic() - began) / (60 * options.minutes)
            for group in optimiser.param_groups:
                group["lr"] = rate(share, options.rate)
            heat_loss, box_loss = loss_of(
                net(batch.pixels), batch.heat, batch.counted, batch.values, batch.weights,
                doubt=batch.doubt * min(2 * share, 1.0),
            )  # fmt: skip
            optimiser.zero_grad(set_to_none=True)
            (heat_loss + options.box_share * box_loss).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 10.0)
            optimiser.step()
            average.update(net)
            sums += heat_loss.item(), box_loss.item()
        heat_mean, box_mean = sums / (EPOCH // BATCH)
        seen = look(average, held) if held and (epoch % 5 == 0 or share >= 1) else ""
        print(
            f"epoch {epoch} {100 * share:.0f} % {time.monotonic() - began:.0f} s "
            f"heat {heat_mean:.3f} box {box_mean:.3f} {seen}",
            flush=True,
        )
        torch.save({"net": net.state_dict(), "average": average.state}, options.out / "last.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, action="append", default=[])
    parser.add_argument("--renders", type=Path, action="append", default=[])
    parser.add_argument("--hold-out", default="", help="game whose frames are not trained on")
    parser.add_argument("--minutes", type=float, default=55.0)
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument("--box-share", type=float, default=0.25)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(1)
    train(options)


if __name__ == "__main__":
    main()
