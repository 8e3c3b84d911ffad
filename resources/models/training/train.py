"""Train the skater detector; see README.md beside this file.

    python train.py OUT --data HOCKEY1 --renders RENDERS --minutes 65 [--hold-out 5-out]
        [--start CHECKPOINT.pt or DETECTOR.onnx] [--teacher DETECTOR.onnx]

The schedule runs over processor time of the whole program, not over steps or the clock: a busy or
paused machine loses nothing. One thread of torch and the two that make pictures keep two cores busy
three quarters of the time; two of torch would spend half as much again on each picture. OUT/last.pt
holds the state after each epoch: "average", the moving average of the weights, is to be exported.
Started again with the same OUT it goes on from there; OUT/done marks the end.
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
from typing import Any

import cv2
import numpy as np
import onnxruntime
import torch
from augment import compose
from data import Frame, in_fold, read_folder
from losses import loss_of, make_targets, role_loss_of, teacher_loss_of
from measures import Answer, body_fit, overlap_fit, quality
from net import STRIDE, RuntimeNet, SkaterNet
from numpy.random import Generator
from numpy.typing import NDArray
from restore import restore
from torch import Tensor

from shiftclipper.vision.onnx_layouts import read_packed_centre_points

CROP = (480, 288)
"""Size (w, h) of training pictures; multiples of 32."""
BATCH = 8
EPOCH = 800
"""Pictures between two checkpoints."""
SHARES = {"VAN_NJD": 0.3, "render-fixed": 0.8, "render-pan": 0.4, "misc": 3.0, "-18-12-2022": 3.0}
"""How often a frame of a game is drawn, against 1: the broadcast repeats itself, scraps are few."""
RENDERS = 400
"""Renders that the shares are meant for: of more of them each is drawn less often."""
DOUBT = {"VAN_NJD": 0.9, "render-fixed": 0.0, "render-pan": 0.0}
"""How likely people without label are; 0.25 for games not named."""

MEASURED = 16
"""Batches on which the norms of an exported file are unfolded."""
TAUGHT = 0.5
"""Share of batches that the teacher, if any, is asked about."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of pictures with targets, as tensors; see losses.Targets."""

    pixels: Tensor
    heat: Tensor
    counted: Tensor
    values: Tensor
    weights: Tensor
    role: Tensor
    doubt: Tensor
    taught: Tensor | None
    """(B, h, w) a teacher's scores."""


