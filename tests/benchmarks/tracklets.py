"""How pure, how few and how complete the tracklets are, on ground-truth boxes made worse.

    python tests/benchmarks/tracklets.py FILE... [--rate 10] [--hard] [--seed 1]
    python tests/benchmarks/tracklets.py --cache DIR fixed-201 pan-201

FILE holds lines `frame,person,x,y,w,h,1,tracklet,visibility` of a 1280x720 broadcast picture, as in the
McGill Hockey Player Tracking Dataset. Boxes are thinned to the analysis rate; 10 % are missed at random,
all are moved by 2 px and 5 % false ones are added. With --hard, hidden people are missed more often,
boxes shake with their height, and one in three false boxes stands still for seconds (so many a second at
every rate).

With --cache the names are sample games that sample_shifts.py has analysed into that folder: what the
detector really saw, each box owned by the drawn person whose box it overlaps most (by more than 0.3, each
person once). Everybody on the ice counts, nobody on the benches.

Those files come without pictures, so "stabilised" uses a similarity estimated from the common motion of
the boxes themselves in place of the camera's, which is a poorer one: it contains the skaters' own common
motion. Colours are unknown there (zeros); sample games have both.

Purity: share of tracklet boxes that belong to the tracklet's main person. Presences: the fewest tracklets
possible, since nobody is followed out of the picture and back. Coverage: share of each person's time that
lies inside a tracklet of his own that is at least 95 % pure. Switches: changes of person inside tracklets.
At the end stands why there are more tracklets than presences, cause by cause (see tracklet_breaks.py).
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from shiftclipper.jobs.store import Store
from shiftclipper.sample.game import Game
from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, Tracklet
from shiftclipper.vision.observations import FrameObservations, rounded, unpack_observations
from shiftclipper.vision.tracker import track
from tests.benchmarks.tracklet_breaks import Breaks, Truth

SIZE = (1280, 720)
USUAL_RATE = 10.0
"""Pictures a second that analysis looks at."""


@dataclass
class Figures:
    """What one film, or several added up, gave."""

    boxes: int = 0
    own_boxes: int = 0
    tracklets: int = 0
    presences: int = 0
    person_seconds: float = 0.0
    seconds: float = 0.0
    covered_seconds: float = 0.0
    switches: int = 0
    spent: float = 0.0
    pictures: int = 0
    breaks: Breaks = field(default_factory=Breaks)

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(**{name: getattr(self, name) + getattr(other, name) for name in vars(self)})

    def __str__(self) -> str:
        minutes = self.person_seconds / 60
        return (
            f"purity {self.own_boxes / max(self.boxes, 1):.4f}  coverage "
            f"{self.covered_seconds / self.person_seconds:.3f}  tracklets/min/person "
            f"{self.tracklets / minutes:5.2f} (presences {self.presences / minutes:5.2f}, extra "
            f"{(self.tracklets - self.presences) / minutes:5.2f})  a minute of game "
            f"{self.tracklets / self.seconds * 60:4.0f}  switches {self.switches:3d}  "
            f"{1000 * self.spent / max(self.pictures, 1):.2f} ms/picture"
        )


def read_truth(path: Path, rate: float) -> Truth:
    """Read one file of boxes and keep every picture that analysis at `rate` would see."""
    rows = np.loadtxt(path, delimiter=",")
    fps = 60 if path.name.startswith(("CGY", "STL")) else 30
    step = round(fps / rate)
    times, people, boxes, visible = [], [], [], []
    for frame in range(0, int(rows[:, 0].max()) + 1, step):
        of_frame = rows[rows[:, 0] == frame]
        times.append(frame / fps)
        people.append(of_frame[:, 1].astype(np.int64))
        corner, extent = of_frame[:, 2:4], of_frame[:, 4:6]
        boxes.append(np.concatenate([corner, corner + extent], axis=1))
        visible.append(of_frame[:, 8])
    return Truth(times, people, boxes, visible, common_motions(people, boxes))


def common_motions(
    people: Sequence[NDArray[np.int64]], boxes: Sequence[NDArray[np.float64]]
) -> list[NDArray[np.float64]]:
    """Estimate from each picture to the next the similarity most people's feet follow."""
    motions = [np.eye(2, 3)]
    for before, after, old, new in zip(people, people[1:], boxes, boxes[1:], strict=False):
        _, first, second = np.intersect1d(before, after, return_indices=True)
        motions.append(_common_motion(_feet(old[first]), _feet(new[second])))
    return motions


