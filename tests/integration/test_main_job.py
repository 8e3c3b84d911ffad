"""The main job on a small sample game: from a video and clicks to clips, reel, report and results."""

import json
from pathlib import Path

import av
import pytest

from shiftclipper.cli import run_command_line
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.store import Store
from shiftclipper.media.ffmpeg import locate
from shiftclipper.sample import write_sample

SECONDS = 24
FPS = 15


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    return write_sample(
        folder / "game.mp4",
        seconds=SECONDS,
        seed=5,
        camera="fixed",
        ffmpeg=locate(),
        size=(960, 540),
        fps=FPS,
    )


@pytest.fixture(scope="module")
def setup_file(sample, tmp_path_factory):
    setup = json.loads(sample.setup.read_text())
    setup["analysis_width"] = 640
    setup["sample_rate"] = 5
    path = tmp_path_factory.mktemp("setup") / "setup.json"
    path.write_text(json.dumps(setup))
    return path


@pytest.fixture(scope="module")
def finished(sample, setup_file, tmp_path_factory):
    """A job that ran to its end: (data folder, out folder, results)."""
    folder = tmp_path_factory.mktemp("job")
    code = run_command_line(
        [
            "--data-dir",
            str(folder / "data"),
            "run",
            str(sample.video),
            "--setup",
            str(setup_file),
            "--out",
            str(folder / "out"),
        ]
    )
    assert code == 0
    return folder / "data", folder / "out", json.loads((folder / "out" / "results.json").read_text())


