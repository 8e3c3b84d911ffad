"""An ffmpeg that hangs, dies or prints rubbish: one sentence, nothing half written, and the job goes on."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from shiftclipper.errors import Cancelled
from shiftclipper.jobs.rows import JobStatus, StopReason
from shiftclipper.jobs.store import Store
from shiftclipper.media import ffmpeg as ffmpeg_module
from shiftclipper.media.ffmpeg import FFmpegFailed, locate
from tests.faults.ffmpegs import (
    HANG,
    RUBBISH,
    SIGNALS,
    STAGES,
    FilmJob,
    dying,
    fail_and_go_on,
    faulty_ffmpeg,
)
from tests.faults.real_runs import ROOT, left_running, processes_naming

pytestmark = [
    pytest.mark.xdist_group("media"),
    pytest.mark.skipif(sys.platform == "win32", reason="the faulty ffmpeg is a script for sh"),
]
ENOUGH = 300


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    picture = ("-f", "lavfi", "-i", "testsrc2=size=160x96:rate=25")
    sound = ("-f", "lavfi", "-i", "sine=frequency=440")
    command = [
        str(locate().path),
        "-v",
        "error",
        *picture,
        *sound,
        "-t",
        "4",
        "-pix_fmt",
        "yuv420p",
        str(path),
    ]
    subprocess.run(command, check=True, timeout=ENOUGH)
    return path


def test_an_ffmpeg_that_hangs_is_ended_with_all_that_it_started(film, tmp_path):
    rows = list(fail_and_go_on(film, tmp_path, "hangs", HANG, STAGES, stall_seconds=0.5))
    assert [(row.stage, row.lost) for row in rows] == [(stage, []) for stage in STAGES]
    assert all("made no headway for 0.5 s" in row.sentence for row in rows)


@pytest.mark.parametrize("stage", STAGES)
def test_a_job_whose_ffmpeg_hangs_can_be_cancelled_at_once(film, tmp_path, stage):
    with Store(tmp_path / "data") as store:
        job = FilmJob.make(store, film, tmp_path / "out")
        hanging = faulty_ffmpeg(tmp_path, STAGES[stage], f"touch {tmp_path}/hangs; {HANG}", ENOUGH)
        stop = threading.Event()

        def cancel():
            while not (tmp_path / "hangs").exists() and not stop.wait(0.01):
                pass
            store.request_stop(job.id, StopReason.CANCEL)
            store.close_thread()
            stop.set()

        canceller = threading.Thread(target=cancel)
        canceller.start()
        assert job.run(hanging, stop) is JobStatus.CANCELLED
        canceller.join()
        assert job.halves == []


@pytest.mark.parametrize("number", SIGNALS[:2], ids=lambda number: number.name)
def test_an_ffmpeg_that_a_signal_ends_is_told_with_its_name(film, tmp_path, number):
    rows = list(fail_and_go_on(film, tmp_path, "dies", dying(number), {"clips": STAGES["clips"]}))
    assert [row.lost for row in rows] == [[]]
    assert f"ffmpeg was ended by {number.name}" in rows[0].sentence


def test_rubbish_instead_of_a_film_is_never_put_in_place(film, tmp_path):
    rows = list(fail_and_go_on(film, tmp_path, "rubbish", RUBBISH, STAGES))
    assert [(row.stage, row.lost) for row in rows] == [(stage, []) for stage in STAGES]
    assert "is no film; let `shiftclipper self-test`" in rows[0].sentence
    assert not list((tmp_path / "out").rglob("*.part"))


def test_what_holds_the_pipes_after_the_end_of_ffmpeg_is_ended_too(tmp_path, monkeypatch):
    monkeypatch.setattr("shiftclipper.media.process.LINGER_SECONDS", 0.2)
    ffmpeg = faulty_ffmpeg(tmp_path, "left", f"sleep 100000 & echo $! > {tmp_path}/left; exit 0", ENOUGH)
    with pytest.raises(FFmpegFailed, match="made no headway"):
        # Its stdout stays open: the watch alone can end it.
        ffmpeg.run(["left"], stall_seconds=0.3)
    quiet = faulty_ffmpeg(
        tmp_path, "left", f"sleep 100000 >/dev/null & echo $! > {tmp_path}/left; exit 0", ENOUGH
    )
    quiet.run(["left"])
    left = int((tmp_path / "left").read_text())
    for _ in range(1000):
        try:
            state = Path(f"/proc/{left}/stat").read_text().split()[2] if Path("/proc").is_dir() else "?"
            os.kill(left, 0)
        except (FileNotFoundError, ProcessLookupError):
            break
        if state == "Z":
            break
        threading.Event().wait(0.01)
    else:
        os.kill(left, signal.SIGKILL)
        pytest.fail("a process that ffmpeg had started lives on")


def test_a_stop_ends_a_run_that_prints_endless_rubbish_as_its_progress(tmp_path):
    endless = faulty_ffmpeg(tmp_path, "left", "exec cat /dev/zero", ENOUGH)
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(Cancelled):
        endless.run(["left"], stop=stop)


def test_an_ffmpeg_that_never_answers_gives_way_to_the_one_that_came_along(tmp_path, monkeypatch):
    monkeypatch.setattr(ffmpeg_module, "ANSWER_SECONDS", 0.3)
    mute = tmp_path / "ffmpeg"
    mute.write_text("#!/bin/sh\nexec sleep 100000\n")
    mute.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    asked = []
    real = ffmpeg_module._version
    monkeypatch.setattr(
        ffmpeg_module,
        "_version",
        lambda name: asked.append(name) or (real(name) if name == str(mute) else "7.1"),
    )
    assert locate().path != mute
    assert asked[0] == str(mute)


ENDLESS = """
import sys
from shiftclipper.media.ffmpeg import locate
picture = ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25"]
locate().run([*picture, "-c:v", "libx264", "-g", "1", "-flush_packets", "1", "-f", "mpegts", sys.argv[1]])
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not show its processes")
def test_a_program_that_is_killed_leaves_no_ffmpeg_running(tmp_path):
    if not locate().launcher:
        pytest.skip("no setpriv, which ties the life of ffmpeg to ours")
    target = tmp_path / "endless.ts"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", ENDLESS, str(target)], env=environment) as program:
        while not (target.exists() and target.stat().st_size) and program.poll() is None:
            threading.Event().wait(0.01)
        writing = [words for words in processes_naming((str(target),)) if "ffmpeg" in words]
        program.kill()
    assert writing, "there was an ffmpeg at work"
    assert left_running((str(target),)) == []