class Teacher:
    """Scores of an earlier detector file with maps at the same stride."""

    def __init__(self, file: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name

    def scores(self, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(B, H, W, 3) BGR -> (B, H/4, W/4)."""
        maps = np.asarray(self._session.run(None, {self._input: pictures})[0], np.float32)
        if maps.shape[1] == 5:
            return maps[:, 0]
        batch, _, rows, columns = maps.shape
        cells = maps[:, :4].reshape(batch, 2, 2, rows, columns).transpose(0, 3, 1, 4, 2)
        return cells.reshape(batch, 2 * rows, 2 * columns)


class Drawer:
    """Makes batches on threads of its own."""

    def __init__(self, frames: list[Frame], seed: list[int], threads: int, teacher: Teacher | None) -> None:
        self._teacher = teacher
        self._stock = self._weigh(frames)
        self._ready: queue.Queue[Batch] = queue.Queue(maxsize=4)
        for number in range(threads):
            rng = np.random.default_rng([*seed, number])
            threading.Thread(target=self._work, args=(rng,), daemon=True).start()

    def batches(self, count: int) -> Iterator[Batch]:
        for _ in range(count):
            yield self._ready.get()

    @staticmethod
    def _weigh(frames: list[Frame]) -> tuple[list[Frame], NDArray[np.float64]]:
        renders = sum(frame.game.startswith("render-") for frame in frames)
        less = min(RENDERS / max(renders, 1), 1.0)
        weights = np.array(
            [SHARES.get(f.game, 1.0) * (less if f.game.startswith("render-") else 1.0) for f in frames]
        )
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
            stacked = np.stack(pictures)
            taught = None
            if self._teacher and rng.random() < TAUGHT:
                taught = torch.from_numpy(self._teacher.scores(stacked))
            pixels = torch.from_numpy(stacked).permute(0, 3, 1, 2)
            self._ready.put(
                Batch(
                    pixels.float().contiguous(memory_format=torch.channels_last),
                    torch.from_numpy(np.stack([target.heat for target in targets])),
                    torch.from_numpy(np.stack([target.counted for target in targets])),
                    torch.from_numpy(np.stack([target.values for target in targets])),
                    torch.from_numpy(np.stack([target.weights for target in targets])),
                    torch.from_numpy(np.stack([target.role for target in targets])),
                    torch.tensor(doubts),
                    taught,
                )
            )


class Average:
    """Moving average of a net's weights and statistics."""

    def __init__(self, net: SkaterNet, keep: float) -> None:
        self._keep, self.steps = keep, 0
        self.state = {name: value.detach().clone() for name, value in net.state_dict().items()}

    def update(self, net: SkaterNet) -> None:
        self.steps += 1
        keep = min(self._keep, (1 + self.steps) / (10 + self.steps))
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
        found = read_packed_centre_points(maps, STRIDE, 0.05, 200)
        labelled = frame.boxes * np.float32(626)
        answers.append(Answer(found, labelled, frame.ignored))
    body, overlap = quality(answers, body_fit), quality(answers, overlap_fit)
    return f"held out: body AP {body.precision:.3f} AP@0.5 {overlap.precision:.3f}"


class Trainee:
    """The network in training with all that a checkpoint holds."""

    def __init__(
        self, options: argparse.Namespace, drawer: Drawer, state: dict[str, Any] | None = None
    ) -> None:
        """Begin, or go on from the `state` of a checkpoint of the same run."""
        self._options = options
        torch.manual_seed(options.seed)
        net = SkaterNet()
        if state is None and options.start and options.start.suffix == ".onnx":
            net = restore(options.start, (batch.pixels for batch in drawer.batches(MEASURED)))
        elif state is None and options.start:
            net.load_state_dict(torch.load(options.start, weights_only=True)["average"])
        self.net = net.to(memory_format=torch.channels_last)
        self.average = Average(net, 0.998)
        plain = [value for value in net.parameters() if value.ndim > 1]
        bare = [value for value in net.parameters() if value.ndim == 1]
        groups = [{"params": plain, "weight_decay": 0.02}, {"params": bare, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, lr=options.rate)
        self.epoch, self.spent = 0, 0.0
        if state is not None:
            self._resume(state)

    def save(self, file: Path) -> None:
        """Write a checkpoint, whole or not at all."""
        state = {
            "net": self.net.state_dict(), "average": self.average.state,
            "optimiser": self.optimiser.state_dict(), "steps": self.average.steps,
            "epoch": self.epoch, "spent": self.spent,
        }  # fmt: skip
        part = file.with_suffix(".part")
        torch.save(state, part)
        part.replace(file)

    def _resume(self, state: dict[str, Any]) -> None:
        self.net.load_state_dict(state["net"])
        self.average.state, self.average.steps = state["average"], state["steps"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.epoch, self.spent = state["epoch"], state["spent"]

    def step(self, batch: Batch, share: float) -> tuple[float, float, float]:
        """Learn from a batch after a share 0..1 of the time; heat, box and role loss."""
        options = self._options
        for group in self.optimiser.param_groups:
            group["lr"] = rate(share, options.rate)
        maps = self.net(batch.pixels)
        heat_loss, box_loss = loss_of(
            maps, batch.heat, batch.counted, batch.values, batch.weights,
            doubt=batch.doubt * min(2 * share, 1.0),
        )  # fmt: skip
        role_loss = role_loss_of(maps, batch.role, batch.heat)
        loss = heat_loss + options.box_share * box_loss + options.role_share * role_loss
        if batch.taught is not None:
            # The teacher leads at first; labels have the last word.
            guided = teacher_loss_of(maps, batch.taught, batch.counted)
            loss = loss + options.teacher_share * (1 - share) * guided
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 10.0)
        self.optimiser.step()
        self.average.update(self.net)
        return heat_loss.item(), box_loss.item(), role_loss.item()


def train(options: argparse.Namespace) -> None:
    """Train to the end of the time, from OUT's own checkpoint if there is one."""
    frames = [frame for folder in options.data for frame in read_folder(folder)]
    frames += [frame for folder in options.renders for frame in read_folder(folder)]
    held = [frame for frame in frames if in_fold(frame.game, options.hold_out)]
    frames = [frame for frame in frames if not in_fold(frame.game, options.hold_out)]
    print(f"{len(frames)} frames, {len(held)} held out", flush=True)
    teacher = Teacher(options.teacher) if options.teacher else None
    last = options.out / "last.pt"
    state = torch.load(last, weights_only=True) if last.exists() else None
    # Whoever goes on is not shown the same pictures again.
    drawer = Drawer(frames, [options.seed, state["epoch"] if state else 0], 2, teacher)
    trainee = Trainee(options, drawer, state)
    if state:
        print(f"going on after epoch {trainee.epoch}", flush=True)
    began, spent = time.process_time(), trainee.spent
    share = spent / (60 * options.minutes)
    while share < 1:
        sums = np.zeros(3)
        for batch in drawer.batches(EPOCH // BATCH):
            trainee.spent = spent + time.process_time() - began
            share = trainee.spent / (60 * options.minutes)
            sums += trainee.step(batch, share)
        trainee.epoch += 1
        heat_mean, box_mean, role_mean = sums / (EPOCH // BATCH)
        seen = look(trainee.average, held) if held and (trainee.epoch % 5 == 0 or share >= 1) else ""
        print(
            f"epoch {trainee.epoch} {100 * share:.0f} % {time.strftime('%H:%M:%S')} "
            f"heat {heat_mean:.3f} box {box_mean:.3f} role {role_mean:.3f} {seen}",
            flush=True,
        )
        trainee.save(last)
    (options.out / "done").touch()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, action="append", default=[])
    parser.add_argument("--renders", type=Path, action="append", default=[])
    parser.add_argument("--hold-out", default="", help="game not trained on; rest: all but N-out")
    parser.add_argument("--minutes", type=float, default=65.0, help="of processor time")
    parser.add_argument("--teacher", type=Path, help="detector file whose scores are learned from too")
    parser.add_argument("--teacher-share", type=float, default=0.5)
    parser.add_argument("--role-share", type=float, default=0.1)
    parser.add_argument("--start", type=Path, help="checkpoint or exported file to go on from")
    parser.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument("--box-share", type=float, default=0.25)
    parser.add_argument("--threads", type=int, default=1, help="of torch; pictures are made on two more")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(1)
    train(options)


if __name__ == "__main__":
    main()
