"""The store on a real database file: what it keeps, what it refuses, and what survives."""

import itertools
import random
import sqlite3
import threading
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from shiftclipper.errors import DiskFull, UserError
from shiftclipper.jobs import schema
from shiftclipper.jobs.database import Database
from shiftclipper.jobs.rows import (
    ALL_STAGES,
    CLOSING_STAGE,
    ArtifactRow,
    ClipRow,
    JobStatus,
    NewShift,
    StageStatus,
    StopReason,
)
from shiftclipper.jobs.schema import SchemaDamaged, TableName
from shiftclipper.jobs.settings import Settings, load_preset
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Regions, RosterEntry, Setup
from shiftclipper.jobs.store import DATABASE_NAME, Store
from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, ROLES, Ending, NumberReading, Tracklet

SAM = PlayerSetup("Sam", "17", "#203524", (Click(Fraction("12.4"), ClickKind.IS, 0.41, 0.63),))
ALI = PlayerSetup("Ali", "9", None, (Click(Fraction(95), ClickKind.OFF_ICE),))
TRIANGLE = ((0.0, 0.0), (1.0, 0.0), (0.5, 1.0))


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data") as opened:
        yield opened


def draft(store, setup=None, files=("game.mp4",)):
    return store.create_job([Path(name) for name in files], setup=setup)


def running(store, setup=None, files=("game.mp4",)):
    store.queue(draft(store, setup, files))
    return store.claim()


