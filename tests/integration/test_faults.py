"""The real program is killed, its disk fills up, its film goes: nothing finished is lost, and it goes on."""

import shutil
import subprocess
import sys

import pytest

from shiftclipper.errors import EXIT_DONE
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from tests.faults.disks import fill_and_go_on, small_disk
from tests.faults.drives import fail_reads_and_go_on, failing_reads
from tests.faults.kills import kill_and_go_on
from tests.faults.real_runs import KILLED, Fault, Film, Program, draw_film
from tests.faults.sources import spoil_and_go_on

pytestmark = [
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither SIGKILL nor removes open films"),
]
KILLS = (
    "growing proxy",
    "sql INSERT OR REPLACE INTO analysis_chunk",
    'sql INSERT INTO "shift"',
    "growing .*shift.*mp4.part",
    "rename .*shift.*mp4.part",
    "growing reel.mp4.part",
    "rename report.pdf.part",
    "rename results.json.part",
)
"""In the order in which they come: at least one in every stage, in every kind of write."""


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return draw_film(tmp_path_factory.mktemp("film"))


@pytest.fixture(scope="module")
def undisturbed(film, tmp_path_factory):
    """A job that nothing happened to."""
    folder = tmp_path_factory.mktemp("undisturbed")
    program = Program(film, folder / "data", folder / "out")
    assert program.run(*program.start_words).code == EXIT_DONE
    return program


@pytest.fixture(scope="module")
def wanted(undisturbed):
    return undisturbed.outcome()


def test_an_undisturbed_run_finds_what_the_others_are_held_against(undisturbed, wanted):
    assert wanted["problems"] == []
    assert wanted["status"] == "done"
    assert len(wanted["clips"]) == 2 and wanted["chunks"] and wanted["tracklets"]
    assert undisturbed.rubbish() == []


def test_killed_in_every_stage_the_program_goes_on_and_ends_with_the_same(film, wanted, tmp_path):
    rows = list(kill_and_go_on(film, tmp_path, KILLS, wanted))
    assert [row.lost for row in rows] == [[]] * len(KILLS)
    assert [row.stage for row in rows] == [
        *("ingest", "analyse", "identify", "clips", "clips", "reel", "report", "results")
    ]


def test_what_a_kill_leaves_in_the_persons_folder_goes_at_the_next_start(undisturbed, tmp_path):
    folder = shutil.copytree(undisturbed.data, tmp_path / "data")
    program = Program(undisturbed.film, folder, tmp_path / "elsewhere")
    job = program.job()
    with Store(folder) as store:
        store.set_out_dir(job, program.out)
        (clip, _) = store.clips(job)
    theirs = program.out / "clips" / "mine.mp4.part"
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"of another program")
    ended = program.run(
        *program.next_words(), fault=Fault(tmp_path / "events.txt", "kill", "rename reel.mp4.part")
    )
    assert ended.code == KILLED
    assert (program.out / "reel.mp4.part").exists()
    assert clip.path.exists(), "what was exported elsewhere before stays"
    # Whoever starts next, for whatever: nobody has to go on with the job.
    assert program.run("jobs").code == EXIT_DONE
    assert list(program.out.rglob("*.part")) == [theirs]


def test_a_disk_that_fills_up_is_said_and_the_job_goes_on_once_there_is_room(film, wanted, tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        if disk is None:
            pytest.skip("no file system may be mounted here")
        program = Program(film, disk / "data", disk / "out")
        events = (
            'sql INSERT INTO "job"',
            "growing proxy",
            "sql INSERT OR REPLACE INTO analysis_chunk",
            "growing .*shift.*mp4.part",
            "growing reel.mp4.part",
            "write report.pdf.part",
        )
        rows = list(fill_and_go_on(program, disk, events, wanted))
    assert [(row.stage, row.lost) for row in rows] == [
        *((stage, []) for stage in ("before the job", "ingest", "analyse", "clips", "reel", "report")),
        ("in the end", []),
    ]


def test_a_film_that_changes_or_goes_in_the_middle_spoils_nothing(film, wanted, tmp_path):
    own = Film(tmp_path / "game.mp4", film.setup)
    shutil.copyfile(film.video, own.video)
    other = tmp_path / "other.mp4"
    command = [str(locate().path), "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=10"]
    subprocess.run([*command, "-t", "16", "-pix_fmt", "yuv420p", str(other)], check=True, timeout=300)
    program = Program(own, tmp_path / "data", tmp_path / "out")
    faults = (
        ("cut", "message = 'Reading game.mp4'"),
        ("swap", "message = 'Looking for everybody"),
        ("remove", "SET stage = 'clips'"),
        ("cut", "growing .*shift.*mp4.part"),
    )
    rows = list(spoil_and_go_on(program, other, faults, wanted))
    assert [(row.stage, row.lost) for row in rows] == [
        *((stage, []) for stage in ("ingest", "analyse", "clips", "clips", "in the end")),
    ]
    said = [row.sentence for row in rows]
    assert "wait until the whole film is there" in said[0]
    assert "put the whole film back there" in said[1] and "put the whole film back there" in said[3]
    assert "relink JOB FILE" in said[2]
    assert f"{own.video} is now {tmp_path / 'moved.mp4'}" in said[4]


def test_a_drive_that_cannot_be_read_is_said_and_the_job_goes_on_with_a_copy(film, wanted, tmp_path):
    library = failing_reads(tmp_path)
    if library is None:
        pytest.skip("no C compiler, with which reads are made to fail")
    own = Film(tmp_path / "game.mp4", film.setup)
    shutil.copyfile(film.video, own.video)
    program = Program(own, tmp_path / "data", tmp_path / "out")
    events = (
        "message = 'Reading game.mp4'",
        "write proxy-",
        "message = 'Looking for the ice",
        "message = 'Looking for everybody",
        "write .*shift.*mp4.part",
    )
    rows = list(fail_reads_and_go_on(program, library, events, wanted))
    assert [(row.stage, row.lost) for row in rows] == [
        *((stage, []) for stage in ("ingest", "ingest", "analyse", "analyse", "clips", "in the end")),
    ]
