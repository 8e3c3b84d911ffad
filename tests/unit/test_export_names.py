"""File names are accepted by three systems and never collide."""

from hypothesis import given
from hypothesis import strategies as st

from shiftclipper.export.names import MAX_LENGTH, safe_name, unique_name


@given(st.text(max_size=400))
def test_any_text_becomes_a_name_that_all_systems_take(text):
    name = safe_name(text)

    assert name
    assert len(name.encode()) <= MAX_LENGTH
    assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
    assert name[-1] not in " ." and name[0] not in " .-"
    assert safe_name(name) == name


def test_reserved_windows_names_are_changed():
    assert safe_name("CON") == "_CON"
    assert safe_name("com1.shift") == "_com1.shift"


def test_ordinary_names_stay_as_they_are():
    assert safe_name("Åsa #17 shift 03 4.05") == "Åsa #17 shift 03 4.05"


def test_a_taken_name_gets_a_counter_whatever_its_case():
    taken = {"sam.mp4", "sam (2).mp4"}
    assert unique_name("SAM", ".mp4", taken) == "SAM (3).mp4"
