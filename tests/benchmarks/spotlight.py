"""Measure the drawn reel on sample games: its speed, whether the ring is on the player, and its sound.

    python tests/benchmarks/spotlight.py --cache DIR [--cameras fixed pan] [--seed 101] [--seconds 180]
        [--checks 200]

Each game is drawn, encoded and run as a job up to its clips, with one click in each shift. Games and analyses
stay in the cache folder. Then the reel is made plainly, encoded again without anything drawn, and drawn in
several looks, all in this run. The ring is checked in pictures drawn by lot among those that show it: its
middle must lie in the true box of the player, and it must be there in the finished file.
"""

import argparse
import dataclasses
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import av
import numpy as np
from PySide6.QtCore import QCoreApplication

from shiftclipper.export.reel import Known, ReelClip, ReelLook, make_reel
from shiftclipper.export.reel.planes import levels
from shiftclipper.export.reel.ring import BRIGHT, radius_of
from shiftclipper.export.reel.scenes import ClipScene, Storyboard, plan_scenes
from shiftclipper.jobs.foreground import run_in_foreground
from shiftclipper.jobs.reel_clips import reel_clips
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.runner import Runner
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.jobs.signals import JobBus
from shiftclipper.jobs.stages import all_stages
from shiftclipper.jobs.stages.game import open_game
from shiftclipper.jobs.store import Store
from shiftclipper.media.encoders import X264
from shiftclipper.media.ffmpeg import FFmpeg, locate
from shiftclipper.media.probe import probe
from shiftclipper.media.reel import Reel, chapters_in_a_row, join, read_part
from shiftclipper.sample import write_sample
from shiftclipper.sample.game import Game
from tests.media_corpus import SOUND_RATE, read_sound, sound_lag

STAGES = ("ingest", "analyse", "identify", "clips")
LOOKS = {
    "spotlight": ReelLook(spotlight=True),
    "spotlight, ring stays": ReelLook(spotlight=True, ring=True),
    "crossfade 0.5 s": ReelLook(crossfade=Fraction(1, 2)),
    "portrait, spotlight": ReelLook(spotlight=True, upright=True),
}
RING = 0.5
"""Strength from which a ring counts as shown."""
NEAR = 45
"""Levels of light by which a pixel of the ring may differ from its colour after encoding."""


def prepared(store: Store, bus: JobBus, folder: Path, name: str, options: argparse.Namespace) -> str:
    """Return the job of a game whose clips are cut."""
    film = folder / f"{name}.mp4"
    if not film.with_suffix(".setup.json").exists():
        camera = name.split("-")[0]
        write_sample(film, seconds=options.seconds, seed=options.seed, camera=camera, ffmpeg=locate())
    known = {job.title: job.id for job in store.jobs()}
    setup = read_setup(film.with_suffix(".setup.json"))
    plain = dataclasses.replace(setup.settings, proxy=False, encoder="libx264")
    setup = dataclasses.replace(setup, settings=plain)
    job = known.get(name)
    if job is None:
        out = folder / f"{name}-out"
        job = store.create_job([film], setup=setup, title=name, stages=STAGES, out_dir=out)
    runner = Runner(store, all_stages(locate()), bus)
    status = run_in_foreground(runner, job)
    runner.quit()
    if status is not JobStatus.DONE:
        raise SystemExit(f"{name}: {status}: {store.job(job).error}")
    return job


