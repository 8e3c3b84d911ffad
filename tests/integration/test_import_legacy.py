"""Job folders of the old server become jobs here, once, and stay as they are."""

import hashlib
import json
import threading
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shiftclipper.cli import run_command_line
from shiftclipper.errors import UserError
from shiftclipper.jobs.cleanup import clear_job
from shiftclipper.jobs.legacy_jobs import import_folders, read_legacy
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.stages import all_stages
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.work import carry_out
from shiftclipper.media.ffmpeg import locate
from tests.media_corpus import Corpus

pytestmark = pytest.mark.xdist_group("media")

SETUP = {
    "player_number": "#17",
    "jersey_color": "#203524",
    "opponent_color": "#ffffff",
    "clicks": [{"t": 1.5, "x": 0.41, "y": 0.63}, {"t": 3.0, "x": 0.5, "y": 0.5}],
    "rink_polygon": [[0, 48], [320, 48], [320, 192]],
    "bench_polygons": [[[32, 0], [64, 0], [64, 48]]],
    "polygon_coords_normalized": False,
    "extend_sec": 2,
    "tracking_mode": "shift",
    "camera_mode": "tactical",
}
SHIFTS = [
    {"start": 1.0, "end": 2.0, "confidence": 0.83, "start_reason": "gate", "end_reason": "lost"},
    {"start": 2.5, "end": 3.75},
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


def old_job(folder, film=None, status="done", **changes):
    """Write a job as the old server left it, its paths those of a container that is gone."""
    folder.mkdir(parents=True)
    (folder / "clips").mkdir()
    server = f"/data/jobs/{folder.name}"
    if film is not None:
        (folder / "game.mp4").write_bytes(film)
    for number in (1, 2):
        (folder / "clips" / f"clip_{number:03}.mp4").write_bytes(b"clip %d" % number)
    (folder / "combined.mp4").write_bytes(b"reel")
    job = {
        "job_id": folder.name,
        "created_at": "2025-11-02T10:00:00+00:00",
        "video_path": f"{server}/game.mp4",
    }
    results = {
        **job,
        "status": status,
        "stage": "done",
        "progress": 100,
        "message": "",
        "error": None,
        "updated_at": 1762077600.5,
        "proxy_path": f"{server}/proxy.mp4",
        "setup": SETUP,
        "shifts": SHIFTS,
        "total_toi": 2.25,
        "shift_count": 2,
        "clips": [
            {"start": 0.0, "end": 2.2, "path": f"{server}/clips/clip_001.mp4"},
            {"start": 2.3, "end": 3.9, "path": f"{server}/clips/clip_002.mp4"},
        ],
        "combined_path": f"{server}/combined.mp4",
        **changes,
    }
    for name, value in (("job", job), ("setup", SETUP), ("results", results)):
        (folder / f"{name}.json").write_text(json.dumps(value))
    return folder


def fingerprints(folder):
    return {
        path.relative_to(folder): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in folder.rglob("*")
        if path.is_file()
    }


def imported(store, folder):
    return list(import_folders(store, folder))


def test_an_old_job_comes_with_clicks_regions_shifts_and_clips(corpus, tmp_path):
    folder = old_job(tmp_path / "old" / "3f2a", corpus.path("ntsc2997").read_bytes())
    with Store(tmp_path / "data") as store:
        [outcome] = imported(store, tmp_path / "old")
        assert outcome.is_new and outcome.sentence == "game: 2 shifts, 2 clips"
        found = store.results(outcome.job_id)
    assert found.job.status is JobStatus.DONE
    assert found.job.id.startswith("251102-")
    assert found.sources[0].path == folder / "game.mp4"
    [player] = found.setup.players
    assert (player.number, player.jersey_color) == ("17", "#203524")
    assert [(float(click.time), click.x, click.y) for click in player.clicks] == [
        (1.5, 0.41, 0.63),
        (3.0, 0.5, 0.5),
    ]
    # Drawn in pixels of a film of 320 by 192.
    assert found.setup.regions.rink == ((0.0, 0.25), (1.0, 0.25), (1.0, 1.0))
    assert found.setup.regions.bench == (((0.1, 0.0), (0.2, 0.0), (0.2, 0.25)),)
    assert [
        (float(one.start), float(one.end), one.confidence, one.origin, one.verdict) for one in found.shifts
    ] == [
        (1.0, 2.0, 0.83, "auto", "proposed"),
        (2.5, 3.75, 0.5, "auto", "proposed"),
    ]
    assert [(clip.path, clip.shift_id, clip.start) for clip in found.clips] == [
        (folder / "clips" / "clip_001.mp4", found.shifts[0].id, 0),
        (folder / "clips" / "clip_002.mp4", found.shifts[1].id, Fraction(23, 10)),
    ]
    assert found.clips[0].sha256 == hashlib.sha256(b"clip 1").hexdigest()
    assert [(one.type, one.path) for one in found.artifacts] == [("reel", folder / "combined.mp4")]


def test_importing_twice_makes_no_doubles_and_changes_nothing_in_the_folder(tmp_path):
    for name in ("a1", "b2"):
        old_job(tmp_path / "old" / name)
    before = fingerprints(tmp_path / "old")
    with Store(tmp_path / "data") as store:
        first = imported(store, tmp_path / "old")
        second = imported(store, tmp_path / "old")
        assert [one.is_new for one in first] == [True, True]
        assert [one.is_new for one in second] == [False, False]
        assert [one.job_id for one in first] == [one.job_id for one in second]
        assert "is here already" in second[0].sentence
        assert len(store.jobs()) == 2
        for one in first:
            clear_job(store, one.job_id)
        assert store.jobs() == []
    assert fingerprints(tmp_path / "old") == before


def test_running_an_imported_job_again_changes_nothing_in_its_folder(corpus, tmp_path):
    folder = old_job(tmp_path / "old" / "a1", corpus.path("ntsc2997").read_bytes())
    before = fingerprints(folder)
    with Store(tmp_path / "data") as store:
        [outcome] = imported(store, folder)
        store.change_settings(outcome.job_id, proxy=False, encoder="libx264")
        store.set_stages(outcome.job_id, ("ingest", "clips", "reel", "report"))
        store.queue(outcome.job_id)
        status = carry_out(store, store.claim(outcome.job_id), all_stages(locate()), threading.Event())
        found = store.results(outcome.job_id)
    assert status is JobStatus.DONE, found.job.error
    assert len(found.clips) == 2
    made = [clip.path for clip in found.clips] + [row.path for row in found.artifacts]
    assert all(path.is_file() and folder not in path.parents for path in made)
    assert fingerprints(folder) == before


def test_a_folder_of_one_job_may_be_named_itself(tmp_path):
    old_job(tmp_path / "one")
    with Store(tmp_path / "data") as store:
        assert len(imported(store, tmp_path / "one")) == 1


def test_an_import_that_was_cut_off_is_done_again(tmp_path):
    folder = old_job(tmp_path / "old" / "a1")
    with Store(tmp_path / "data") as store:
        old = read_legacy(folder)
        store.create_job([old.video], setup=old.setup, title=old.title, job_id=old.job_id)
        store.queue(old.job_id)
        store.claim(old.job_id)
    with Store(tmp_path / "data") as store:
        assert store.job(old.job_id).status is JobStatus.INTERRUPTED
        [outcome] = imported(store, tmp_path / "old")
        assert outcome.is_new
        assert len(store.shifts(old.job_id)) == 2 and store.job(old.job_id).status is JobStatus.DONE


@pytest.mark.parametrize(
    ("status", "changes", "becomes"),
    [
        ("completed", {}, JobStatus.DONE),
        ("failed", {"error": "ffmpeg\nended"}, JobStatus.FAILED),
        ("cancelled", {}, JobStatus.CANCELLED),
        ("queued", {"shifts": [], "clips": []}, JobStatus.DRAFT),
    ],
)
def test_the_status_is_that_of_the_old_job(tmp_path, status, changes, becomes):
    old_job(tmp_path / "old" / "a1", status=status, **changes)
    with Store(tmp_path / "data") as store:
        [outcome] = imported(store, tmp_path / "old")
        job = store.job(outcome.job_id)
        assert len(store.shifts(outcome.job_id)) == (0 if changes.get("shifts") == [] else 2)
    assert job.status is becomes
    if becomes is JobStatus.FAILED:
        assert job.error == "ffmpeg ended"


def test_players_of_their_own_shifts_are_all_taken(tmp_path):
    players = [
        {"name": "Sam", "number": "17", "shifts": [{"start": 1, "end": 2, "origin": "manual"}, [3, 4]]},
        {"name": "Ann", "number": 4, "shifts": [{"start": 5, "end": 6}]},
    ]
    old_job(tmp_path / "old" / "a1", players=players)
    with Store(tmp_path / "data") as store:
        [outcome] = imported(store, tmp_path / "old")
        found = store.results(outcome.job_id)
    assert [(one.name, one.number) for one in found.players] == [("", "17"), ("Ann", "4")]
    assert sorted((float(one.start), one.origin) for one in found.shifts) == [
        (1.0, "manual"),
        (3.0, "auto"),
        (5.0, "auto"),
    ]


DAMAGES = {
    "results cut off": ("results.json", '{"job_id": "a"', "results.json is damaged: it is not JSON"),
    "results are a list": ("results.json", "[]", "holds no object"),
    "setup is wrong": (
        "setup.json",
        '{"player_number": "17", "clicks": [{"t": -4, "x": 0, "y": 0}]}',
        "clicks",
    ),
    "not text": ("job.json", b"\xff\xfe\x00", "job.json is damaged"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_folder_is_one_sentence_and_the_rest_goes_on(tmp_path, capsys, damage):
    name, content, says = DAMAGES[damage]
    bad = old_job(tmp_path / "old" / "bad")
    (bad / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    old_job(tmp_path / "old" / "good")
    (tmp_path / "old" / "notes").mkdir()
    assert (
        run_command_line(["--data-dir", str(tmp_path / "data"), "import-legacy", str(tmp_path / "old")]) == 0
    )
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("bad was left out: ") and says in first
    assert "game: 2 shifts, 2 clips; its video game.mp4 is missing; its regions were drawn" in second


@pytest.mark.parametrize(
    "changes",
    [
        {"shifts": [{"start": 5, "end": 4}]},
        {"shifts": [{"start": float("nan"), "end": 4}]},
        {"shifts": [7]},
        {"shifts": {"start": 1}},
        {"clips": ["a.mp4"]},
        {"clips": [{"start": 1, "path": "a.mp4"}]},
        {"players": [{"shifts": "all"}]},
        {"status": 7},
        {"video_path": "///"},
    ],
)
def test_values_that_cannot_be_are_refused_before_anything_is_made(tmp_path, changes):
    old_job(tmp_path / "old" / "a1", **changes)
    with Store(tmp_path / "data") as store:
        [outcome] = imported(store, tmp_path / "old")
        assert outcome.job_id is None and outcome.sentence.startswith("a1 was left out: ")
        assert store.jobs() == []


def test_a_folder_without_jobs_says_what_to_name(tmp_path, capsys):
    command = ["--data-dir", str(tmp_path / "data"), "import-legacy"]
    assert run_command_line([*command, str(tmp_path)]) == 2
    assert "holds no job of the old server" in capsys.readouterr().err
    assert run_command_line([*command, str(tmp_path / "none")]) == 2
    assert "is no folder" in capsys.readouterr().err


def test_paths_of_the_old_job_lead_nowhere_else(tmp_path):
    """A path of a stranger is believed only where the file it names is there."""
    folder = old_job(tmp_path / "old" / "a1", video_path="C:\\jobs\\a1\\game.mp4", combined_path="../a\0b")
    old = read_legacy(folder)
    assert old.video == folder / "game.mp4" and old.reel is None


scalars = st.one_of(st.none(), st.booleans(), st.integers(-5, 10**20), st.floats(), st.text(max_size=20))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["start", "end", "path", "shifts", "name"]), inner, max_size=3),
    ),
    max_leaves=8,
)
NAMES = (
    "job_id",
    "status",
    "video_path",
    "setup",
    "players",
    "shifts",
    "clips",
    "combined_path",
    "created_at",
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), values, max_size=9))
def test_no_content_crashes_the_import(tmp_path, results):
    folder = tmp_path / "any"
    folder.mkdir(exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results))
    try:
        old = read_legacy(folder)
    except UserError as error:
        assert str(error)
        return
    assert old.job_id and old.status in ("finished", "failed", "cancelled", "draft")
