"""An analysed job proposes players and benches on the command line, ready to be put into setup.json."""

import json
import subprocess
import threading
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from shiftclipper.cli import run_command_line
from shiftclipper.errors import UserError
from shiftclipper.identity.regions import inside
from shiftclipper.jobs.proposals import first_pixels, in_first_picture, propose_players
from shiftclipper.jobs.rows import JobStatus
from shiftclipper.jobs.settings import Settings
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup, RosterEntry, Setup
from shiftclipper.jobs.setup_file import read_setup
from shiftclipper.jobs.stages.ingest import Ingest
from shiftclipper.jobs.store import Store
from shiftclipper.jobs.times import seconds_of_number
from shiftclipper.jobs.work import carry_out
from shiftclipper.media.ffmpeg import locate
from shiftclipper.vision.lens import SceneMap
from tests.stub_stages import Stub
from tests.tracklet_simulator import SIZE, Difficulty, project, simulate

SECONDS = 180


@pytest.fixture(scope="module")
def game():
    return simulate(403, float(SECONDS), Difficulty(regions=False))


@pytest.fixture(scope="module")
def read_most(game):
    """The two of the home team whose numbers of two digits were read most often; one digit proves little."""
    said = Counter(one.number for one in game.readings(0.3) if len(one.number) == 2)
    team = [one for one in game.skaters() if one.team == "home" and one.shifts]
    return sorted(team, key=lambda one: -said[game.number(one.id)])[:2]


@pytest.fixture(scope="module")
def player(read_most):
    return read_most[0]


@pytest.fixture(scope="module")
def mate(read_most):
    return read_most[1]


@pytest.fixture(scope="module")
def data(game, player, mate, tmp_path_factory):
    """A data folder with one job, analysed by hand."""
    folder = tmp_path_factory.mktemp("data")
    film = tmp_path_factory.mktemp("film") / "game.mp4"
    source = f"color=white:size={SIZE[0]}x{SIZE[1]}:rate=1:duration={SECONDS}"
    command = [str(locate().path), "-v", "error", "-f", "lavfi", "-i", source, "-c:v", "libx264", str(film)]
    subprocess.run(command, check=True)
    clicks = tuple(
        Click(seconds_of_number(one.time), ClickKind.IS, one.x / SIZE[0], one.y / SIZE[1])
        for one in game.clicks(player, 2).clicks
    )
    setup = Setup(
        settings=replace(Settings(), proxy=False),
        players=(PlayerSetup("Sam", game.number(player.id), None, clicks), PlayerSetup("Ali")),
        roster=(RosterEntry(game.number(mate.id), "Kim"),),
    )

    def analyse(context):
        context.run.replace_tracklets(game.tracklets)
        (row,) = context.store.sources(context.job_id)
        context.run.save_numbers(row.id, 0, game.readings(0.3))

    with Store(folder) as store:
        job = store.create_job([film], setup=setup, stages=("ingest", "analyse"))
        store.queue(job)
        stages = [Ingest(locate()), Stub("analyse", analyse)]
        assert carry_out(store, store.claim(job), stages, threading.Event()) is JobStatus.DONE
    return folder, job


def said(capsys, data, *words):
    folder, job = data
    assert run_command_line(["--data-dir", str(folder), words[0], job, *words[1:]]) == 0
    return capsys.readouterr().out


def test_the_teams_numbers_are_proposed_with_clicks_that_a_setup_takes(data, game, player, mate, capsys):
    found = json.loads(said(capsys, data, "players", "--propose", "--json"))
    team = {game.number(one.id) for one in game.people if one.team == "home"}
    assert len(found) >= 8
    assert len([one for one in found if one["number"] not in team]) <= 1
    by_number = {one["number"]: one for one in found}
    assert by_number[game.number(player.id)]["wanted"] is True
    assert by_number[game.number(mate.id)]["name"] == "Kim"
    chosen = [{key: one[key] for key in ("name", "number", "clicks")} for one in found]
    assert len(read_setup({"players": chosen}).players) == len(found)
    by_id = {one.id: one for one in game.tracklets}
    for one in found:
        for click, sight in zip(one["clicks"], one["sights"], strict=True):
            left, top, right, bottom = sight["box"]
            assert left < click["x"] * SIZE[0] < right and top < click["y"] * SIZE[1] < bottom
            assert by_id[sight["tracklet"]].start <= click["t"] <= by_id[sight["tracklet"]].end


