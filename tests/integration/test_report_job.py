"""A job's report, its results.json, and the way to other programs and back, on real films."""

import csv
import io
import json
import threading
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import opentimelineio
import pytest

from shiftclipper.cli import run_command_line
from shiftclipper.errors import UserError
from shiftclipper.export.interchange.formats import FORMATS
from shiftclipper.export.shifts_csv import ShiftRow as CsvRow
from shiftclipper.jobs.clip_plans import preview_names
from shiftclipper.jobs.exchange import edit_game, packet_indexes, take_shifts, write_for_programs
from shiftclipper.jobs.rows import NewShift
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.setup import PlayerSetup, Setup
from shiftclipper.jobs.stages import all_stages
from shiftclipper.jobs.stages.thumbnails import moments_of, thumbnails_of
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import carry_out
from shiftclipper.media.ffmpeg import locate
from tests.laid_rows import judge
from tests.media_corpus import Corpus

pytestmark = pytest.mark.xdist_group("media")

PLAYERS = (PlayerSetup("Sam", "17", "#203524"), PlayerSetup("Ann & <Bo>", "4"))
SHIFTS = ((Fraction(1, 2), Fraction(2)), (Fraction(5, 2), Fraction(7, 2)))
PERIODS = ((Fraction(0), Fraction(2)), (Fraction(2), Fraction(4)))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


def settings(**changes):
    return Settings().changed(
        {"proxy": False, "pre_roll": 0.25, "post_roll": 0.25, "encoder": "libx264", **changes}
    )


def run(store, job_id):
    store.start(job_id)
    assert carry_out(store, store.claim(job_id), all_stages(locate()), threading.Event()) == "done", (
        store.job(job_id)
    )


def make_job(store, corpus, kinds=("ntsc2997",), stages=("ingest", "report"), **changes):
    setup = Setup(settings(**changes), PLAYERS, periods=PERIODS)
    job_id = store.create_job(
        [corpus.path(kind) for kind in kinds],
        setup=setup,
        title="Sat vs HC: 1/2",
        stages=stages,
        out_dir=store.data_dir / "out",
    )
    sam, ann = store.players(job_id)
    store.queue(job_id)
    claimed = store.claim(job_id)
    claimed.replace_shifts(
        sam.id,
        [
            NewShift(*span, 0.91, "gate", "gate", ({"text": "your click", "log_odds": 4.0},))
            for span in SHIFTS
        ],
    )
    claimed.replace_shifts(ann.id, [NewShift(Fraction(1), Fraction(3), 0.4, "gate", "lost")])
    claimed.finish()
    return job_id


@pytest.fixture(scope="module")
def finished(corpus, tmp_path_factory):
    """A job with clips, reel, report and files for all other programs: (data folder, out folder, id)."""
    data = tmp_path_factory.mktemp("report-job")
    with Store(data) as store:
        job_id = make_job(
            store, corpus, stages=("ingest", "clips", "reel", "report"), files=",".join(FORMATS)
        )
        run(store, job_id)
    return data, data / "out", job_id


# results.json, as the contract has it

NUMBER = (int, float)
RESULTS = {
    "job_id": str,
    "status": str,
    "stage": str,
    "progress": NUMBER,
    "message": str,
    "error": (str, type(None)),
    "updated_at": str,
    "video_path": str,
    "proxy_path": (str, type(None)),
    "proxy_ready": bool,
    "setup": dict,
    "players": list,
    "shifts": list,
    "total_toi": NUMBER,
    "shift_count": int,
    "clips": list,
    "combined_path": str,
    "artifacts": list,
    "perf": dict,
}
PLAYER = {"name": str, "number": str, "total_toi": NUMBER, "shift_count": int, "shifts": list}
SHIFT = {
    "start": NUMBER,
    "end": NUMBER,
    "duration": NUMBER,
    "confidence": NUMBER,
    "start_reason": str,
    "end_reason": str,
    "evidence": dict,
    "clip": (str, type(None)),
}
CLIP = {"start": NUMBER, "end": NUMBER, "path": str, "mode": str, "encoder": str}
ARTIFACT = {"type": str, "path": str, "bytes": int, "sha256": str}


def assert_has(value, fields):
    for name, kind in fields.items():
        assert name in value, name
        assert isinstance(value[name], kind), (name, value[name])


