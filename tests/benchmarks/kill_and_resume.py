"""Kill `run` with SIGKILL at random moments, resume it, and compare with an undisturbed run.

    python tests/benchmarks/kill_and_resume.py [--kills 30] [--seed 1] [--seconds 40]

One job is killed and resumed until it is done; then another, until there were so many kills. The moments
are spread evenly over the time that an undisturbed run takes, in random order, so that every stage is hit.
Compared are shifts, clips and reel frame by frame, chunks and tracklets. What was finished before a kill,
chunks and clips, must not be made anew. Ends with an error when anything differs.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import av

from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from shiftclipper.sample import write_sample


def command(data: Path, *words: str) -> list[str]:
    """Return the command line of the program on a data folder."""
    return [sys.executable, "-m", "shiftclipper", "--data-dir", str(data), *words]


def run_whole(data: Path, *words: str) -> float:
    """Run to the end and return the seconds that it took."""
    began = time.monotonic()
    done = subprocess.run(command(data, *words), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"exit code {done.returncode}: {done.stderr[-2000:]}")
    return time.monotonic() - began


def run_and_kill(data: Path, after: float, *words: str) -> bool:
    """Run, kill after so many seconds, and return whether it was still running."""
    process = subprocess.Popen(
        command(data, *words),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def picture_of(clip: Path) -> list[str]:
    """Return what stands for the decoded pictures of a clip."""
    with av.open(str(clip)) as container:
        return [f"{frame.pts} {hash(frame.to_ndarray().tobytes())}" for frame in container.decode(video=0)]


def outcome(data: Path, job: str, out: Path) -> dict[str, Any]:
    """Return everything of a finished job that must be equal in every run."""
    results = json.loads((out / "results.json").read_text())
    with Store(data, write=False) as store:
        problems = store.check()
        tracklets = [
            (one.id, one.times.tobytes(), one.boxes.tobytes(), one.feet.tobytes())
            for one in store.tracklets(job)
        ]
        chunks = [(row.number, row.samples, row.observations) for row in store.chunks(job)]
    return {
        "database problems": problems,
        "status": results["status"],
        "shifts": [{**shift, "clip": Path(shift["clip"]).name} for shift in results["shifts"]],
        "clips": [(row["start"], row["end"], row["frames"]) for row in results["clips"]],
        "clip names": sorted(path.name for path in (out / "clips").iterdir()),
        "pictures": [picture_of(Path(row["path"])) for row in results["clips"]],
        "reel": picture_of(Path(results["combined_path"])),
        "tracklets": tracklets,
        "chunks": chunks,
        "left behind": sorted(path.name for path in (*out.rglob("*.part"), *data.rglob("*.part"))),
    }


def finished_things(data: Path, job: str) -> dict[str, object]:
    """Return what is finished now: saved chunks with their row ids, and clips with the time of their file."""
    with Store(data, write=False) as store:
        things: dict[str, object] = {
            f"chunk {row.number}": (row.samples, hash(row.observations)) for row in store.chunks(job)
        }
        for clip in store.clips(job):
            if clip.path.is_file():
                things[f"clip {clip.path.name}"] = clip.path.stat().st_mtime_ns
        return things


def only_job(data: Path) -> str | None:
    """Return the job of a data folder; None when the kill came before there was one."""
    if not (data / "shiftclipper.db").exists():
        return None
    with Store(data, write=False) as store:
        jobs = store.jobs()
        return jobs[0].id if jobs else None


def main() -> None:
    """Print where the kills fell and whether all runs agree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=40)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    os.environ["PYTHONHASHSEED"] = "0"
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = write_sample(
            folder / "game.mp4",
            seconds=arguments.seconds,
            seed=11,
            camera="fixed",
            ffmpeg=locate(),
            size=(960, 540),
            fps=15,
        )
        words = [str(sample.video), "--setup", str(sample.setup)]
        whole = run_whole(folder / "data-0", "run", *words, "--out", str(folder / "out-0"))
        first = only_job(folder / "data-0")
        assert first is not None
        wanted = outcome(folder / "data-0", first, folder / "out-0")
        print(f"undisturbed: {whole:.1f} s, {len(wanted['shifts'])} shifts, {len(wanted['chunks'])} chunks")
        moments = [whole * (place + rng.random()) / arguments.kills for place in range(arguments.kills)]
        rng.shuffle(moments)
        stages: Counter[str] = Counter()
        differences: list[str] = []
        redone = kills = round_number = 0
        while kills < arguments.kills:
            round_number += 1
            data, out = folder / f"data-{round_number}", folder / f"out-{round_number}"
            while kills < arguments.kills:
                job = only_job(data)
                start = ["run", *words, "--out", str(out)] if job is None else ["run", "--resume", job]
                before = finished_things(data, job) if job else {}
                if not run_and_kill(data, moments[kills], *start):
                    break
                kills += 1
                job = only_job(data)
                if job is None:
                    stages["before the job"] += 1
                    continue
                with Store(data, write=False) as store:
                    stages[store.job(job).stage or "before the first stage"] += 1
                after = finished_things(data, job)
                redone += sum(1 for key, value in before.items() if after.get(key) != value)
            job = only_job(data)
            if job is None:
                continue
            before = finished_things(data, job)
            run_whole(data, "run", "--resume", job)
            after = finished_things(data, job)
            redone += sum(1 for key, value in before.items() if after.get(key) != value)
            found = outcome(data, job, out)
            differences += [f"round {round_number}: {key}" for key in wanted if found[key] != wanted[key]]
    print(f"{kills} kills in {round_number} jobs; running then: {dict(stages)}")
    print(f"finished chunks and clips made anew: {redone}")
    print(f"differences from the undisturbed run: {differences or 'none'}")
    if differences or redone:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