def _common_motion(old: NDArray[np.float64], new: NDArray[np.float64]) -> NDArray[np.float64]:
    motion = np.eye(2, 3)
    if len(old):
        motion[:, 2] = np.median(new - old, axis=0)
    return motion


def _feet(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.stack([(boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 3]], axis=1)


def worsen(
    truth: Truth, *, seed: int, hard: bool, stabilised: bool
) -> tuple[list[FrameObservations], list[NDArray[np.int64]]]:
    """Make observations of the truth as a detector would; and whose each box is (-1: nobody's)."""
    random = np.random.default_rng(seed)
    standing: list[tuple[float, NDArray[np.float64]]] = []
    step = truth.times[1] - truth.times[0]
    observations, owners = [], []
    for k, now in enumerate(truth.times):
        boxes, people = truth.boxes[k], truth.people[k]
        missed = np.full(len(boxes), 0.1)
        if hard:
            missed = np.where(truth.visible[k] < 0.8, 0.3, 0.06)
        kept = random.random(len(boxes)) >= missed
        shake = random.normal(0, 2, boxes.shape)
        if hard:
            heights = (boxes[:, 3] - boxes[:, 1])[:, None]
            shake += random.normal(0, 0.03, boxes.shape) * heights
        noisy = (boxes + shake)[kept]
        false = random.poisson(0.05 * max(len(boxes), 1))
        extent = np.median(boxes[:, 2:] - boxes[:, :2], axis=0) if len(boxes) else np.array([60, 120])
        for _ in range(false):
            corner = random.uniform([0, 100], [SIZE[0] - extent[0], SIZE[1] - extent[1]])
            box = np.concatenate([corner, corner + extent * random.uniform(0.7, 1.3)])
            if hard and random.random() < 0.05 * step * USUAL_RATE:
                standing.append((now + random.exponential(3), box))
            noisy = np.concatenate([noisy, box[None]])
        standing = [one for one in standing if one[0] > now]
        for _, box in standing:
            noisy = np.concatenate([noisy, (box + random.normal(0, 2, 4))[None]])
        owner = np.concatenate([people[kept], np.full(len(noisy) - kept.sum(), -1)]).astype(np.int64)
        scores = np.where(owner >= 0, random.beta(8, 2, len(owner)), random.beta(4, 4, len(owner)))
        colours = np.zeros((len(owner), COLOUR_BINS))
        if truth.colours is not None:
            colours[: kept.sum()] = truth.colours[k][kept]
        order = np.argsort(-scores)
        observations.append(
            rounded(
                FrameObservations(
                    time=now,
                    boxes=noisy[order].astype(np.float32),
                    scores=scores[order].astype(np.float32),
                    colours=colours[order].astype(np.float32),
                    kit=np.zeros((len(owner), KIT_VALUES), np.float32),
                    roles=np.zeros((len(owner), 3), np.float32),
                    sharpness=np.full(len(owner), 10, dtype=np.float32),
                    motion=truth.motions[k] if stabilised else np.eye(2, 3),
                    cut=k == 0,
                )
            )
        )
        owners.append(owner[order])
    return observations, owners


def measure(
    truth: Truth,
    observations: Sequence[FrameObservations],
    owners: Sequence[NDArray[np.int64]],
    tracklets: Sequence[Tracklet],
) -> Figures:
    """Compare tracklets with the people they were made from."""
    step = truth.times[1] - truth.times[0]
    picture_of = {one.time: k for k, one in enumerate(observations)}
    of_person: dict[int, NDArray[np.bool_]] = {}
    for k, people in enumerate(truth.people):
        for person in people:
            of_person.setdefault(int(person), np.zeros(len(truth.times), dtype=bool))[k] = True
    covered = {person: np.zeros(len(truth.times), dtype=bool) for person in of_person}
    figures = Figures(tracklets=len(tracklets), pictures=len(truth.times))
    spans = []
    for tracklet in tracklets:
        pictures = [picture_of[float(t)] for t in tracklet.times]
        whose = np.array(
            [
                owners[k][np.flatnonzero((observations[k].boxes == box).all(axis=1))[0]]
                for k, box in zip(pictures, tracklet.boxes, strict=True)
            ]
        )
        ids, counts = np.unique(whose, return_counts=True)
        main = int(ids[counts.argmax()])
        spans.append((main, pictures[0], pictures[-1]))
        figures.boxes += len(whose)
        figures.own_boxes += int(counts.max()) if main >= 0 else 0
        real = whose[whose >= 0]
        figures.switches += int((np.diff(real) != 0).sum())
        if main in covered and counts.max() >= 0.95 * len(whose):
            covered[main][pictures[0] : pictures[-1] + 1] = True
    for person, there in of_person.items():
        frames = np.flatnonzero(there)
        figures.presences += 1 + int((np.diff(frames) * step > 0.5).sum())
        figures.person_seconds += float(there.sum() * step)
        figures.covered_seconds += float((there & covered[person]).sum() * step)
    figures.seconds = truth.times[-1] - truth.times[0] + step
    figures.breaks.add(truth, observations, owners, tracklets, spans)
    return figures


def run(truth: Truth, *, seed: int, hard: bool, stabilised: bool) -> Figures:
    """Worsen, track and measure one film."""
    observations, owners = worsen(truth, seed=seed, hard=hard, stabilised=stabilised)
    started = time.perf_counter()
    tracklets = track(observations, SIZE)
    spent = time.perf_counter() - started
    figures = measure(truth, observations, owners, tracklets)
    figures.spent = spent
    return figures


def overlaps(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the intersection over union (n, m) of boxes."""
    low = np.maximum(one[:, None, :2], other[None, :, :2])
    high = np.minimum(one[:, None, 2:], other[None, :, 2:])
    common = np.prod(np.clip(high - low, 0, None), axis=2)
    areas = [np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (one, other)]
    return np.asarray(common / np.maximum(areas[0][:, None] + areas[1][None] - common, 1e-9))


def run_cached(folder: Path, name: str) -> Figures:
    """Track and measure one sample game from what the detector saw."""
    facts = json.loads((folder / f"{name}.truth.json").read_text())
    game = Game(facts["seed"], facts["duration"], facts["camera"], tuple(facts["size"]), round(facts["fps"]))
    with Store(folder / "data") as store:
        job = next(job.id for job in store.jobs() if job.title == name)
        observations = [one for chunk in store.chunks(job) for one in unpack_observations(chunk.observations)]
    numbers = {person.id: k for k, person in enumerate(game.roster.people)}
    truth = Truth(
        [one.time for one in observations],
        [],
        [],
        [],
        [one.motion for one in observations],
        width=game.size[0],
    )
    owners = []
    for one in observations:
        ids, boxes, visible, on_ice = game.boxes(min(round(one.time * game.fps), game.frames - 1))
        people = np.array([numbers[person] for person in ids], dtype=np.int64)
        whose = np.full(len(one), -1, dtype=np.int64)
        shared = overlaps(one.boxes.astype(np.float64), boxes.astype(np.float64))
        box, person = linear_sum_assignment(-shared)
        surely = shared[box, person] > 0.3
        whose[box[surely]] = people[person[surely]]
        owners.append(whose)
        truth.people.append(people[on_ice])
        truth.boxes.append(boxes[on_ice].astype(np.float64))
        truth.visible.append(visible[on_ice])
    started = time.perf_counter()
    tracklets = track(observations, game.size)
    spent = time.perf_counter() - started
    figures = measure(truth, observations, owners, tracklets)
    figures.spent = spent
    return figures


def main() -> None:
    """Print one line per film and the sum."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--rate", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hard", action="store_true")
    arguments = parser.parse_args()
    if arguments.cache is not None:
        total = Figures()
        for path in arguments.files:
            figures = run_cached(arguments.cache, path.name)
            print(f"  {path.name:22} {figures}", flush=True)
            total += figures
        print(f"  {'all':22} {total}")
        print(total.breaks.table(total.person_seconds / 60))
        return
    for stabilised in (True, False):
        print("stabilised by the boxes' common motion" if stabilised else "not stabilised")
        total = Figures()
        for path in arguments.files:
            truth = read_truth(path, arguments.rate)
            figures = run(truth, seed=arguments.seed, hard=arguments.hard, stabilised=stabilised)
            print(f"  {path.stem:22} {figures}")
            total += figures
        print(f"  {'all':22} {total}")
        print(total.breaks.table(total.person_seconds / 60))


if __name__ == "__main__":
    main()