def test_results_json_has_every_field_of_the_contract_with_its_kind(finished):
    _, out, job_id = finished
    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert_has(results, RESULTS)
    assert (results["job_id"], results["status"], results["progress"]) == (job_id, "done", 1.0)
    assert datetime.fromisoformat(results["updated_at"]).tzinfo is not None
    for player in results["players"]:
        assert_has(player, PLAYER)
        for shift in player["shifts"]:
            assert_has(shift, SHIFT)
            assert shift["duration"] == pytest.approx(shift["end"] - shift["start"], abs=1e-6)
        assert player["shift_count"] == len(player["shifts"])
        assert player["total_toi"] == pytest.approx(sum(shift["duration"] for shift in player["shifts"]))
    first = results["players"][0]
    assert [results[name] for name in ("shifts", "total_toi", "shift_count")] == [
        first[name] for name in ("shifts", "total_toi", "shift_count")
    ]
    # Without pre- and post-roll: those belong to the clips.
    assert [(shift["start"], shift["end"]) for shift in first["shifts"]] == [(0.5, 2.0), (2.5, 3.5)]
    assert [type(one) for one in (results["clips"], results["artifacts"])] == [list, list]
    for clip in results["clips"]:
        assert_has(clip, CLIP)
        assert Path(clip["path"]).is_file()
    assert {clip["path"] for clip in results["clips"]} == {
        shift["clip"] for player in results["players"] for shift in player["shifts"]
    }
    for artifact in results["artifacts"]:
        assert_has(artifact, ARTIFACT)
        assert Path(artifact["path"]).stat().st_size == artifact["bytes"]
    assert Path(results["combined_path"]).is_file()
    assert set(results["perf"]) == {"ingest", "clips", "reel", "report"}
    assert all(isinstance(measures["seconds"], NUMBER) for measures in results["perf"].values())


# The report


def test_the_report_is_written_in_every_form_with_pictures(finished):
    _, out, _ = finished
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count("data:image/jpeg;base64,") == 3
    assert "Ann &amp; &lt;Bo&gt; #4" in page and "<Bo>" not in page
    assert "Line-up" in page and 'href="reel.mp4"' in page
    data = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert [player["total_toi"] for player in data["players"]] == [2.5, 2.0]
    assert data["together"] == [{"players": [0, 1], "seconds": 1.5}]
    assert data["players"][0]["toi_by_period"] == [1.5, 1.0]
    rows = list(csv.DictReader(io.StringIO((out / "report.csv").read_text(encoding="utf-8"))))
    assert [row["length"] for row in rows] == ["1.500", "1.000", "2.000"]
    assert all((out / row["clip"]).is_file() for row in rows)
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")


def test_everything_that_was_written_is_in_the_manifest(finished):
    _, out, _ = finished
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["artifacts"]
    listed = {Path(row["path"]) for row in manifest}
    there = {path for path in out.rglob("*") if path.is_file()}
    assert there - listed == {out / "manifest.json"}
    assert listed <= there
    kinds = {row["type"] for row in manifest}
    assert kinds == {
        *("clip", "reel", "report", "report_pdf", "report_csv", "report_json", "shifts", "results"),
        *FORMATS,
    }


def test_a_report_of_a_film_that_is_gone_shows_pictures_of_the_clips(corpus, tmp_path):
    with Store(tmp_path / "data") as store:
        job_id = make_job(store, corpus, stages=("ingest", "clips"))
        run(store, job_id)
        found = store.results(job_id)
        gone = replace(found, sources=[replace(found.sources[0], path=tmp_path / "gone.mp4")])
        assert len(thumbnails_of(gone, moments_of(gone, {}))) == 3
        bare = replace(gone, clips=[])
        assert thumbnails_of(bare, moments_of(bare, {})) == {}


def test_the_report_is_written_again_only_when_something_in_it_changed(corpus, tmp_path):
    with Store(tmp_path) as store:
        job_id = make_job(store, corpus)
        run(store, job_id)
        page = tmp_path / "out" / "report.html"
        before = page.stat().st_mtime_ns
        run(store, job_id)
        assert page.stat().st_mtime_ns == before
        judge(store, store.shifts(job_id)[0].id, "rejected")
        run(store, job_id)
        assert "1 rejected by hand" in page.read_text(encoding="utf-8")
        assert {row.type for row in store.artifacts(job_id)}.isdisjoint(FORMATS)
        store.change_settings(job_id, files="otio,edl")
        run(store, job_id)
        assert {"otio", "edl"} <= {row.type for row in store.artifacts(job_id)}
        store.change_settings(job_id, files="otio")
        run(store, job_id)
        assert {row.type for row in store.artifacts(job_id)} & set(FORMATS) == {"otio"}


# To other programs and back


def test_otio_of_a_real_film_holds_the_frames_that_its_clips_hold(finished, corpus):
    _, out, _ = finished
    [path] = (out / "files").glob("*Sam 17.otio")
    timeline = opentimelineio.adapters.read_from_file(str(path))
    found = []
    for clip in timeline.video_tracks()[0]:
        assert clip.source_range.start_time.rate == pytest.approx(30000 / 1001)
        first = int(clip.source_range.start_time.value)
        found.append((first, first + int(clip.source_range.duration.value)))
    frames = corpus.frames("ntsc2997")
    for (first, last), (start, end) in zip(found, SHIFTS, strict=True):
        inside = [
            number
            for number, (time, _) in enumerate(frames)
            if start - Fraction(1, 4) <= time < end + Fraction(1, 4)
        ]
        assert (first, last) == (inside[0], inside[-1] + 1)