def shown_frames(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def test_every_shift_has_a_clip_of_its_length_with_the_rolls(finished):
    _, _, results = finished
    assert results["status"] == "done"
    assert results["shift_count"] >= 1
    for shift in results["shifts"]:
        start = max(0.0, shift["start"] - 2.0)
        end = min(float(SECONDS), shift["end"] + 2.0)
        assert abs(shown_frames(Path(shift["clip"])) - (end - start) * FPS) <= 1.5


def test_the_reel_is_as_long_as_its_clips_and_has_a_chapter_for_each(finished):
    _, _, results = finished
    frames = sum(shown_frames(Path(clip["path"])) for clip in results["clips"])
    assert shown_frames(Path(results["combined_path"])) == frames
    with av.open(results["combined_path"]) as container:
        assert len(container.chapters()) == len(results["clips"])


def test_the_manifest_names_every_file_with_its_size(finished):
    _, out, results = finished
    manifest = json.loads((out / "manifest.json").read_text())["artifacts"]
    assert {row["type"] for row in manifest} == {
        *("clip", "reel", "results", "shifts"),
        *("report", "report_pdf", "report_csv", "report_json"),
    }
    for row in manifest:
        assert Path(row["path"]).stat().st_size == row["bytes"]
        assert len(row["sha256"]) == 64
    assert len([row for row in manifest if row["type"] == "clip"]) == len(results["clips"])


def test_nothing_half_written_is_left(finished):
    data, out, _ = finished
    assert [path for path in (*out.rglob("*.part"), *data.rglob("*.part"))] == []


def test_a_second_run_of_a_finished_job_makes_nothing_anew(finished, capsys):
    data, out, results = finished
    before = {path: path.stat().st_mtime_ns for path in (*out.glob("clips/*"), out / "reel.mp4")}

    code = run_command_line(["--data-dir", str(data), "run", "--resume", results["job_id"], "--json"])

    assert code == 0
    again = json.loads(capsys.readouterr().out)
    assert again["shifts"] == results["shifts"]
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_deleted_clip_is_cut_again_and_no_other(finished):
    data, _out, results = finished
    first = Path(results["clips"][0]["path"])
    others = {clip["path"]: Path(clip["path"]).stat().st_mtime_ns for clip in results["clips"][1:]}
    frames = shown_frames(first)
    first.unlink()

    code = run_command_line(["--data-dir", str(data), "run", "--resume", results["job_id"]])

    assert code == 0
    assert shown_frames(first) == frames
    assert {path: Path(path).stat().st_mtime_ns for path in others} == others


def test_each_shift_can_be_explained_in_words(finished, capsys):
    data, _, results = finished
    arguments = ["run", "--resume", results["job_id"], "--stages", "identify", "--explain"]
    assert run_command_line(["--data-dir", str(data), *arguments]) == 0
    said = capsys.readouterr().out
    (player,) = results["players"]
    for shift in player["shifts"]:
        assert f"begins: {shift['start_reason']}, ends: {shift['end_reason']}" in said
        for term in shift["evidence"]["terms"]:
            assert term["text"] in said


def test_the_score_of_the_truth_against_itself_is_perfect(sample, tmp_path, capsys):
    truth = json.loads(sample.truth.read_text())
    target = next(player for player in truth["players"] if player["id"] == truth["target"])
    results = tmp_path / "results.json"
    results.write_text(json.dumps({"shifts": [{"start": a, "end": b} for a, b in target["shifts"]]}))

    assert run_command_line(["score", str(sample.truth), str(results), "--json"]) == 0

    figures = json.loads(capsys.readouterr().out)
    assert figures["f1_at_0.5"] == 1.0
    assert figures["toi_error"] == 0.0


def test_a_sample_says_which_files_it_wrote_and_what_they_are(tmp_path, capsys):
    assert run_command_line(["sample", str(tmp_path / "game.mp4"), "--seconds", "5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    names = [line.partition("  (")[0] for line in lines]
    assert names == [str(tmp_path / f"game.{ending}") for ending in ("mp4", "truth.json", "setup.json")]
    assert all(Path(name).is_file() for name in names)
    assert all(line.endswith(")") for line in lines)


def test_jobs_status_and_results_tell_the_same(finished, capsys):
    data, _, results = finished
    job = results["job_id"]
    run_command_line(["--data-dir", str(data), "jobs", "--json"])
    [row] = json.loads(capsys.readouterr().out)
    run_command_line(["--data-dir", str(data), "status", job[:9], "--json"])
    status = json.loads(capsys.readouterr().out)
    run_command_line(["--data-dir", str(data), "results", job, "--json"])
    shown = json.loads(capsys.readouterr().out)
    assert row == status
    assert row["status"] == shown["status"] == "done"
    assert shown["shifts"] == results["shifts"]


def test_two_files_of_one_game_lie_end_to_end(sample, setup_file, tmp_path):
    code = run_command_line(
        [
            "--data-dir",
            str(tmp_path / "data"),
            "run",
            str(sample.video),
            str(sample.video),
            "--setup",
            str(setup_file),
            "--out",
            str(tmp_path / "out"),
            "--stages",
            "ingest,analyse,identify",
        ]
    )

    assert code == 0
    with Store(tmp_path / "data", write=False) as store:
        [job] = store.jobs()
        assert job.status is JobStatus.DONE
        starts = [float(source.start) for source in store.sources(job.id)]
        assert starts == [0.0, pytest.approx(SECONDS)]
        later = [tracklet for tracklet in store.tracklets(job.id) if tracklet.start >= SECONDS]
        assert later


def test_analyse_writes_boxes_inside_the_picture(sample, tmp_path, capsys):
    out = tmp_path / "tracks.json"

    code = run_command_line(["analyse", str(sample.video), "--out", str(out), "--json"])

    assert code == 0
    figures = json.loads(capsys.readouterr().out)
    tracks = json.loads(out.read_text())
    assert figures["tracklets"] == len(tracks["tracklets"]) > 0
    assert len(tracks["detections"]) == figures["samples"] == SECONDS * 10
    assert all(
        x1 < x2 and y1 < y2 and x1 > -20 and y1 > -20 and x2 < 980 and y2 < 560
        for tracklet in tracks["tracklets"]
        for x1, y1, x2, y2 in tracklet["boxes"]
    )