def test_proposed_players_are_told_in_words(data, game, player, mate, capsys):
    lines = said(capsys, data, "players", "--propose").splitlines()
    (sam,) = [line for line in lines if line.split()[0] == game.number(player.id)]
    assert "clearest at" in sam and "Sam" in sam and "looked for already" in sam
    (kim,) = [line for line in lines if line.split()[0] == game.number(mate.id)]
    assert "times, clearest at" in kim and "Kim" in kim and "already" not in kim


def test_the_players_of_a_job_are_listed(data, game, player, capsys):
    lines = said(capsys, data, "players").splitlines()
    assert lines == [
        f"Sam {game.number(player.id)}: 0 shifts, 0:00 on the ice",
        "Ali: 0 shifts, 0:00 on the ice",
    ]
    assert json.loads(said(capsys, data, "players", "--json"))[1]["name"] == "Ali"


def test_benches_are_proposed_as_a_setup_takes_them(data, capsys):
    found = json.loads(said(capsys, data, "regions", "--propose", "--json"))
    assert found["unseen"] == 0 and len(found["steps"]) == len(found["bench"]) == 2
    benches = read_setup({"players": [{}], "regions": {"bench": found["bench"]}}).regions.bench
    for door in (np.array([24.0, 26.4]), np.array([36.0, 26.4])):
        place = project(door)[None, :2]
        assert any(inside(place, tuple((x * SIZE[0], y * SIZE[1]) for x, y in one))[0] for one in benches)
    assert len(said(capsys, data, "regions", "--propose").splitlines()) == 2
    assert said(capsys, data, "regions") == "No region was drawn yet.\n"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["players", "JOB", "--propose", "--player", "2"], "which team Ali plays in; click on him once"),
        (["players", "JOB", "--propose", "--player", "7"], "There is no player 7 in this job; it has 2."),
        (["regions", "none", "--propose"], "There is no job none"),
    ],
)
def test_what_cannot_be_proposed_is_said_in_one_line(data, words, part, capsys):
    folder, job = data
    words = [job if word == "JOB" else word for word in words]
    assert run_command_line(["--data-dir", str(folder), *words]) == 2
    line = capsys.readouterr().err
    assert part in line and line.count("\n") == 1


def test_a_job_that_was_not_analysed_has_nothing_to_propose(tmp_path):
    with Store(tmp_path) as store:
        job = store.create_job([tmp_path / "game.mp4"], setup=Setup(players=(PlayerSetup("Sam"),)))
        with pytest.raises(UserError, match=f"run it first: shiftclipper run --resume {job}"):
            propose_players(store, job)


# A camera that turns


LOOKING_DOWN = SceneMap((0.0, -np.cos(0.3), -np.sin(0.3)), 1100.0, (640.0, 360.0))


def test_a_place_on_the_map_comes_back_to_where_it_was_in_the_first_picture():
    points = np.random.default_rng(5).uniform(0, 1, (50, 2)) * SIZE
    np.testing.assert_allclose(
        first_pixels(LOOKING_DOWN, LOOKING_DOWN.place_in_first(points)), points, atol=1e-6
    )


def test_a_region_that_the_first_picture_does_not_show_cannot_be_drawn_in_it():
    square = np.array([(600.0, 300.0), (700.0, 300.0), (700.0, 360.0), (600.0, 360.0)])
    placed = LOOKING_DOWN.place_in_first(square)
    back = np.array(in_first_picture(tuple(map(tuple, placed)), SIZE, LOOKING_DOWN))
    np.testing.assert_allclose(back * SIZE, square, atol=0.01)
    for sideways in (1500.0, 6000.0):
        assert (
            in_first_picture(tuple(map(tuple, np.add(placed, (sideways, 0.0)))), SIZE, LOOKING_DOWN) is None
        )


def test_a_region_is_cut_at_the_edges_of_the_picture():
    half_out = ((-100.0, 0.0), (100.0, 0.0), (100.0, 72.0), (-100.0, 72.0))
    cut = in_first_picture(half_out, SIZE)
    assert cut == ((0.0, 0.0), (0.078125, 0.0), (0.078125, 0.1), (0.0, 0.1))
    assert in_first_picture(tuple((x - 80.0, y) for x, y in half_out), SIZE) is None
