"""setup.json is read as it is meant, and refused with a sentence that helps."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiftclipper.errors import UserError
from shiftclipper.jobs.settings import load_preset
from shiftclipper.jobs.setup import (
    Click,
    ClickKind,
    PlayerSetup,
    Regions,
    RosterEntry,
    Setup,
    check_against,
)
from shiftclipper.jobs.setup_file import read_setup, write_setup

SAM = {"name": "Sam", "clicks": [{"t": 12.4, "x": 0.41, "y": 0.63}]}
TRIANGLE = [[0.0, 0.0], [1.0, 0.0], [0.5, 1.0]]


def written(tmp_path, text):
    path = tmp_path / "setup.json"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(data):
    with pytest.raises(UserError) as caught:
        read_setup(data)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_the_example_of_the_contract_is_read(tmp_path):
    path = written(
        tmp_path,
        """{"preset": "panning",
            "players": [{"name": "Sam", "number": "17", "jersey_color": "#203524",
                         "clicks": [{"t": 12.4, "x": 0.41, "y": 0.63}],
                         "not": [{"t": 80.0, "x": 0.2, "y": 0.5}], "off_ice": [{"t": 95.0}]}],
            "opponent_color": "#FFFFFF",
            "regions": {"rink": [[0,0],[1,0],[0.5,1]], "bench": [[[0,0],[0.1,0],[0,0.1]]], "penalty": []},
            "periods": [[60.0, 1260.0], [1400, 2600]],
            "pre_roll": 3, "cut_mode": "smart", "reel": false}""",
    )
    setup = read_setup(path)
    assert setup.settings == load_preset("panning").settings.changed(
        {"pre_roll": 3.0, "cut_mode": "smart", "reel": False}
    )
    (sam,) = setup.players
    assert (sam.name, sam.number, sam.jersey_color) == ("Sam", "17", "#203524")
    assert sam.clicks == (
        Click(Fraction("12.4"), ClickKind.IS, 0.41, 0.63),
        Click(Fraction(80), ClickKind.IS_NOT, 0.2, 0.5),
        Click(Fraction(95), ClickKind.OFF_ICE),
    )
    assert setup.opponent_color == "#ffffff"
    assert setup.regions.rink == ((0.0, 0.0), (1.0, 0.0), (0.5, 1.0))
    assert len(setup.regions.bench) == 1
    assert setup.periods == ((Fraction(60), Fraction(1260)), (Fraction(1400), Fraction(2600)))


def test_a_roster_is_read_with_names_or_without():
    setup = read_setup({"players": [SAM], "roster": [{"number": 17, "name": "Sam"}, 9, "00"]})
    assert setup.roster == (RosterEntry("17", "Sam"), RosterEntry("9"), RosterEntry("00"))
    assert read_setup(write_setup(setup)) == setup
    assert read_setup({"players": [SAM]}).roster == ()


def test_a_number_may_be_written_without_quotes():
    assert read_setup({"players": [{"number": 17}]}).players[0].number == "17"


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        ({}, ["players is missing"]),
        ({"players": []}, ["players is []", "at least one player"]),
        ({"players": {"name": "Sam"}}, ['players is {"name": "Sam"}', "a list of players"]),
        ({"players": ["Sam"]}, ['players[0] is "Sam"', "an object with name"]),
        ({"players": [SAM], "preroll": 2}, ["preroll (value 2)", "pre_roll"]),
        ({"players": [SAM | {"colour": "red"}]}, ['players[0].colour (value "red")', "jersey_color"]),
        ({"players": [SAM | {"jersey_color": "red"}]}, ['players[0].jersey_color is "red"', "#203524"]),
        ({"players": [SAM | {"number": "seventeen"}]}, ['players[0].number is "seventeen"', "digits"]),
        ({"players": [SAM | {"name": 5}]}, ["players[0].name is 5", "text"]),
        (
            {"players": [{"clicks": [{"t": 1, "x": 1.4, "y": 0}]}]},
            ["players[0].clicks[0].x is 1.4", "a number from 0 to 1"],
        ),
        ({"players": [{"clicks": [{"t": 1, "x": 0.4}]}]}, ["players[0].clicks[0].y is null"]),
        ({"players": [{"clicks": [{"t": "1:20", "x": 0, "y": 0}]}]}, ['clicks[0].t is "1:20"', "number"]),
        ({"players": [{"clicks": [{"t": -1, "x": 0, "y": 0}]}]}, ["players[0].clicks[0].t is -1"]),
        ({"players": [{"off_ice": [{"t": 1, "x": 0.5}]}]}, ["players[0].off_ice[0].x (value 0.5)"]),
        ({"players": [SAM], "regions": {"rink": [[0, 0], [1, 1]]}}, ["regions.rink", "at least three"]),
        ({"players": [SAM], "regions": {"goal": []}}, ["regions.goal", "rink, bench, penalty"]),
        (
            {"players": [SAM], "regions": {"bench": [[[0, 0], [1, 0], [0, 640]]]}},
            ["regions.bench[0][2][1] is 640", "0 to 1"],
        ),
        ({"players": [SAM], "periods": [[10, 5]]}, ["periods[0] is [10, 5]", "end after the start"]),
        ({"players": [SAM], "periods": [[0, 50], [40, 90]]}, ["periods[1]", "after the period before"]),
        ({"players": [SAM], "preset": "tv"}, ['preset is "tv"', "fixed_wide"]),
        ({"players": [SAM], "roster": "17"}, ['roster is "17"', "a list of numbers"]),
        ({"players": [SAM], "roster": [17, "x"]}, ['roster[1] is "x"', "one or two digits"]),
        ({"players": [SAM], "roster": [170]}, ["roster[0] is 170", "one or two digits"]),
        (
            {"players": [SAM], "roster": [10**5000]},
            ["roster[0] is a number that is far too long", "one or two digits"],
        ),
        ({"players": [SAM], "roster": [True]}, ["roster[0] is true", "one or two digits"]),
        ({"players": [SAM], "roster": [{"name": "Ali"}]}, ["roster[0].number is null", "digits"]),
        ({"players": [SAM], "roster": [{"number": 9, "nr": 1}]}, ["roster[0].nr (value 1)", "name"]),
        ({"players": [SAM], "roster": ["7", {"number": "07"}]}, ["roster[1]", "each number once"]),
        ({"players": [SAM], "roster": [*range(100), 5]}, ["roster has 101 entries", "100"]),
        ({"players": [SAM], "reel": "yes"}, ['reel is "yes"', "true or false"]),
    ],
)
def test_what_is_wrong_is_named_with_key_value_and_what_is_allowed(data, parts):
    sentence = refusal(data)
    for part in parts:
        assert part in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "not valid JSON"),
        ('{"players": [}', "line 1, column 14"),
        ("[1, 2]", "the setup is [1, 2]"),
        ('{"players": [{}], "pre_roll": NaN}', "NaN is not a number"),
        ('{"players": [{}], "reel": true, "reel": false}', "reel appears twice"),
        ("[" * 100_000, "nested too deeply"),
        ('{"players": [{}], "pre_roll": 1' + "0" * 5000 + "}", "far too long"),
        ('{"players": [{"name": "\\ud800"}]}', "one line of text"),
    ],
)
def test_a_file_that_is_no_setup_is_refused_by_name(tmp_path, text, part):
    sentence = refusal(written(tmp_path, text))
    assert sentence.startswith("In setup.json: ")
    assert part in sentence


def test_missing_unreadable_and_binary_files_are_refused(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.json")
    assert "cannot be read" in refusal(tmp_path)
    binary = tmp_path / "film.json"
    binary.write_bytes(b"\x00\x00\x00\x18ftypmp42\xff\xfe")
    assert "not a text file" in refusal(binary)


def test_a_byte_order_mark_is_no_error(tmp_path):
    path = tmp_path / "setup.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"players": [SAM]}).encode())
    assert read_setup(path).players[0].name == "Sam"


unit = st.floats(0, 1)
placed = st.builds(lambda t, x, y: {"t": t / 1000, "x": x, "y": y}, st.integers(0, 3_600_000), unit, unit)
players = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text("Sam Øü", max_size=10),
        "number": st.integers(0, 999).map(str),
        "jersey_color": st.integers(0, 2**24 - 1).map(lambda n: f"#{n:06X}"),
        "clicks": st.lists(placed, max_size=4),
        "not": st.lists(placed, max_size=2),
        "off_ice": st.lists(st.builds(lambda t: {"t": t / 1000}, st.integers(0, 3_600_000)), max_size=2),
    },
)
polygons = st.lists(st.tuples(unit, unit).map(list), min_size=3, max_size=5)
setups = st.fixed_dictionaries(
    {"players": st.lists(players, min_size=1, max_size=3)},
    optional={
        "preset": st.sampled_from(["fixed_wide", "phone"]),
        "regions": st.fixed_dictionaries(
            {}, optional={"rink": polygons, "bench": st.lists(polygons, max_size=2)}
        ),
        "periods": st.just([[0.0, 20.0], [20.5, 40.25]]),
        "roster": st.lists(st.integers(0, 99), max_size=4, unique=True),
        "pre_roll": st.floats(0, 60),
        "overlay": st.booleans(),
    },
)


@settings(derandomize=True, deadline=None)
@given(setups)
def test_any_setup_is_the_same_after_writing_and_reading(data):
    setup = read_setup(data)
    document = json.loads(json.dumps(write_setup(setup)))
    assert read_setup(document) == setup


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(["players", "regions", "periods", "preset", "pre_roll", "clicks", "rink_polygon"]),
        anything,
    )
)
def test_no_json_whatever_it_holds_gets_anything_but_a_setup_or_a_sentence(data):
    try:
        assert isinstance(read_setup(data), Setup)
    except UserError as error:
        assert str(error).endswith(".")


# The old server's


LEGACY = {
    "camera_mode": "tactical",
    "tracking_mode": "shift",
    "verify_mode": False,
    "player_number": "#17",
    "jersey_color": "#203524",
    "jersey_color_rgb": {"r": 32, "g": 53, "b": 36},
    "opponent_color": "#ffffff",
    "extend_sec": 1.5,
    "clicks": [{"t": 12.4, "x": 0.41, "y": 0.63}],
    "clicks_count": 1,
    "polygon_coords_normalized": True,
    "rink_polygon": TRIANGLE,
    "bench_polygons": [TRIANGLE, []],
    "penalty_polygons": [[], []],
    "debug_overlay": True,
    "generate_combined": False,
    "gap_merge_seconds": 12,
    "reid_weight": 0.65,
    "yolo_imgsz": 512,
}


def test_an_old_setup_is_translated_and_says_once_what_means_nothing_here():
    setup = read_setup(LEGACY)
    assert setup.players == (
        PlayerSetup("", "17", "#203524", (Click(Fraction("12.4"), ClickKind.IS, 0.41, 0.63),)),
    )
    assert setup.settings == load_preset("fixed_wide").settings.changed(
        {"pre_roll": 1.5, "post_roll": 1.5, "merge_gap": 12, "overlay": True, "reel": False}
    )
    corners = tuple((x, y) for x, y in TRIANGLE)
    assert setup.regions == Regions(rink=corners, bench=(corners,))
    assert setup.ignored == ("reid_weight", "yolo_imgsz")
    assert setup.stages is None


def test_the_old_verify_mode_stands_for_the_stages_before_the_clips():
    assert read_setup(LEGACY | {"verify_mode": True}).stages == ("ingest", "analyse", "identify")


def test_old_polygons_in_pixels_need_the_size_of_the_picture():
    data = LEGACY | {
        "polygon_coords_normalized": False,
        "rink_polygon": [[0, 0], [1280, 0], {"x": 640, "y": 360}],
        "bench_polygons": [],
    }
    assert "polygon_coords_normalized is false" in refusal(data)
    assert read_setup(data, picture_size=(1280, 720)).regions.rink == ((0, 0), (1, 0), (0.5, 0.5))


def test_an_old_mask_that_was_switched_off_is_left_out():
    assert read_setup(LEGACY | {"use_rink_mask": False}).regions.rink is None


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"camera_mode": "drone"}, 'camera_mode is "drone"'),
        ({"extend_sec": "long"}, 'extend_sec is "long"'),
        ({"clicks": [[1, 2, 3]]}, "clicks[0] is [1, 2, 3]"),
        ({"rink_polygon": [[0, 0], [1, 2], [1, 1]]}, "rink_polygon[0][1] is 2"),
        ({"jersey_color": "", "jersey_color_rgb": {"r": 300}}, "jersey_color_rgb.r is 300"),
    ],
)
def test_an_old_setup_is_checked_like_ours(change, part):
    assert part in refusal(LEGACY | change)


def test_old_keys_beside_players_are_refused():
    assert "extend_sec" in refusal({"players": [SAM], "extend_sec": 2})


# Against the film


def is_at(time, x=0.5, y=0.5):
    return Click(Fraction(time), ClickKind.IS, x, y)


def film_refusal(*players, periods=()):
    setup = Setup(players=players, periods=periods)
    with pytest.raises(UserError) as caught:
        check_against(setup, Fraction(60))
    return str(caught.value)


def test_marks_inside_the_film_that_agree_are_fine():
    sam = PlayerSetup(
        clicks=(
            is_at(0),
            is_at(10),
            is_at("10.01", 0.52),
            Click(Fraction(10), ClickKind.IS_NOT, 0.8, 0.5),
            Click(Fraction(30), ClickKind.OFF_ICE),
            is_at("59.999"),
        )
    )
    other = PlayerSetup(clicks=(is_at(10, 0.9),))
    check_against(Setup(players=(sam, other)), Fraction(60))


def test_a_click_after_the_end_of_the_film_is_named():
    assert film_refusal(PlayerSetup("Sam", clicks=(is_at(61),))) == (
        "The click of Sam at 61 s lies outside the film, which is 60 s long; remove it or correct its time."
    )
    sentence = film_refusal(PlayerSetup(clicks=(Click(Fraction(60), ClickKind.OFF_ICE),)))
    assert sentence.startswith("The off-ice mark of the player at 60 s lies outside")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (is_at(10, 0.2), is_at(10, 0.8)),
        (is_at(10), Click(Fraction("10.005"), ClickKind.IS_NOT, 0.5, 0.5)),
        (is_at(10), Click(Fraction(10), ClickKind.OFF_ICE)),
    ],
)
def test_two_marks_that_contradict_each_other_are_both_named(first, second):
    for clicks in ((first, second), (second, first)):
        sentence = film_refusal(PlayerSetup("Sam", clicks=clicks))
        assert "contradict each other" in sentence
        assert "10 s" in sentence and "of Sam" in sentence


def test_two_players_cannot_be_one_person():
    sentence = film_refusal(
        PlayerSetup("Sam", clicks=(is_at(10),)), PlayerSetup("Ali", clicks=(is_at("10.01"),))
    )
    assert "Sam" in sentence and "Ali" in sentence and "same person" in sentence


def test_a_period_after_the_end_of_the_film_is_named():
    sentence = film_refusal(PlayerSetup(), periods=((Fraction(70), Fraction(80)),))
    assert "period from 70 s to 80 s" in sentence