def raw(store, sql, *arguments):
    connection = sqlite3.connect(store.data_dir / DATABASE_NAME, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    try:
        return connection.execute(sql, arguments).fetchall()
    finally:
        connection.close()


# Jobs


def test_a_job_is_born_a_draft_with_everything_it_was_given(store, tmp_path):
    setup = Setup(
        settings=load_preset("phone").settings.changed({"pre_roll": 4.5}),
        players=(SAM, ALI),
        opponent_color="#ffffff",
        regions=Regions(TRIANGLE, (TRIANGLE, TRIANGLE), (TRIANGLE,)),
        periods=((Fraction(60), Fraction(1260)), (Fraction("1400.5"), Fraction(2600))),
        roster=(RosterEntry("17", "Sam"), RosterEntry("09")),
    )
    job_id = store.create_job(
        [tmp_path / "first half.mp4", tmp_path / "second half.mp4"],
        setup=setup,
        out_dir=tmp_path / "clips",
        stages=("ingest", "analyse"),
    )
    job = store.job(job_id)
    assert job.status is JobStatus.DRAFT
    assert job.title == "first half and 1 more"
    assert job.stages == ("ingest", "analyse", CLOSING_STAGE)
    assert job.out_dir == tmp_path / "clips"
    assert job.source_paths == (tmp_path / "first half.mp4", tmp_path / "second half.mp4")
    assert store.setup(job_id) == setup
    assert [source.position for source in store.sources(job_id)] == [0, 1]


def test_a_job_that_cannot_be_made_leaves_nothing_behind(store):
    with pytest.raises(UserError, match="at least one video"):
        store.create_job([])
    with pytest.raises(UserError, match="The stages are dance; allowed are ingest, analyse"):
        store.create_job([Path("game.mp4")], stages=("dance",))
    with pytest.raises(UserError, match="rename the file"):
        store.create_job([Path("game\udce9.mp4")])
    assert store.jobs() == []
    assert list(store.data_dir.glob("jobs/*")) == []


@pytest.mark.parametrize(
    "name", ['Sam\'s "best" game.mp4', "-i.mp4", "ледовый 氷 🏒.mp4", "x" * 200 + ".mp4"]
)
def test_any_file_name_that_is_text_is_kept_as_it_is(store, tmp_path, name):
    job_id = store.create_job([tmp_path / name])
    assert store.job(job_id).source_paths == (tmp_path / name,)


def test_jobs_are_listed_newest_first_and_found_by_the_beginning_of_their_id(store):
    ids = [draft(store) for _ in range(5)]
    assert [job.id for job in store.jobs()] == ids[::-1]
    assert store.find(ids[2]) == ids[2]
    unique = next(ids[2][:n] for n in itertools.count(1) if sum(i.startswith(ids[2][:n]) for i in ids) == 1)
    assert store.find(unique) == ids[2]
    with pytest.raises(UserError, match="is the beginning of 5 jobs"):
        store.find(ids[0][:7])
    for unknown in ("nothing", "", "%"):
        with pytest.raises(UserError, match="There is no job"):
            store.find(unknown)


def test_what_is_asked_of_an_unknown_job_says_that_there_is_none(store):
    for ask in (
        store.job,
        store.setup,
        store.queue,
        store.retry,
        store.delete_job,
        store.results,
        lambda job_id: store.request_stop(job_id, StopReason.CANCEL),
        lambda job_id: store.save_setup(job_id, Setup()),
        lambda job_id: store.add_sources(job_id, [Path("more.mp4")]),
    ):
        with pytest.raises(UserError, match="There is no job 000000-000000"):
            ask("000000-000000")


def test_a_wrong_request_is_refused_in_a_sentence(store):
    job_id = draft(store)
    with pytest.raises(UserError) as caught:
        store.resume(job_id)
    assert str(caught.value) == (
        f"Job {job_id} is draft; only a job that is paused or interrupted can go on."
    )


def test_progress_of_the_whole_weighs_the_stages(store):
    run = running(store)
    run.plan_stages(
        {"ingest": 1, "analyse": 8, "identify": 1, "clips": 5, "reel": 4, "report": 0.5, "results": 0.5}
    )
    run.start_stage("ingest", "a")
    run.finish_stage("ingest", {})
    run.start_stage("analyse", "b")
    run.progress("analyse", 30, 60, "Looking at pictures")
    job = store.job(run.job_id)
    assert job.progress == pytest.approx((1 + 4) / 20)
    assert job.stage_progress == 0.5
    assert (job.stage, job.message) == ("analyse", "Looking at pictures")


def test_time_left_follows_from_the_speed_since_the_stage_began_again(tmp_path):
    now = [1000.0]
    with Store(tmp_path, now=lambda: now[0]) as store:
        run = running(store)
        run.plan_stages(
            {"ingest": 1, "analyse": 10, "identify": 5, "clips": 1, "reel": 1, "report": 2, "results": 1}
        )
        run.start_stage("analyse", "b")
        run.progress("analyse", 40, 100, "")
        assert store.job(run.job_id).seconds_left is None
        now[0] += 10
        run.progress("analyse", 60, 100, "")
        job = store.job(run.job_id)
        assert job.units_per_second == pytest.approx(2)
        # 40 more units take 20 s, and what comes after weighs as much as the whole of this.
        assert job.seconds_left == pytest.approx(20 + 50)


def test_stages_can_be_chosen_anew_and_files_added_at_rest_only(store):
    job_id = draft(store)
    store.set_stages(job_id, ("identify", "ingest", "analyse"))
    assert store.job(job_id).stages == ("ingest", "analyse", "identify", CLOSING_STAGE)
    store.add_sources(job_id, [Path("third.mp4")])
    assert [source.path.name for source in store.sources(job_id)] == ["game.mp4", "third.mp4"]
    store.queue(job_id)
    store.claim()
    for change in (
        lambda: store.add_sources(job_id, [Path("fourth.mp4")]),
        lambda: store.set_out_dir(job_id, Path("/elsewhere")),
        lambda: store.delete_job(job_id),
    ):
        with pytest.raises(UserError, match="is running"):
            change()


def test_a_deleted_job_takes_everything_with_it(store):
    run = running(store, Setup(players=(SAM,), regions=Regions(TRIANGLE)))
    _make_everything(store, run)
    run.finish()
    store.delete_job(run.job_id)
    for table in TableName:
        rows = raw(store, f"SELECT COUNT(*) FROM {table}")[0][0]
        lasting = (TableName.JOB_STATUS, TableName.JOB_TRANSITION, TableName.LAST_ID)
        assert (rows > 0) == (table in lasting), table
    assert store.check() == []


# Setup


def test_players_keep_their_shifts_when_the_setup_is_saved_again(store):
    run = running(store, Setup(players=(SAM, ALI)))
    sam, ali = store.players(run.job_id)
    run.replace_shifts(sam.id, [NewShift(Fraction(10), Fraction(50), 0.9, "gate", "gate")])
    renamed = PlayerSetup("Samuel", "17", None, (*SAM.clicks, Click(Fraction(3), ClickKind.IS, 0.5, 0.5)))
    store.save_setup(run.job_id, Setup(players=(renamed,)))
    assert [player.id for player in store.players(run.job_id)] == [sam.id]
    assert store.setup(run.job_id).players == (renamed,)
    assert len(store.shifts(run.job_id)) == 1
    # The run goes on with a player who is gone: nothing happens.
    run.replace_shifts(ali.id, [NewShift(Fraction(1), Fraction(2), 0.5, "gate", "gate")])
    run.save_clip(ClipRow(Fraction(1), Fraction(2), Path("/a.mp4"), player_id=ali.id))
    assert store.clips(run.job_id)[0].player_id is None
    assert store.check() == []


def test_own_presets_are_kept_and_cannot_hide_ours(store):
    mine = Settings(camera="phone", pre_roll=9.0)
    store.presets.save(" Rink on Main Street ", mine)
    assert store.presets.read().keys() == {"Rink on Main Street"}
    assert store.presets.read()["Rink on Main Street"].applied_to(Settings()) == mine
    for name in ("phone", "  "):
        with pytest.raises(UserError, match="choose another name"):
            store.presets.save(name, mine)
        with pytest.raises(UserError, match="choose another name"):
            store.presets.rename("Rink on Main Street", name)
    store.presets.save("Away", Settings())
    for name, new_name in (("Rink on Main Street", "Away"), ("Gone", "Found")):
        with pytest.raises(UserError, match=r"choose another name|save the settings anew"):
            store.presets.rename(name, new_name)
    store.presets.rename("Away", "away games")
    assert list(store.presets.read()) == ["away games", "Rink on Main Street"]
    store.presets.delete("away games")
    store.presets.delete("Rink on Main Street")
    assert store.presets.read() == {}


def test_encoder_trials_are_remembered_between_starts(tmp_path):
    with Store(tmp_path) as store:
        store.encoder_trials["h264_nvenc 1280x720"] = "no device"
        store.encoder_trials["libx264 1280x720"] = "works"
        del store.encoder_trials["libx264 1280x720"]
    with Store(tmp_path) as store:
        assert dict(store.encoder_trials) == {"h264_nvenc 1280x720": "no device"}
        with pytest.raises(KeyError):
            del store.encoder_trials["libx264 1280x720"]


# What runs make


def tracklet(number, count, seed):
    random_state = np.random.default_rng(seed)

    def floats(*shape):
        return random_state.normal(size=shape).astype(np.float32)

    return Tracklet(
        id=number,
        times=np.sort(random_state.uniform(0, 3600, count)),
        boxes=floats(count, 4),
        scores=floats(count),
        feet=floats(count, 2),
        scale=floats(count),
        scene=number % 3,
        colour=floats(COLOUR_BINS),
        begins=Ending.CONTACT,
        ends=Ending.VIDEO,
        kit=floats(KIT_VALUES),
        roles=floats(len(ROLES)),
    )


def _make_everything(store, run):
    job_id = run.job_id
    source = store.sources(job_id)[0]
    run.save_source(
        source.id,
        start=Fraction(0),
        duration=Fraction(61, 2),
        probe={"codec": "h264", "size": [1920, 1080]},
        packet_index=b"index",
        proxy_path=store.work_dir(job_id) / "proxy.mp4",
    )
    run.start_stage("analyse", "boxes-1")
    run.save_chunk(source.id, 0, Fraction(0), Fraction(30), 300, b"first")
    run.save_chunk(source.id, 1, Fraction(30), Fraction(61, 2), 5, b"second")
    run.replace_tracklets([tracklet(1, 1, 1), tracklet(2, 40, 2)])
    run.finish_stage("analyse", {"frames_per_second": 99.5})
    (player,) = store.players(job_id)
    run.replace_shifts(
        player.id,
        [
            NewShift(
                Fraction(1),
                Fraction(20),
                0.7,
                "click",
                "edge",
                ({"text": "a click", "log_odds": 4.0},),
                (1, 2),
            )
        ],
    )
    (shift,) = store.shifts(job_id)
    run.save_clip(
        ClipRow(
            Fraction(0),
            Fraction(22),
            Path("/out/1.mp4"),
            shift.id,
            player.id,
            "exact",
            "libx264",
            "",
            660,
            10,
            "ab",
            "f",
        )
    )
    run.save_artifact(ArtifactRow("reel", Path("/out/reel.mp4"), player.id, 20, "cd", "g"))


def test_everything_a_run_makes_is_read_back_as_it_was(store):
    run = running(store, Setup(players=(SAM,)))
    _make_everything(store, run)
    run.finish()
    found = store.results(run.job_id)
    assert found.job.status is JobStatus.DONE
    (source,) = found.sources
    assert (source.start, source.duration) == (0, Fraction(61, 2))
    assert source.probe == {"codec": "h264", "size": [1920, 1080]}
    assert store.packet_index(source.id) == b"index"
    assert [(c.number, c.end, c.observations) for c in store.chunks(run.job_id)] == [
        (0, 30, b"first"),
        (1, Fraction(61, 2), b"second"),
    ]
    (shift,) = found.shifts
    assert (shift.start, shift.end, shift.evidence) == (1, 20, ({"text": "a click", "log_odds": 4.0},))
    assert shift.tracklet_ids == (1, 2)
    (clip,) = found.clips
    assert (clip.shift_id, clip.end, clip.frames) == (shift.id, 22, 660)
    assert found.artifacts[0].path == Path("/out/reel.mp4")
    analysed = next(stage for stage in found.stages if stage.name == "analyse")
    assert (analysed.status, analysed.perf) == (StageStatus.DONE, {"frames_per_second": 99.5})
    for name, kept in zip(("one", "forty"), store.tracklets(run.job_id), strict=True):
        wanted = tracklet(1, 1, 1) if name == "one" else tracklet(2, 40, 2)
        for field in ("times", "boxes", "scores", "feet", "scale", "colour", "kit", "roles"):
            np.testing.assert_array_equal(getattr(kept, field), getattr(wanted, field))
        assert (kept.id, kept.scene, kept.begins, kept.ends) == (
            wanted.id, wanted.scene, Ending.CONTACT, Ending.VIDEO,
        )  # fmt: skip


def test_several_sources_give_their_chunks_in_the_order_of_the_game(store):
    run = running(store, files=("one.mp4", "two.mp4"))
    first, second = store.sources(run.job_id)
    run.start_stage("analyse", "h")
    for source, number in ((second, 1), (first, 1), (second, 0), (first, 0)):
        run.save_chunk(source.id, number, Fraction(30 * number), Fraction(30 * number + 30), 1, b"x")
    assert [(c.source_id, c.number) for c in store.chunks(run.job_id)] == [
        (first.id, 0), (first.id, 1), (second.id, 0), (second.id, 1),
    ]  # fmt: skip


def test_chunks_of_another_analysis_do_not_count(store):
    run = running(store)
    (source,) = store.sources(run.job_id)
    run.start_stage("analyse", "small pictures")
    run.save_chunk(source.id, 0, Fraction(0), Fraction(30), 1, b"old")
    run.save_chunk(source.id, 1, Fraction(30), Fraction(60), 1, b"old")
    run.start_stage("analyse", "large pictures")
    assert run.saved_chunks(source.id) == set()
    assert list(store.chunks(run.job_id)) == []
    run.save_chunk(source.id, 1, Fraction(30), Fraction(60), 1, b"new")
    assert run.saved_chunks(source.id) == {1}
    assert [chunk.observations for chunk in store.chunks(run.job_id)] == [b"new"]


def test_between_two_chunks_the_reader_may_write(store):
    run = running(store)
    (source,) = store.sources(run.job_id)
    run.start_stage("analyse", "h")
    for number in range(3):
        run.save_chunk(source.id, number, Fraction(number), Fraction(number + 1), 1, b"x")
    for done, _ in enumerate(store.chunks(run.job_id)):
        run.progress("analyse", done, 3, "Following people")
    assert store.job(run.job_id).message == "Following people"


def test_a_shift_that_is_found_again_keeps_its_id_and_its_clip(store):
    run = running(store, Setup(players=(SAM,)))
    (sam,) = store.players(run.job_id)
    spans = [(10, 50), (90, 130), (200, 240)]
    run.replace_shifts(sam.id, [NewShift(Fraction(a), Fraction(b), 0.5, "gate", "gate") for a, b in spans])
    before = store.shifts(run.job_id)
    for shift in before:
        run.save_clip(ClipRow(shift.start, shift.end, Path(f"/{shift.id}.mp4"), shift_id=shift.id))
    run.replace_shifts(
        sam.id,
        [
            NewShift(Fraction(10), Fraction(50), 0.9, "click", "gate"),
            NewShift(Fraction(90), Fraction(135), 0.9, "gate", "gate"),
        ],
    )
    after = store.shifts(run.job_id)
    assert [(s.start, s.end, s.confidence) for s in after] == [(10, 50, 0.9), (90, 135, 0.9)]
    assert after[0].id == before[0].id and after[0].start_reason == "click"
    assert [clip.shift_id for clip in store.clips(run.job_id)] == [before[0].id, None, None]


def test_what_the_person_made_or_judged_is_not_replaced(store):
    run = running(store, Setup(players=(SAM,)))
    (sam,) = store.players(run.job_id)
    found = [NewShift(Fraction(a), Fraction(a + 40), 0.5, "gate", "gate") for a in (10, 90, 200)]
    run.replace_shifts(sam.id, found)
    raw(store, "UPDATE shift SET verdict = 'rejected' WHERE start = ?", 10 * 705_600_000)
    raw(store, "UPDATE shift SET origin = 'manual' WHERE start = ?", 90 * 705_600_000)
    run.replace_shifts(sam.id, [found[0]])
    assert [(s.start, s.origin, s.verdict) for s in store.shifts(run.job_id)] == [
        (10, "auto", "rejected"),
        (90, "manual", "proposed"),
    ]


def test_a_file_that_is_made_again_is_one_row(store):
    run = running(store)
    clip = ClipRow(Fraction(0), Fraction(9), Path("/out/1.mp4"), bytes=1)
    assert run.save_clip(clip) == run.save_clip(clip)
    reel = ArtifactRow("reel", Path("/out/reel.mp4"), bytes=1)
    assert run.save_artifact(reel) == run.save_artifact(ArtifactRow("reel", reel.path, bytes=2))
    assert [artifact.bytes for artifact in store.artifacts(run.job_id)] == [2]
    run.remove_clip(store.clips(run.job_id)[0].id)
    run.remove_artifact(store.artifacts(run.job_id)[0].id)
    assert store.clips(run.job_id) == [] and store.artifacts(run.job_id) == []


def test_a_run_cannot_write_into_another_job(store):
    other = draft(store, Setup(players=(SAM,)), ("other.mp4",))
    (player,), (source,) = store.players(other), store.sources(other)
    run = running(store)
    run.start_stage("analyse", "h")
    run.replace_shifts(player.id, [NewShift(Fraction(1), Fraction(9), 0.5, "gate", "gate")])
    run.save_source(source.id, duration=Fraction(9))
    run.save_chunk(source.id, 0, Fraction(0), Fraction(1), 1, b"x")
    assert store.shifts(other) == []
    assert store.sources(other)[0].duration is None
    assert list(store.chunks(other)) == []


def test_a_replacement_that_fails_in_the_middle_changes_nothing(store):
    run = running(store)
    run.replace_tracklets([tracklet(1, 5, 1)])

    def broken():
        yield tracklet(2, 5, 2)
        raise RuntimeError("the tracker broke")

    with pytest.raises(RuntimeError, match="the tracker broke"):
        run.replace_tracklets(broken())
    assert [kept.id for kept in store.tracklets(run.job_id)] == [1]


def test_others_may_write_while_tracklets_are_made(store):
    run = running(store)
    run.replace_tracklets([tracklet(1, 5, 1)])

    def made():
        yield tracklet(2, 5, 2)
        # Another connection, which would wait for one that keeps the database busy.
        raw(store, "UPDATE job SET message = 'corrected meanwhile'")
        assert [kept.id for kept in store.tracklets(run.job_id)] == [1]
        yield tracklet(3, 6, 2)

    assert run.replace_tracklets(made()) == 2
    assert [kept.id for kept in store.tracklets(run.job_id)] == [2, 3]
    assert store.job(run.job_id).message == "corrected meanwhile"


def test_tracklets_of_a_stretch_are_those_that_are_there_at_some_time(store):
    run = running(store)
    people = [tracklet(number, 2, number) for number in range(40)]
    run.replace_tracklets(people)
    for start, end in ((0, 900), (1500, 1510), (3500, 3600), (people[7].end, people[7].end + 1)):
        wanted = [one.id for one in people if one.start <= end and one.end >= start]
        found = store.tracklets(run.job_id, (Fraction(start), Fraction(end)))
        assert [one.id for one in found] == wanted


def test_a_stage_that_begins_on_other_inputs_begins_at_nothing(store):
    run = running(store)
    run.start_stage("analyse", "h")
    run.progress("analyse", 50, 100, "")
    run.stopped()
    store.resume(run.job_id)
    run = store.claim()
    run.start_stage("analyse", "h")
    assert store.job(run.job_id).stage_progress == 0.5
    run.start_stage("analyse", "other")
    assert store.job(run.job_id).stage_progress is None


# Safety


def test_every_table_is_strict(store):
    loose = raw(
        store,
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND schema = 'main' "
        "AND name NOT LIKE 'sqlite_%'",
    )
    assert loose == []
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        raw(store, "INSERT INTO period (job_id, start, \"end\") VALUES ('x', 'soon', 1)")


def test_the_database_itself_refuses_what_must_not_be(store):
    run = running(store)
    other = draft(store)
    for sql in (
        "INSERT INTO job (id, title, status, settings, out_dir, created_at, updated_at, queue_order) "
        "VALUES ('x', '', 'queued', '{}', '', 0, 0, 5)",
        f"UPDATE job SET status = 'done', run_token = NULL WHERE id = '{other}'",
        f"UPDATE job SET run_token = NULL WHERE id = '{run.job_id}'",
        f"UPDATE job SET status = 'bogus' WHERE id = '{other}'",
        f"UPDATE job SET id = 'y' WHERE id = '{other}'",
        f"DELETE FROM job WHERE id = '{run.job_id}'",
        "UPDATE job_event SET to_status = 'done'",
        "DELETE FROM job_event",
        f"INSERT INTO stage (job_id, name, position) VALUES ('{other}', 'ingest', 9)",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            raw(store, sql)


def test_the_database_allows_one_running_job_only(store):
    run = running(store)
    second = draft(store)
    store.queue(second)
    assert store.claim() is None
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        raw(
            store,
            "UPDATE job SET status = 'running', run_token = 't', queue_order = NULL WHERE id = ?",
            second,
        )
    run.finish()
    assert store.claim().job_id == second


def test_a_database_that_lost_a_trigger_is_not_used(tmp_path):
    Store(tmp_path).close()
    connection = sqlite3.connect(tmp_path / DATABASE_NAME)
    connection.execute("DROP TRIGGER job_takes_legal_transitions")
    connection.close()
    with pytest.raises(SchemaDamaged, match="trigger job_takes_legal_transitions"):
        Store(tmp_path)


@pytest.mark.parametrize("write", [True, False])
def test_a_database_of_a_newer_program_is_refused_and_not_touched(tmp_path, write):
    Store(tmp_path).close()
    path = tmp_path / DATABASE_NAME
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes(), path.stat().st_mtime_ns
    with pytest.raises(
        UserError, match=r"newer ShiftClipper \(version 99 .* this program knows \d+\); update"
    ):
        Store(tmp_path, write=write)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert not list(tmp_path.glob("*-wal"))


def test_a_newer_version_that_is_still_in_the_log_is_refused_too(tmp_path):
    Store(tmp_path).close()
    path = tmp_path / DATABASE_NAME
    newer = sqlite3.connect(path, isolation_level=None)
    newer.execute("PRAGMA user_version = 99")
    try:
        for write in (True, False):
            with pytest.raises(UserError, match="newer ShiftClipper"):
                Store(tmp_path, write=write)
    finally:
        newer.close()


@pytest.mark.parametrize("content", [b"not a database at all, but long enough" * 20, b"short"])
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path, content):
    path = tmp_path / DATABASE_NAME
    path.write_bytes(content)
    with pytest.raises(UserError, match="is not a ShiftClipper database"):
        Store(tmp_path)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused(tmp_path):
    connection = sqlite3.connect(tmp_path / DATABASE_NAME)
    connection.execute("CREATE TABLE places (url TEXT)")
    connection.close()
    with pytest.raises(UserError, match="is not a ShiftClipper database"):
        Store(tmp_path)


def test_a_later_migration_is_applied_to_an_old_database_or_not_at_all(tmp_path):
    Store(tmp_path).close()
    path = tmp_path / DATABASE_NAME
    first = schema.migrations()
    known = first[-1].version
    step = schema.Migration(known + 1, "CREATE TABLE note (text TEXT NOT NULL) STRICT;")
    broken = schema.Migration(known + 2, "CREATE TABLE more (x INTEGER) STRICT; CREATE TABLE note (y);")
    database = Database(path)
    try:
        with pytest.raises(sqlite3.OperationalError, match="note already exists"):
            schema.migrate(database._connection(), path, (*first, step, broken))
        assert schema.version_of(database._connection()) == known
        schema.migrate(database._connection(), path, (*first, step))
        assert schema.version_of(database._connection()) == known + 1
        schema.assert_schema(database._connection(), (*first, step))
    finally:
        database.close()


def test_a_database_of_the_first_version_gets_what_came_later_and_keeps_its_rows(tmp_path):
    path = tmp_path / DATABASE_NAME
    database = Database(path)
    schema.migrate(database._connection(), path, schema.migrations()[:1])
    database._connection().execute("INSERT INTO preset (name, settings) VALUES ('mine', '{}')")
    database.close()
    with Store(tmp_path) as store:
        assert raw(store, "SELECT name FROM preset") == [("mine",)]
        assert raw(store, "SELECT count(*) FROM number_chunk") == [(0,)]


def test_numbers_come_back_as_they_were_read_for_the_analysis_in_force_only(store):
    run = running(store)
    (source,) = store.sources(run.job_id)
    run.start_stage("analyse", "one")
    first = [NumberReading(4, 0.1 + 0.2, "07", 0.93), NumberReading(9, 12.5, "3", 0.11)]
    later = [NumberReading(11, 31.0, "24", 0.5)]

    run.save_numbers(source.id, 1, later)
    run.save_numbers(source.id, 0, first[:1])
    run.save_numbers(source.id, 0, first)

    assert store.number_readings(run.job_id) == [*first, *later]
    assert run.saved_numbers(source.id) == {0, 1}
    run.start_stage("analyse", "two")
    assert store.number_readings(run.job_id) == []
    assert run.saved_numbers(source.id) == set()


def test_a_folder_that_cannot_be_written_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=r"cannot be made .* choose another one with --data-dir"):
        Store(tmp_path / "file" / "data")


