"""The program's preferences, the order of the queue and the settings of one job, in a real database."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from shiftclipper.errors import UserError
from shiftclipper.jobs.clip_plans import clip_plans
from shiftclipper.jobs.preferences import RECENT_GAMES, Preferences
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, Setup
from shiftclipper.jobs.store import Store


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "data") as opened:
        yield opened


def test_preferences_are_kept_between_starts(tmp_path):
    with Store(tmp_path) as store:
        assert store.preferences.read() == Preferences()
        store.preferences.change(theme="dark", pre_roll=3.5, notify=False)
    with Store(tmp_path) as store:
        assert store.preferences.read() == Preferences(theme="dark", pre_roll=3.5, notify=False)
        assert store.preferences.read().of_new_games().pre_roll == 3.5


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"theme": "pink"}, "theme"),
        ({"language": "xx"}, "language"),
        ({"cache_gigabytes": 0}, "cache_gigabytes"),
        ({"cache_dir": "films"}, "whole path"),
        ({"encoder": "mpeg2"}, "encoder"),
        ({"post_roll": 61.0}, "post_roll"),
    ],
)
def test_a_preference_that_is_not_allowed_is_refused_and_nothing_changes(store, values, named):
    with pytest.raises(UserError, match=named):
        store.preferences.change(**values)
    assert store.preferences.read() == Preferences()


def test_a_preference_of_another_version_counts_as_never_set(store):
    store.preferences.change(theme="dark", quality="fast")
    store.preferences._write({"quality": "splendid", "sparkles": True})
    assert store.preferences.read() == Preferences(theme="dark")


def test_the_games_opened_last_are_remembered_once_each(store):
    games = [(Path(f"/films/{number}.mp4"),) for number in range(RECENT_GAMES + 2)]
    for game in [*games, games[-3]]:
        store.preferences.remember_game(game)
    kept = store.preferences.recent_games()
    assert kept[0] == games[-3]
    assert len(kept) == len(set(kept)) == RECENT_GAMES


def test_queued_jobs_run_in_the_order_they_are_given(tmp_path):
    with Store(tmp_path) as store:
        jobs = [store.create_job([tmp_path / f"{name}.mp4"]) for name in "abcd"]
        for job_id in jobs:
            store.queue(job_id)
        first, second, third, last = jobs
        store.order_queue([third, last, first])
    with Store(tmp_path) as store:
        claimed = []
        while (run := store.claim()) is not None:
            claimed.append(run.job_id)
            run.finish()
    assert claimed == [third, second, last, first]


def test_ordering_passes_over_jobs_that_are_not_queued(store, tmp_path):
    draft, queued, other = [store.create_job([tmp_path / f"{name}.mp4"]) for name in "abc"]
    store.queue(queued)
    store.queue(other)
    store.order_queue([other, draft, "nothing", queued])
    assert store.claim().job_id == other
    assert store.job(draft).queue_order is None


def test_changing_a_setting_leaves_clicks_alone_and_what_was_undone_too(store, tmp_path):
    setup = Setup(players=(PlayerSetup("Sam"),))
    job_id = store.create_job([tmp_path / "a.mp4"], setup=setup)
    clicked = replace(
        setup, players=(PlayerSetup("Sam", clicks=(Click(Fraction(3), ClickKind.IS, 0.5, 0.5),)),)
    )
    store.corrections.change_setup(job_id, lambda _: clicked, "click")
    store.corrections.undo(job_id)
    store.change_settings(job_id, pre_roll=4.0, clip_names="{game}")
    store.corrections.redo(job_id)
    found = store.setup(job_id)
    assert (found.settings.pre_roll, found.settings.clip_names) == (4.0, "{game}")
    assert found.players[0].clicks == (Click(Fraction(3), ClickKind.IS, 0.5, 0.5),)
    with pytest.raises(UserError, match="pre_roll is 99"):
        store.change_settings(job_id, pre_roll=99.0)


def test_clips_are_planned_from_the_database_alone(store, tmp_path):
    setup = Setup(players=(PlayerSetup("Sam", "17"),))
    job_id = store.create_job([tmp_path / "a.mp4", tmp_path / "b.mp4"], title="Cup", setup=setup)
    (player,) = store.players(job_id)
    shift = store.corrections.add_shift(player.id, Fraction(61), Fraction(99))
    store.corrections.add_shift(player.id, Fraction(150), Fraction(170))
    assert clip_plans(store.results(job_id)) == []
    store.queue(job_id)
    run = store.claim()
    for place, source in enumerate(store.sources(job_id)):
        run.save_source(source.id, start=Fraction(100 * place), duration=Fraction(100))
    store.change_settings(job_id, clip_names="{game} - {shift}")
    first, second = clip_plans(store.results(job_id))
    assert (first.shift.id, first.start, first.end) == (shift, 59, 100)
    assert first.file_name == "Cup - shift 01.mp4"
    assert (second.start, second.end) == (148, 172)
