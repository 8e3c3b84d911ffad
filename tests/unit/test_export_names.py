"""File names are accepted by three systems, never collide, and say what the pattern asks for."""

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.errors import UserError
from shiftclipper.export.clips import ShiftToCut, plan_clips
from shiftclipper.export.names import (
    MAX_LENGTH,
    PLACEHOLDERS,
    NameParts,
    checked_pattern,
    name_key,
    name_of,
    safe_name,
    unique_name,
)

any_text = st.text(max_size=60)
patterns = st.lists(
    st.one_of(st.sampled_from([f"{{{name}}}" for name in PLACEHOLDERS]), st.text(max_size=15)), max_size=12
).map("".join)


def assert_all_systems_take(name):
    assert name
    assert len(name.encode()) <= MAX_LENGTH
    assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
    assert not any(unicodedata.category(letter).startswith("C") for letter in name)
    assert name[-1] not in " ." and name[0] not in " .-"
    assert name.split(".")[0].strip().lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9", "com¹"}


@given(st.text(max_size=400))
def test_any_text_becomes_a_name_that_all_systems_take(text):
    name = safe_name(text)

    assert_all_systems_take(name)
    assert safe_name(name) == name


@given(patterns, any_text, any_text, any_text, st.integers(0, 400_000))
def test_any_pattern_gives_a_name_or_says_what_it_does_not_know(pattern, player, game, number, start):
    parts = NameParts("shift 01", Fraction(start, 7), player, number, game, "2026-11-21", "period 2")
    try:
        checked_pattern(pattern)
    except UserError as error:
        assert "means nothing here" in str(error) and "{player}" in str(error)
        return
    assert_all_systems_take(name_of(pattern, parts))


@given(
    st.lists(st.tuples(any_text, st.integers(0, 5000)), min_size=2, max_size=30),
    patterns.map(lambda p: p[:80]),
)
def test_the_names_of_a_game_are_all_different_on_every_system(shifts, pattern):
    try:
        checked_pattern(pattern)
    except UserError:
        pattern = "{player}"
    plans = plan_clips(
        [ShiftToCut(1, Fraction(start), Fraction(start + 40), player) for player, start in shifts],
        duration=Fraction(6000),
        pre_roll=Fraction(2),
        post_roll=Fraction(2),
        names=pattern,
        game="x" * 300,
    )
    names = [plan.file_name for plan in plans]
    assert len(names) == len(shifts)
    for name in names:
        assert_all_systems_take(name)
        assert name.endswith(".mp4")
    for form in ("NFC", "NFD", "NFKC"):
        seen = {unicodedata.normalize(form, name_key(name)) for name in names}
        assert form == "NFKC" or len(seen) == len(names)


def test_a_pattern_says_all_that_is_known_of_a_shift():
    parts = NameParts("shift 03", Fraction(245), "Sam 17", "17", "Sat vs HC", "2026-11-21", "period 2")
    pattern = "{date} {game} - {player} #{number} {period} {shift} {start}"
    assert name_of(pattern, parts) == "2026-11-21 Sat vs HC - Sam 17 #17 period 2 shift 03 4.05"
    assert name_of("{time}", parts) == name_of("{start}", parts) == "4.05"


def test_what_is_not_known_leaves_no_gap():
    parts = NameParts("shift 03", Fraction(245))
    assert name_of("{game} - {player} - {period} {shift}", parts) == "shift 03"
    assert name_of("{shift} - {player} ({time})", parts) == "shift 03 (4.05)"


def test_an_unknown_placeholder_is_named_with_those_that_are_known():
    with pytest.raises(
        UserError, match=r"\{nobody\}, \{\}, which means nothing here; use \{player\}, \{number\}"
    ):
        checked_pattern("{player} {nobody} {} {nobody}")
    assert checked_pattern("half { of it") == "half { of it"


def test_reserved_windows_names_are_changed():
    assert safe_name("CON") == "_CON"
    assert safe_name("com1.shift") == "_com1.shift"
    assert safe_name("con .shift") == "_con .shift"
    assert safe_name("COM²") == "_COM²"


def test_ordinary_names_stay_as_they_are():
    assert safe_name("Åsa #17 shift 03 4.05") == "Åsa #17 shift 03 4.05"


def test_a_taken_name_gets_a_counter_whatever_its_case():
    taken = {"sam.mp4", "sam (2).mp4"}
    assert unique_name("SAM", ".mp4", taken) == "SAM (3).mp4"


def test_a_counter_fits_into_the_longest_name():
    first = unique_name("é" * 200, ".mp4", set())
    second = unique_name("é" * 200, ".mp4", {name_key(first)})
    assert len(first.encode()) <= MAX_LENGTH and len(second.encode()) <= MAX_LENGTH
    assert second.endswith(" (2).mp4") and first != second