def test_a_film_with_a_variable_rate_is_cut_within_a_grid_frame(corpus, tmp_path):
    with Store(tmp_path) as store:
        job_id = make_job(store, corpus, kinds=("vfr", "vfr_mkv"))
        run(store, job_id)
        found = store.results(job_id)
        game = edit_game(found, packet_indexes(store, found.sources))
    assert all(media.variable for media in game.media)
    shift = game.players[0].shifts[0]
    first, last = game.media[0].span(shift.clip_start, shift.clip_end)
    rate = game.media[0].rate
    assert 0 <= first / rate - shift.clip_start < 1 / rate
    assert 0 <= last / rate - shift.clip_end < 1 / rate


def test_mot_text_counts_the_frames_of_its_film(finished, tmp_path):
    data, _, job_id = finished
    with Store(data, write=False) as store:
        [written] = write_for_programs(store, job_id, ["mot"], tmp_path)
    assert written.path.name == "ntsc2997 mot.txt"
    # Nobody looked at this film.
    assert written.path.read_text() == ""


def test_export_command_writes_what_is_asked_for(finished, tmp_path, capsys):
    data, _, job_id = finished
    command = ["--data-dir", str(data), "export", job_id, "--format", "edl,chapters", "--format", "otio"]
    assert run_command_line([*command, "--out", str(tmp_path / "new"), "--json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert [one["format"] for one in written] == ["otio", "otio", "edl", "edl", "chapters", "chapters"]
    assert {Path(one["path"]) for one in written} == set((tmp_path / "new").iterdir())
    assert run_command_line([*command[:-2], "--format", "avi", "--out", str(tmp_path)]) == 2
    assert "There is no format “avi”" in capsys.readouterr().err


def test_export_before_the_film_was_read_says_what_to_do(corpus, tmp_path):
    with Store(tmp_path) as store:
        job_id = make_job(store, corpus)
        with pytest.raises(UserError, match="was not read yet; run the job first"):
            write_for_programs(store, job_id, ["otio"], tmp_path / "files")
    assert not (tmp_path / "files").exists()


def test_shifts_csv_goes_out_is_changed_and_comes_back(finished, corpus, tmp_path, capsys):
    with Store(tmp_path) as store:
        job_id = make_job(store, corpus)
        run(store, job_id)
    table = tmp_path / "out" / "shifts.csv"
    command = ["--data-dir", str(tmp_path), "import-shifts", job_id, str(table), "--json"]
    assert run_command_line(command) == 0
    assert json.loads(capsys.readouterr().out) | {"job_id": ""} == {
        "job_id": "",
        "added": 0,
        "moved": 0,
        "unchanged": 3,
    }
    text = table.read_text(encoding="utf-8").replace("0:02.500,0:03.500", "0:02.600,0:03.500")
    table.write_text(text + "0:03.700,0:03.900,late,Sam\n", encoding="utf-8")
    assert run_command_line(command) == 0
    taken = json.loads(capsys.readouterr().out)
    assert (taken["added"], taken["moved"], taken["unchanged"]) == (1, 1, 2)
    with Store(tmp_path) as store:
        sam = store.players(job_id)[0]
        shifts = sorted(store.shifts(job_id, sam.id), key=lambda shift: shift.start)
    assert [(float(one.start), float(one.end), one.origin) for one in shifts] == [
        (0.5, 2.0, "auto"),
        (2.6, 3.5, "manual"),
        (3.7, 3.9, "manual"),
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (CsvRow(Fraction(1), Fraction(2), "", "Nobody"), "names the player “Nobody”.*Sam 17, Ann"),
        (CsvRow(Fraction(1), Fraction(2)), "names no player"),
        (CsvRow(Fraction(1), Fraction(20), "", "17"), "the film is 5.005 s long"),
    ],
)
def test_a_table_that_does_not_fit_the_job_changes_nothing(finished, row, says):
    data, _, job_id = finished
    with Store(data) as store:
        before = store.shifts(job_id)
        with pytest.raises(UserError, match=says):
            take_shifts(store, job_id, [CsvRow(Fraction(1, 8), Fraction(1, 4), "", "Sam"), row])
        assert store.shifts(job_id) == before


# Names


def test_names_are_previewed_for_the_shifts_of_the_job(finished):
    data, _, job_id = finished
    with Store(data, write=False) as store:
        found = store.results(job_id)
    assert preview_names(found, "{game} {number} {period} {shift} {start}") == [
        "Sat vs HC- 1-2 17 period 1 shift 01 0.00.mp4",
        "Sat vs HC- 1-2 17 period 2 shift 02 0.02.mp4",
        "Sat vs HC- 1-2 4 period 1 shift 01 0.01.mp4",
    ]
    [name, *_] = preview_names(found, "{date}")
    datetime.strptime(name, "%Y-%m-%d.mp4")
    with pytest.raises(UserError, match=r"\{who\}"):
        preview_names(found, "{who}")
    with pytest.raises(UserError, match=r"\{who\}"):
        settings(clip_names="{who}")
