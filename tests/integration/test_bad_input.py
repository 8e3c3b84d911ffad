"""Bad input gets one sentence that says what to do, the right exit code, and leaves nothing behind."""

import json
import os
import shlex
import signal
import subprocess
import sys

import pytest

from shiftclipper.cli import run_command_line
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate

CLICK = {"t": 0.5, "x": 0.5, "y": 0.5}


@pytest.fixture(scope="module")
def video(tmp_path_factory):
    """Two seconds of a test picture, in a folder whose name needs care."""
    path = tmp_path_factory.mktemp('it\'s a "game" né') / "-half time ü.mp4"
    locate().run(["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=2", "-c:v", "libx264", "-y", str(path)])
    return path


def setup_of(folder, **changes):
    path = folder / "setup.json"
    path.write_text(json.dumps({"players": [{"name": "Sam", "clicks": [CLICK]}]} | changes))
    return path


def refused(capsys, folder, arguments, code=2):
    """Run, and return the one sentence; nothing may be left."""
    data = folder / "data"
    found = run_command_line(["--data-dir", str(data), *arguments])
    said = capsys.readouterr()
    assert found == code
    assert said.out == ""
    assert "Traceback" not in said.err
    lines = [line for line in said.err.splitlines() if line]
    assert len(lines) == 1, said.err
    assert lines[0].endswith(".")
    assert not list(folder.rglob("*.part"))
    if data.exists():
        with Store(data, write=False) as store:
            assert store.jobs() == []
    return lines[0]


def run_on(capsys, folder, video, setup, **options):
    return refused(
        capsys, folder, ["run", str(video), "--setup", str(setup), "--out", str(folder / "out")], **options
    )


@pytest.mark.parametrize("kind", ["text", "empty", "no moov", "audio only", "playlist", "missing", "folder"])
def test_what_is_no_video_is_refused(kind, video, tmp_path, capsys):
    path = tmp_path / "game.mp4"
    if kind == "text":
        path.write_text("no film")
    elif kind == "empty":
        path.touch()
    elif kind == "no moov":
        path.write_bytes(video.read_bytes()[:20_000])
    elif kind == "audio only":
        locate().run(["-f", "lavfi", "-i", "sine=d=1", "-f", "mp4", "-y", str(path)])
    elif kind == "playlist":
        path.write_text("#EXTM3U\n#EXTINF:1,\n/etc/passwd\n")
    elif kind == "folder":
        path.mkdir()
    sentence = run_on(capsys, tmp_path, path, setup_of(tmp_path))
    assert "game.mp4" in sentence
    assert "root:" not in sentence


def test_a_name_of_300_characters_is_refused_with_a_sentence(tmp_path, capsys):
    sentence = run_on(capsys, tmp_path, tmp_path / ("g" * 296 + ".mp4"), setup_of(tmp_path))
    assert "too long" in sentence


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"pre_roll": "two"}, "pre_roll"),
        ({"preset": "drone"}, "preset"),
        ({"sharpen": True}, "sharpen"),
        ({"players": [{"clicks": [{"t": 99, "x": 0.5, "y": 0.5}]}]}, "99 s"),
        ({"players": [{"clicks": [{"t": 1, "x": 1.5, "y": 0.5}]}]}, "1.5"),
        ({"players": [{"clicks": [CLICK], "not": [CLICK]}]}, "contradict"),
        ({"players": [{"clicks": [CLICK], "off_ice": [{"t": 0.5}]}]}, "contradict"),
        ({"players": "Sam"}, "players"),
    ],
)
def test_a_wrong_setup_is_named(changes, says, video, tmp_path, capsys):
    sentence = run_on(capsys, tmp_path, video, setup_of(tmp_path, **changes))
    assert says in sentence


def test_a_setup_that_is_no_json_is_refused(video, tmp_path, capsys):
    path = tmp_path / "setup.json"
    path.write_text("{players")
    assert "setup.json" in run_on(capsys, tmp_path, video, path)


@pytest.mark.skipif(os.name != "posix", reason="a folder that nobody may write is made with Unix means")
def test_a_folder_that_cannot_be_written_is_refused(video, tmp_path, capsys):
    where = "/proc/shiftclipper"
    sentence = refused(
        capsys, tmp_path, ["run", str(video), "--setup", str(setup_of(tmp_path)), "--out", where]
    )
    assert where in sentence


def test_an_out_folder_that_is_a_file_is_refused(video, tmp_path, capsys):
    (tmp_path / "out").touch()
    assert "not a folder" in run_on(capsys, tmp_path, video, setup_of(tmp_path))


def test_an_unknown_stage_is_refused(video, tmp_path, capsys):
    sentence = refused(
        capsys,
        tmp_path,
        ["run", str(video), "--setup", str(setup_of(tmp_path)), "--out", str(tmp_path), "--stages", "cut"],
    )
    assert "ingest, analyse" in sentence