def test_a_full_disk_is_told_as_such_and_leaves_the_last_state(store):
    run = running(store)
    (source,) = store.sources(run.job_id)
    run.start_stage("analyse", "h")
    # The connection of this thread may grow no further, as on a full disk.
    store._database._connection().execute("PRAGMA max_page_count = 1")
    with pytest.raises(DiskFull, match="no room left on the disk"):
        run.save_chunk(source.id, 0, Fraction(0), Fraction(30), 1, bytes(1_000_000))
    store._database._connection().execute("PRAGMA max_page_count = 1000000")
    assert run.saved_chunks(source.id) == set()
    assert run.pause("The disk is full.") is JobStatus.PAUSED


def test_a_damaged_database_is_told_as_such(tmp_path):
    with Store(tmp_path) as store:
        for _ in range(50):
            draft(store)
    path = tmp_path / DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xa5" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(UserError, match="is damaged; put a backup back"), Store(tmp_path) as store:
        store.jobs()


def test_a_mistyped_table_can_neither_be_read_nor_made(store):
    with store._database.writing() as change, pytest.raises(ValueError):
        change.insert("jbo", {"id": 1})
    assert raw(store, "SELECT name FROM sqlite_master WHERE name = 'jbo'") == []


def test_the_check_finds_a_row_without_its_parent(store):
    draft(store)
    connection = sqlite3.connect(store.data_dir / DATABASE_NAME, isolation_level=None)
    connection.execute("INSERT INTO period (job_id, start, \"end\") VALUES ('gone', 0, 1)")
    connection.close()
    assert store.check() == ["row 1 of period lost its job"]


