"""How well the camera's motion is read from drawn games whose camera is known.

    python tests/benchmarks/camera.py --cache DIR [pan-201 pan-202 ...] [--rate 10] [--width 640]

DIR is laid out as by sample_shifts.py. Prints for each game: the error of the motion from sample to sample;
how far things on the ice and at the benches that stand still wander in the stabilised picture, in body heights,
by the motion alone and by keyframes; and the CPU time. Boxes of people are the true ones.
"""

import argparse
import json
import sys
import time
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import cv2
import numpy as np

from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.frames import sample_frames
from shiftclipper.media.index import read_index
from shiftclipper.sample.game import Game
from shiftclipper.tracklets import COLOUR_BINS
from shiftclipper.vision.observations import (
    FrameObservations,
    pack_observations,
    picture_to_scene,
    rounded,
    unpack_observations,
)
from shiftclipper.vision.stabilise import Stabilised, stabilise
from shiftclipper.vision.watch import CameraWatch

PERSON = 1.75
MOMENTS = (60, 120, 180)


def observed(one, motion, keyframe, boxes) -> FrameObservations:
    count = len(boxes)
    return rounded(
        FrameObservations(
            time=float(one.time),
            boxes=boxes,
            scores=np.ones(count, np.float32),
            colours=np.zeros((count, COLOUR_BINS), np.float32),
            sharpness=np.zeros(count, np.float32),
            motion=motion.matrix,
            cut=motion.cut,
            keyframe=keyframe,
        )
    )


def watch(path: Path, game: Game, rate: Fraction, width: int):
    """Return observations, the drawn frames' numbers, and CPU seconds a sample."""
    size = (width, round(width * game.size[1] / game.size[0] / 2) * 2)
    eye = CameraWatch(game.size, size, (0.0, 0.0))
    result, frames, spent = [], [], 0.0
    for sample in sample_frames(locate(), path, read_index(path), rate=rate, size=size):
        frame = min(round(float(sample.time) * game.fps), game.frames - 1)
        seen, _, inside = game.people(frame)
        boxes = np.clip(seen.boxes[inside], 0, [*game.size, *game.size]).astype(np.float32)
        began = time.process_time()
        motion, keyframe = eye.look(sample.image, boxes * (size[0] / game.size[0]), float(sample.time))
        spent += time.process_time() - began
        result.append(observed(sample, motion, keyframe, boxes))
        frames.append(frame)
    return result, frames, spent / len(result)


def motion_errors(observations, views) -> np.ndarray:
    """Pixels by which each motion misses in the picture's middle half, root of the mean square."""
    width, height = views[0].size
    grid = np.stack(np.meshgrid(np.linspace(0.25, 0.75, 5) * width, np.linspace(0.25, 0.75, 5) * height), -1)
    grid = grid.reshape(-1, 2)
    errors = []
    for one, before, now in zip(observations[1:], views[:-1], views[1:], strict=True):
        true = np.column_stack([grid, np.ones(len(grid))]) @ now.from_view(before).T
        missed = grid @ one.motion[:, :2].T + one.motion[:, 2] - true[:, :2] / true[:, 2:]
        errors.append(np.sqrt((missed**2).sum(axis=1).mean()))
    return np.array(errors)


def still_things(game) -> np.ndarray:
    """(n, 3) points along the benches and all over the ice, in metres."""
    rink = game.rink
    benches = [
        (x, bench.side * rink.width / 2, 0.0)
        for bench in rink.benches
        for x in np.linspace(bench.left, bench.right, 4)
    ]
    ice = [(x, y, 0.0) for x in np.linspace(-24, 24, 9) for y in (-10.0, -4.0, 4.0, 10.0)]
    return np.array(benches + ice)


def wander(camera: Stabilised, views, times, things) -> dict[str, float]:
    """Body heights by which still things are off their usual place: overall, and up to some moments."""
    errors, moments = [], []
    for thing in things:
        pixels, depths = zip(*(view.project(thing[None]) for view in views), strict=True)
        pixels, depths = np.concatenate(pixels), np.concatenate(depths)
        seen = np.flatnonzero((pixels > 0).all(axis=1) & (pixels < views[0].size).all(axis=1) & (depths > 1))
        if len(seen) < 20:
            continue
        there = camera.at(seen, pixels[seen])
        place = np.einsum("nij,nj->ni", there[:, :, :2], pixels[seen]) + there[:, :, 2]
        scale = np.hypot(there[:, 0, 0], there[:, 1, 0])
        height = PERSON * np.array([views[k].focal for k in seen]) / depths[seen] * scale
        first = seen < seen[0] + 30
        middle = np.median(place[first], axis=0)
        errors.append(np.linalg.norm(place - middle, axis=1) / height.mean())
        moments.append(times[seen])
    error, moment = np.concatenate(errors), np.concatenate(moments)
    result = {"median": float(np.median(error)), "p90": float(np.percentile(error, 90))}
    for end in MOMENTS:
        near = np.abs(moment - end) < 10
        result[f"{end}s"] = float(np.median(error[near])) if near.any() else float("nan")
    return result


def show(title: str, figures: dict[str, float]) -> None:
    print(f"  {title:<12} " + "  ".join(f"{name} {value:.2f}" for name, value in figures.items()), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--rate", type=Fraction, default=Fraction(10))
    parser.add_argument("--width", type=int, default=640)
    parser.add_argument("games", nargs="+")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    for name in arguments.games:
        truth = json.loads((arguments.cache / f"{name}.truth.json").read_text())
        game = Game(truth["seed"], truth["duration"], truth["camera"], tuple(truth["size"]), truth["fps"])
        path = arguments.cache / f"{name}.mp4"
        observations, frames, spent = watch(path, game, arguments.rate, arguments.width)
        packed = pack_observations(observations)
        observations = unpack_observations(packed)
        views = [game.view(frame) for frame in frames]
        times = np.array([one.time for one in observations])
        errors = motion_errors(observations, views)
        keyframes = sum(one.keyframe is not None for one in observations)
        began = time.process_time()
        camera = stabilise(observations, game.size)
        solving = time.process_time() - began
        print(
            f"{name}: motion error median {np.median(errors):.2f} px, p90 {np.percentile(errors, 90):.2f}, "
            f"largest {errors.max():.1f}; cuts {sum(one.cut for one in observations)}; "
            f"{spent * 1e3:.2f} ms a sample; keyframes {keyframes}, {len(packed) / 1e6:.2f} MB; "
            f"solved in {solving:.2f} s"
        )
        things = still_things(game)
        chained = Stabilised(camera.scenes, picture_to_scene(observations), camera.poses, {}, camera.middle)
        show("by motion", wander(chained, views, times, things))
        show("by keyframes", wander(camera, views, times, things))
        for scene in camera.maps:
            rows = camera.scenes == scene
            true = np.array([view.focal for view in views])[rows]
            ratio = camera.poses.focal[rows] / true
            print(f"  scene {scene}: focal length {np.median(ratio):.3f} of the true one")


if __name__ == "__main__":
    main()
