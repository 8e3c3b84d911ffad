"""Films that were moved are known again by what is in them, and nothing is done a second time."""

import sqlite3
import subprocess
import threading

import pytest
import sqlite_utils

from shiftclipper.cli import run_command_line
from shiftclipper.errors import EXIT_DONE, EXIT_USAGE, StageFailed, UserError
from shiftclipper.jobs import schema
from shiftclipper.jobs.relink import FoundAgain, find_again, find_again_anywhere, lost_sources
from shiftclipper.jobs.rows import JobStatus, StageStatus
from shiftclipper.jobs.stages import all_stages
from shiftclipper.jobs.store import DATABASE_NAME, Store
from shiftclipper.jobs.work import carry_out
from shiftclipper.media.content import content_mark
from shiftclipper.media.drives import DriveFailed
from shiftclipper.media.ffmpeg import locate
from tests.stub_stages import Stub


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """Two films of the same size in bytes and different pictures, and a third."""
    folder = tmp_path_factory.mktemp("films")
    made = []
    for name, source in (("one", "testsrc"), ("two", "testsrc2"), ("three", "mandelbrot")):
        path = folder / f"{name}.mp4"
        command = [locate().path, "-v", "error", "-f", "lavfi", "-i", f"{source}=size=160x96:rate=25"]
        subprocess.run(
            [*map(str, command), "-t", "2", "-pix_fmt", "yuv420p", str(path)], check=True, timeout=60
        )
        made.append(path.read_bytes())
    longest = max(map(len, made))
    return [content.ljust(longest, b"\0") for content in made]


@pytest.fixture
def job(tmp_path, films):
    """A data folder with a job of two films that were read."""
    old = tmp_path / "camera"
    old.mkdir()
    paths = [old / "part 1.mp4", old / "part 2.mp4"]
    for path, content in zip(paths, films, strict=False):
        path.write_bytes(content)
    with Store(tmp_path / "data") as store:
        job_id = store.create_job(paths, stages=["ingest"])
        store.queue(job_id)
        ingest(store, job_id)
        assert store.job(job_id).status is JobStatus.DONE
    return job_id, paths


def ingest(store, job_id):
    run = store.claim(job_id)
    carry_out(store, run, all_stages(locate()), threading.Event())


def fail(store, job_id, error):
    """Let a job fail in a stage with this error."""

    def work(_context):
        raise error

    store.start(job_id)
    carry_out(store, store.claim(job_id), [Stub("ingest", work)], threading.Event())
    assert store.job(job_id).status is JobStatus.FAILED


def test_the_mark_of_a_film_is_of_what_is_in_it(tmp_path, films):
    first, second, same = (tmp_path / name for name in ("a.mp4", "b.mp4", "c.mp4"))
    first.write_bytes(films[0])
    second.write_bytes(films[1])
    same.write_bytes(films[0])
    assert content_mark(first) == content_mark(same) != content_mark(second)
    for change in (films[0][:-1], films[0] + b"\0", films[0][:-5] + b"chang", b"", b"\xff" + films[0][1:]):
        same.write_bytes(change)
        assert content_mark(same) != content_mark(first)
    with pytest.raises(StageFailed, match="drop it on the window"):
        content_mark(tmp_path / "gone.mp4")


def test_a_moved_film_is_found_in_a_folder_and_nothing_is_read_again(tmp_path, job):
    job_id, paths = job
    new = tmp_path / "archive" / "2026"
    new.mkdir(parents=True)
    moved = [path.rename(new / f"renamed {path.name}") for path in reversed(paths)]
    with Store(tmp_path / "data") as store:
        before = store.stages(job_id)[0]
        assert [row.path for row in lost_sources(store, job_id)] == paths
        found = find_again(store, job_id, [tmp_path / "archive"])
        assert {(one.before, one.now) for one in found} == set(zip(reversed(paths), moved, strict=True))
        assert list(store.job(job_id).source_paths) == moved[::-1]
        store.queue(job_id)
        ingest(store, job_id)
        after = store.stages(job_id)[0]
        assert after.status is StageStatus.DONE
        assert after.finished_at == before.finished_at, "the stage ran again"


def test_another_film_of_the_same_name_and_size_is_not_taken(tmp_path, job, films):
    job_id, paths = job
    for path in paths:
        path.unlink()
    other = tmp_path / "other"
    other.mkdir()
    (other / paths[0].name).write_bytes(films[2])
    with Store(tmp_path / "data") as store:
        assert find_again(store, job_id, [other]) == []
        assert list(store.job(job_id).source_paths) == paths