def timed(title: str, make: Callable[[], Reel]) -> Reel:
    """Make a reel and print how fast that went."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    begin = time.perf_counter()
    reel = make()
    seconds = time.perf_counter() - begin
    now = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own, ours = (
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        for before, after in zip(spent, now, strict=True)
    )
    frames = reel.frames
    print(
        f"  {title:<24} {frames / seconds:7.1f} frames/s  {1000 * own / frames:5.2f} + "
        f"{1000 * ours / frames:5.2f} ms of processor for each (own + ffmpeg)  {frames} frames",
        flush=True,
    )
    return reel


def encoded_again(ffmpeg: FFmpeg, plain: Path, target: Path) -> Reel:
    """Encode a reel once more with nothing drawn, which no drawn reel can undercut."""
    ffmpeg.run(["-i", str(plain), "-map", "0:v:0", *X264.args, "-y", str(target)])
    part = read_part(target)
    frames = len(part.index.presentation_pts())
    return Reel(target, part.duration, frames, target.stat().st_size, ())


def check_ring(game: Game, clips: list[ReelClip], board: Storyboard, reel: Path, count: int) -> None:
    """Print in how many pictures of the reel the ring is on the player."""
    shown: list[tuple[int, int, ClipScene, float]] = []
    for scene, first, clip in zip(board.scenes, board.starts, clips, strict=False):
        assert isinstance(scene, ClipScene)
        for number, ring in enumerate(scene.rings):
            frozen = scene.freeze.pictures if scene.freeze and number >= scene.freeze.at else 0
            if ring.strength >= RING:
                moment = float(clip.start) + number / float(board.rate)
                shown.append((first + number + frozen, number, scene, moment))
    random = np.random.default_rng(3)
    chosen = sorted(random.choice(len(shown), min(count, len(shown)), replace=False))
    wanted = {shown[k][0]: shown[k] for k in chosen}
    target = game.roster.people[game.target].id
    on_him, absent, drawn, off = 0, 0, 0, []
    with av.open(str(reel)) as container:
        for place, frame in enumerate(container.decode(video=0)):
            if place not in wanted:
                continue
            _, number, scene, moment = wanted[place]
            ids, boxes, _visible, _on_ice = game.boxes(min(round(moment * game.fps), game.frames - 1))
            centre = scene.centres[number] * np.array(game.size) / np.array(scene.film_size)
            mine = boxes[ids == target]
            if not len(mine):
                absent += 1
            else:
                left, top, right, bottom = mine[0]
                on_him += bool(left <= centre[0] <= right and top <= centre[1] <= bottom)
                middle = np.array([(left + right) / 2, (top + bottom) / 2])
                off.append(float(np.linalg.norm(centre - middle) / (bottom - top)))
            drawn += _has_ring(frame.to_ndarray(format="yuv420p"), scene, number)
    print(
        f"  ring: {len(wanted)} of {len(shown)} pictures with a ring checked; in {on_him} its middle is in "
        f"the player's true box, in {absent} he is not in the picture; found in the file in {drawn}; "
        f"median distance of the middles {np.median(off):.2f} of his height",
        flush=True,
    )


def _has_ring(data: np.ndarray, scene: ClipScene, number: int) -> bool:
    """Tell whether the circle of the ring has its colour in a decoded picture (I420)."""
    rows, width = data.shape
    height = rows * 2 // 3
    x, y = scene.framing.place(number, scene.centres[number])
    radius = radius_of(float(scene.heights[number]) * scene.framing.scale, (width, height))
    angle = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    columns, lines = np.rint(x + radius * np.cos(angle)), np.rint(y + radius * np.sin(angle))
    inside = (columns >= 0) & (columns < width) & (lines >= 0) & (lines < height)
    light = data[lines[inside].astype(int), columns[inside].astype(int)].astype(float)
    return bool(np.mean(np.abs(light - levels(BRIGHT)[0]) < NEAR) > 0.6)


def check_sound(film: Path, clips: list[ReelClip], board: Storyboard, reel: Path, title: str) -> None:
    """Print how far sound is from the picture at both ends of the reel, and its steps at the joints."""
    heard, first = read_sound(reel)
    whole, whole_start = read_sound(film)
    start_time = float(probe(film).start_time)
    lags = []
    for scene, begin, clip in ((k, s, c) for k, s, c in zip(board.scenes, board.starts, clips, strict=False)):
        assert isinstance(scene, ClipScene)
        stop = scene.freeze.at / float(board.rate) if scene.freeze else 0.0
        still = scene.freeze.pictures / float(board.rate) if scene.freeze else 0.0
        pictures = scene.film_pictures / float(board.rate)
        places = [(stop + 0.7, min(3.0, pictures - stop - 1.4)), (pictures - 3.7, 3.0)]
        for at, length in places:
            if length < 1 or at < stop:
                continue
            here = round((float(begin / board.rate) + at + still - first) * SOUND_RATE)
            there = round((float(clip.start) + at + start_time - whole_start) * SOUND_RATE)
            count = round(length * SOUND_RATE)
            lag, alike = sound_lag(heard[here : here + count], whole[there : there + count])
            lags.append((abs(lag), alike))
    joints = [round((float(start / board.rate) - first) * SOUND_RATE) for start in board.starts[1:-1]]
    steps = np.abs(np.diff(heard))
    reach = SOUND_RATE // 100
    worst = max((float(steps[at - reach : at + reach].max()) for at in joints), default=0.0)
    print(
        f"  sound, {title}: at most {1000 * max(lag for lag, _ in lags):.2f} ms off the picture at "
        f"{len(lags)} places (an AAC frame is {1000 * 1024 / SOUND_RATE:.1f} ms; least likeness "
        f"{min(alike for _, alike in lags):.2f}); largest step between samples within 10 ms of {len(joints)} "
        f"joints {worst:.4f}, elsewhere {float(steps.max()):.4f} of full scale; "
        f"{len(heard) / SOUND_RATE - float(board.starts[-1] / board.rate):+.3f} s longer than the pictures",
        flush=True,
    )


def measure(store: Store, job: str, folder: Path, options: argparse.Namespace) -> None:
    """Print all figures of one game."""
    ffmpeg = locate()
    found = store.results(job)
    film = open_game(store, job)
    tracklets = tuple(store.tracklets(job))
    clips = reel_clips(found, found.clips, tracklets)
    known = Known(film.size, tracklets)
    parts = [read_part(clip.path) for clip in clips]
    sizes = [probe(clip.path).size for clip in clips]
    lengths = [clip.end - clip.start for clip in found.clips]
    chapters = chapters_in_a_row([clip.title for clip in clips], lengths)
    print(
        f"{found.job.title}: {len(clips)} clips, {float(sum(lengths)):.0f} s, {film.size[0]}x{film.size[1]}"
    )
    truth = Game(options.seed, options.seconds, film_camera(found.job.title))
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        work = Path(scratch)
        paths = [clip.path for clip in clips]
        plain = timed("plain, copied", lambda: join(ffmpeg, paths, work / "plain.mp4", chapters=chapters))
        check_sound(
            film.sources[0].path,
            clips,
            plan_scenes(clips, parts, sizes, ReelLook(), known),
            plain.path,
            "plain",
        )
        timed("encoded, nothing drawn", lambda: encoded_again(ffmpeg, plain.path, work / "again.mp4"))
        for title, look in LOOKS.items():
            reel = timed(
                title,
                lambda look=look: make_reel(
                    ffmpeg,
                    clips,
                    look,
                    known,
                    work / "drawn.mp4",
                    encoder_for=lambda size, rate: X264,
                    work=work / "pieces",
                ),
            )
            board = plan_scenes(clips, parts, sizes, look, known)
            if look.spotlight:
                check_ring(truth, clips, board, reel.path, options.checks)
            check_sound(film.sources[0].path, clips, board, reel.path, title)


def film_camera(name: str) -> str:
    """Return the camera that a game's name begins with."""
    return name.split("-")[0]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--cameras", nargs="+", default=["fixed", "pan"])
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--checks", type=int, default=200)
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    application = QCoreApplication([])
    bus = JobBus(application)
    with Store(options.cache / "data", on_change=bus.job_changed.emit) as store:
        for camera in options.cameras:
            job = prepared(store, bus, options.cache, f"{camera}-{options.seed}", options)
            measure(store, job, options.cache, options)


if __name__ == "__main__":
    main()
