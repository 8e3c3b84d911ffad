"""Settings keep their ranges, whoever sets them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shiftclipper.errors import UserError
from shiftclipper.jobs.settings import PRESETS, Settings, load_preset, settings_from_json


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_loads_and_names_itself_and_its_camera(name):
    preset = load_preset(name)
    assert preset.settings.preset == preset.settings.camera == name
    assert preset.title and preset.description.endswith(".")


def test_a_preset_that_does_not_exist_is_refused_with_the_ones_that_do():
    with pytest.raises(UserError, match=r'preset is "tv"; allowed is one of fixed_wide, panning'):
        load_preset("tv")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("pre_roll", 61, "pre_roll is 61; allowed is a number from 0 to 60 s."),
        ("pre_roll", "2", 'pre_roll is "2"; allowed is a number from 0 to 60 s.'),
        ("pre_roll", True, "pre_roll is true; allowed is a number from 0 to 60 s."),
        ("pre_roll", float("nan"), "pre_roll is NaN; allowed is a number from 0 to 60 s."),
        ("sample_rate", 0, "sample_rate is 0; allowed is a number from 1 to 30 Hz."),
        ("analysis_width", 640.5, "analysis_width is 640.5; allowed is a whole number from 0 to 3840 px."),
        ("reel", 1, "reel is 1; allowed is true or false."),
        ("cut_mode", "fast", 'cut_mode is "fast"; allowed is one of exact, smart, keyframe, auto.'),
        ("detector", 3, "detector is 3; allowed is text."),
        ("min_shift", 10**400, "min_shift is 1000"),
    ],
)
def test_a_wrong_value_is_refused_with_key_value_and_what_is_allowed(name, value, sentence):
    with pytest.raises(UserError) as caught:
        Settings().changed({name: value})
    assert str(caught.value).startswith(sentence)
    with pytest.raises(UserError):
        Settings(**{name: value})


def test_an_unknown_setting_is_refused_with_the_known_ones():
    with pytest.raises(UserError, match=r"job\.preroll \(value 2\) is not a key .* pre_roll"):
        Settings().changed({"preroll": 2}, where="job")


def test_every_setting_has_a_label_and_its_default_in_range():
    assert Settings() == Settings().changed(Settings().as_json())
    for spec in Settings.specs.values():
        assert spec.label
        assert spec.kind in (bool, str) or spec.minimum < spec.maximum


def in_range(spec):
    if spec.kind is bool:
        return st.booleans()
    if spec.kind is str:
        return st.sampled_from(spec.choices) if spec.choices else st.text("abc/.", max_size=20)
    if spec.kind is int:
        return st.integers(int(spec.minimum), int(spec.maximum))
    return st.floats(spec.minimum, spec.maximum)


@settings(derandomize=True, deadline=None)
@given(st.fixed_dictionaries({name: in_range(spec) for name, spec in Settings.specs.items()}))
def test_any_settings_in_range_come_back_from_json_as_they_were(values):
    chosen = Settings().changed(values)
    assert settings_from_json(json.dumps(chosen.as_json())) == chosen


def test_settings_of_an_older_program_get_what_is_new_from_their_preset():
    stored = json.dumps({"preset": "phone", "pre_roll": 4.0, "long_gone": 3})
    assert settings_from_json(stored) == load_preset("phone").settings.changed({"pre_roll": 4.0})


def test_formats_for_other_programs_are_named_in_any_order_or_as_a_list():
    assert Settings().files == ""
    assert Settings().changed({"files": "edl, otio,edl"}).files == "otio,edl"
    assert Settings().changed({"files": ["mot", "csv"]}).files == "csv,mot"
    assert Settings().changed({"files": ""}).files == ""
    for wrong in ("avi", ["otio", 3], 7, None, {"otio": True}):
        with pytest.raises(UserError, match=r"files is .*otio, fcpxml"):
            Settings().changed({"files": wrong})


def test_names_with_unknown_placeholders_are_refused_and_old_jobs_with_them_still_open():
    with pytest.raises(UserError, match=r"\{who\}, which means nothing here"):
        Settings().changed({"clip_names": "{who} {shift}"})
    stored = json.dumps({**Settings().as_json(), "clip_names": "{who} {shift}", "pre_roll": 4.0})
    assert settings_from_json(stored) == Settings().changed({"pre_roll": 4.0})