def test_a_dropped_film_is_given_to_the_job_that_lost_it(tmp_path, job, films):
    job_id, paths = job
    moved = paths[1].rename(tmp_path / "elsewhere.mp4")
    stranger = tmp_path / "new game.mp4"
    stranger.write_bytes(films[2])
    with Store(tmp_path / "data") as store:
        assert find_again_anywhere(store, [stranger, moved]) == [FoundAgain(job_id, paths[1], moved)]
        assert find_again_anywhere(store, [stranger, moved]) == []


def test_the_command_says_what_was_found_and_what_is_missing(tmp_path, job, capsys):
    job_id, paths = job
    data = ["--data-dir", str(tmp_path / "data")]
    assert run_command_line([*data, "relink", job_id, str(tmp_path)]) == EXIT_DONE
    assert "are where they were" in capsys.readouterr().out
    moved = paths[0].rename(tmp_path / "here.mp4")
    paths[1].unlink()
    assert run_command_line([*data, "relink", job_id, str(moved)]) == EXIT_DONE
    said = capsys.readouterr().out.splitlines()
    assert said == [f"{paths[0]} is now {moved}", f"{paths[1]} is still missing"]
    assert run_command_line([*data, "relink", job_id, str(moved)]) == EXIT_USAGE
    assert "name the same film" in capsys.readouterr().err


def test_a_copy_takes_the_place_of_a_film_that_is_there_but_cannot_be_read(tmp_path, job, films):
    job_id, paths = job
    copy, stranger = tmp_path / "copy.mp4", tmp_path / "new game.mp4"
    copy.write_bytes(films[1])
    stranger.write_bytes(films[2])
    with Store(tmp_path / "data") as store:
        assert find_again_anywhere(store, [copy]) == [], "a copy of a film that can be read is another game"
        fail(store, job_id, UserError(f"There is no room for a proxy of {paths[1]}; free some."))
        assert find_again_anywhere(store, [copy]) == [], "a sentence that names the film is no failing drive"
        fail(store, job_id, DriveFailed(paths[1], 1.5))
        assert [row.path for row in lost_sources(store, job_id)] == [paths[1]]
        assert find_again_anywhere(store, [stranger, *paths]) == []
        assert find_again_anywhere(store, [stranger, copy]) == [FoundAgain(job_id, paths[1], copy)]
        assert list(store.job(job_id).source_paths) == [paths[0], copy]
        assert lost_sources(store, job_id) == []


def test_a_film_that_is_read_after_all_is_not_lost_any_more(tmp_path, job):
    job_id, paths = job
    with Store(tmp_path / "data") as store:
        fail(store, job_id, DriveFailed(paths[0]))
        assert len(lost_sources(store, job_id)) == 1
        store.start(job_id)
        ingest(store, job_id)
        assert lost_sources(store, job_id) == []


def test_a_database_that_had_only_the_sentence_knows_the_film_from_it(tmp_path):
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / DATABASE_NAME
    films = [tmp_path / name for name in ("a.mp4", "b.mp4")]
    for film in films:
        film.touch()
    connection = sqlite3.connect(path, isolation_level=None)
    schema.migrate(sqlite_utils.Database(connection, execute_plugins=False), path, schema.migrations()[:5])
    told = (("bad", "failed", str(DriveFailed(films[1]))), ("full", "failed", "No room."))
    for job_id, status, error in (*told, ("well", "done", str(films[0]))):
        connection.execute(
            "INSERT INTO job (id, title, status, settings, out_dir, created_at, updated_at) "
            "VALUES (?, 'Cup', 'draft', '{}', '/out', 1, 1)",
            [job_id],
        )
        connection.execute("INSERT INTO stage (job_id, name, position) VALUES (?, 'ingest', 0)", [job_id])
        for position, film in enumerate(films):
            connection.execute(
                "INSERT INTO source (job_id, position, path) VALUES (?, ?, ?)", [job_id, position, str(film)]
            )
        connection.execute("UPDATE job SET status = 'queued', queue_order = 1 WHERE id = ?", [job_id])
        connection.execute(
            "UPDATE job SET status = 'running', queue_order = NULL, run_token = 'x' WHERE id = ?", [job_id]
        )
        connection.execute(
            "UPDATE job SET status = ?, run_token = NULL, error = ? WHERE id = ?", [status, error, job_id]
        )
    connection.close()
    with Store(tmp_path / "data") as store:
        lost = {job.id: [row.path for row in lost_sources(store, job.id)] for job in store.jobs()}
        assert lost == {"bad": [films[1]], "full": [], "well": []}
        assert store.check() == []