def test_a_listener_that_fails_does_not_undo_the_write(tmp_path, caplog):
    def deaf(job_id):
        raise RuntimeError("nobody home")

    with Store(tmp_path, on_change=deaf) as store:
        job_id = draft(store)
        assert store.job(job_id).status is JobStatus.DRAFT
    assert "nobody home" in caplog.text


def test_listeners_hear_after_the_commit_and_never_of_what_was_rolled_back(tmp_path):
    heard = []
    with Store(tmp_path, on_change=lambda job_id: heard.append(store.job(job_id).status)) as store:
        job_id = draft(store)
        store.queue(job_id)
        with pytest.raises(UserError):
            store.resume(job_id)
        store.claim().fail("It broke.")
    assert heard == ["draft", "queued", "running", "failed"]


# Threads


def test_threads_write_side_by_side_without_losing_anything(store, tmp_path):
    errors, folder = [], tmp_path / "elsewhere"
    ids = [draft(store) for _ in range(4)]

    def write(job_id):
        try:
            for number in range(25):
                store.set_out_dir(job_id, folder / str(number))
                assert store.job(job_id).out_dir == folder / str(number)
            store.close_thread()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=[job_id]) for job_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert {job.out_dir for job in store.jobs()} == {folder / "24"}


def test_a_reader_sees_one_moment_while_others_write(store):
    run = running(store, Setup(players=(SAM,)))
    (sam,) = store.players(run.job_id)
    stop = threading.Event()

    def write():
        choices = random.Random(1)
        while not stop.is_set():
            count = choices.randrange(1, 6)
            run.replace_shifts(
                sam.id,
                [
                    NewShift(Fraction(n * 10), Fraction(n * 10 + count), 0.5, "gate", "gate")
                    for n in range(count)
                ],
            )
        store.close_thread()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(200):
            shifts = store.results(run.job_id).shifts
            assert all(shift.end - shift.start == len(shifts) for shift in shifts)
    finally:
        stop.set()
        writer.join()


def test_each_stage_of_the_contract_has_a_row(store):
    assert [stage.name for stage in store.stages(draft(store))] == list(ALL_STAGES)