def test_a_second_program_on_one_data_folder_is_refused(video, tmp_path, capsys):
    with Store(tmp_path / "data"):
        code = run_command_line(
            [
                "--data-dir",
                str(tmp_path / "data"),
                "run",
                str(video),
                "--setup",
                str(setup_of(tmp_path)),
                "--out",
                str(tmp_path / "out"),
            ]
        )
    assert code == 4
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_an_unknown_job_is_refused(tmp_path, capsys):
    assert "no job" in refused(capsys, tmp_path, ["status", "nothing"])


def test_a_wrong_line_of_a_shift_list_is_named(video, tmp_path, capsys):
    table = tmp_path / "shifts.csv"
    table.write_text("start,end\n0,1\nlater,2\n")
    sentence = refused(
        capsys, tmp_path, ["cut", str(video), "--shifts", str(table), "--out", str(tmp_path / "out")]
    )
    assert "line 3" in sentence
    assert not (tmp_path / "out").exists()


def test_a_file_whose_name_needs_care_is_cut(video, tmp_path, capsys):
    table = tmp_path / "shifts.csv"
    table.write_text('start,end,label\n0.4,1.2,..\\first: "try"\n')
    code = run_command_line(
        ["cut", str(video), "--shifts", str(table), "--out", str(tmp_path / "o ut"), "--json"]
    )
    assert code == 0
    [clip] = json.loads(capsys.readouterr().out)["clips"]
    assert clip["frames"] == 20


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--stages", "clips"], "needs identify before it"),
        (["--stages", "ingest,identify"], "needs analyse before it"),
    ],
)
def test_a_stage_without_what_it_needs_is_refused_before_anything_is_made(
    arguments, says, video, tmp_path, capsys
):
    setup = tmp_path / "setup.json"
    setup.write_text('{"players": [{"name": "Sam", "clicks": [{"t": 0.5, "x": 0.5, "y": 0.5}]}]}')
    data = ["--data-dir", str(tmp_path / "data")]
    wanted = ["run", str(video), "--setup", str(setup), "--out", str(tmp_path / "out"), *arguments]
    assert run_command_line([*data, *wanted]) == 2
    assert says in capsys.readouterr().err
    assert run_command_line([*data, "run", "--resume", "1", "--out", str(tmp_path)]) == 2
    assert "leave them out" in capsys.readouterr().err
    run_command_line([*data, "jobs", "--json"])
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("arguments", "wanted", "told_by"),
    [
        (["run"], "Name the game's video files", ""),
        (["run", "a.mp4"], "--setup", ""),
        (["run", "a.mp4", "--setup", "s.json"], "--out", ""),
        (["cut"], "VIDEO", "shiftclipper cut --help"),
        (["status"], "JOB", "shiftclipper status --help"),
        (["jobs", "--bogus"], "--bogus", "shiftclipper jobs --help"),
        (["sample", "a.mp4", "--camera", "drone"], "drone", "shiftclipper sample --help"),
        (["cleanup", "--days", "x"], "--days", "shiftclipper cleanup --help"),
        (["export", "J", "--format"], "--format", "shiftclipper --help"),
    ],
)
def test_a_command_that_is_wrong_is_told_on_one_line_with_what_to_do(capsys, arguments, wanted, told_by):
    assert run_command_line(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    [line] = err.splitlines()
    assert wanted in line
    assert line.endswith(told_by or ".")


def test_where_there_is_no_backup_that_is_said(tmp_path, capsys):
    assert run_command_line(["--data-dir", str(tmp_path / "data"), "restore-backup", "--list"]) == 0
    assert capsys.readouterr().out.startswith("No backups yet in ")


@pytest.mark.skipif(sys.platform == "win32", reason="a signal to one process alone")
def test_ctrl_c_says_on_one_line_how_to_go_on_and_that_works(tmp_path, capsys):
    film, data = tmp_path / "game.mp4", str(tmp_path / "its data")
    source = ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=30:d=40"]
    locate().run([*source, "-c:v", "libx264", "-preset", "ultrafast", "-y", str(film)])
    setup = tmp_path / "setup.json"
    setup.write_text(json.dumps({"players": [{"name": "Sam"}]}))
    command = ["--data-dir", data, "run", str(film), "--setup", str(setup), "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        [sys.executable, "-m", "shiftclipper", *command, "--stages", "ingest"],
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stderr is not None
        for line in program.stderr:
            if line.startswith("ingest"):
                break
        program.send_signal(signal.SIGINT)
        [line] = [line for line in program.stderr.read().splitlines() if not line.startswith("ingest")]
    assert program.returncode == 3
    assert line.startswith("Stopped; what is finished is kept. Go on with: shiftclipper ")
    assert run_command_line(shlex.split(line.partition("Go on with: shiftclipper ")[2])) == 0
