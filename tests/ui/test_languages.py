"""German, French and Swedish: every text of the window is in the catalogues, and they are what is shown."""

import re
import shutil

import pytest

from shiftclipper.jobs.kept_remarks import placeholders, sentence
from shiftclipper.jobs.remark_words import ENGLISH
from shiftclipper.jobs.store import Store
from shiftclipper.remarks import Remark
from shiftclipper.ui import words
from shiftclipper.ui.language import Language, chosen_language
from shiftclipper.ui.remark_words import remark_words
from shiftclipper.ui.steps import Step
from tests.made_game import FIRST, SECOND, analysed_job, sam, setup_of
from tests.ui.catalogues import LANGUAGES, build, built_file, extract, source_file, texts
from tests.ui.conftest import PATIENCE
from tests.ui.looks import cut_off
from tests.ui.made_jobs import Clock, one_of_each

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (propagateSizeHints|raise)")

_PLACEHOLDER = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def in_code(tmp_path_factory):
    """The texts of the code, by context."""
    fresh = tmp_path_factory.mktemp("texts") / "fresh.ts"
    extract(fresh, "de")
    return {(text.context, text.source) for text in texts(fresh)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_window_is_translated(language, in_code):
    catalogue = {(text.context, text.source): text for text in texts(source_file(language))}
    missing = sorted(in_code - {key for key, text in catalogue.items() if text.finished})
    assert missing == [], "run `python -m tests.ui.catalogues` and translate what it lists"
    assert sorted(set(catalogue) - in_code) == [], "run `python -m tests.ui.catalogues`"


@pytest.mark.parametrize(("language", "other_words"), [("de", r"film|aufnahme"), ("sv", r"video|inspelning")])
def test_the_film_of_a_game_and_the_reel_have_one_word_each(language, other_words):
    for text in texts(source_file(language)):
        said = text.translation.replace("gefilmt", "")
        assert not re.search(other_words, said, re.IGNORECASE), text
        assert ("reel" in said.lower()) == bool(re.search(r"\breel", text.source, re.IGNORECASE)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_blanks_and_marks_are_those_of_the_text(language):
    for text in texts(source_file(language)):
        placeholders = [sorted(_PLACEHOLDER.findall(said)) for said in (text.source, text.translation)]
        assert placeholders[0] == placeholders[1], text
        assert text.source[:1].isspace() == text.translation[:1].isspace(), text
        assert text.source.endswith(".") == text.translation.endswith("."), text
        assert "!" not in text.translation, text
        # Catalogues without forms for numbers give such a text for one thing only.
        assert "%n" not in text.source, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_told_of_shifts_and_of_the_work_has_words_in_the_language(qapp, language):
    spoken = Language(qapp, language)
    try:
        for key, words_in_english in ENGLISH.items():
            remark = Remark(key, {name: f"<{name}>" for name in placeholders(words_in_english)})
            assert remark_words(remark) != sentence(remark), key
            assert all(str(value) in remark_words(remark) for value in remark.values.values()), key
        gone = remark_words(Remark("out-of-sight", {"seconds": 7.5, "time": 112.0}))
        assert "7,5 s" in gone and "1:52.0" in gone
    finally:
        spoken.remove()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_built_of_what_people_edit(language, tmp_path):
    catalogue = shutil.copy(source_file(language), tmp_path)
    build(tmp_path / source_file(language).name, tmp_path / "built.qm")
    assert catalogue and (tmp_path / "built.qm").read_bytes() == built_file(language).read_bytes(), (
        "run `python -m tests.ui.catalogues`"
    )


@pytest.mark.parametrize(
    ("preferred", "system", "shown"),
    [
        ("system", ["de-CH", "de", "en"], "de"),
        ("system", ["sv_SE"], "sv"),
        ("system", ["fi-FI", "fr-FR"], "fr"),
        ("system", ["fi-FI"], "en"),
        ("system", [], "en"),
        ("system", ["en-GB", "de"], "en"),
        ("fr", ["de-DE"], "fr"),
        ("en", ["de-DE"], "en"),
    ],
)
def test_the_language_is_the_preferred_one_or_the_systems(preferred, system, shown):
    assert chosen_language(preferred, system) == shown


@pytest.mark.parametrize(
    ("language", "steps", "status", "export", "counted"),
    [
        ("de", "Schritt 1 von 4: Ablegen", "Fertig", "Noch einmal exportieren", ("22 Einsätze", "4 Minuten")),
        ("fr", "Étape 1 sur 4 : Déposer", "Terminé", "Exporter de nouveau", ("22 présences", "4 minutes")),
        ("sv", "Steg 1 av 4: Släpp", "Klar", "Exportera igen", ("22 byten", "4 minuter")),
    ],
)
def test_the_window_speaks_the_language_and_cuts_nothing_off(
    open_desk, qtbot, tmp_path, language, steps, status, export, counted
):
    with Store(tmp_path / "data") as store:
        store.preferences.change(language=language)
    desk = open_desk(tmp_path / "data")
    desk.session.runner.quit()
    assert desk.window.steps.accessibleName() == steps
    ids = one_of_each(desk.store, Clock(), tmp_path)
    qtbot.waitUntil(lambda: len(desk.listed()) == len(ids), timeout=PATIENCE)
    desk.window.choose(ids["done"])
    assert desk.window.jobs.entry(ids["done"]).status_line == status
    assert (words.shifts_words(22), words.duration_words(240)) == counted
    (desk.store.job(ids["done"]).out_dir / "reel.mp4").unlink()
    desk.window.show_export()
    panel = desk.window.parts.export
    assert panel.export_button.text() == export
    panel.more_button.setChecked(True)
    qtbot.waitUntil(lambda: panel.is_idle, timeout=3 * PATIENCE)
    desk.window.resize(1024, 680)
    desk.window.parts.show_preferences()
    desk.window.parts.show_help()
    preferences = desk.window.parts.preferences_window
    qtbot.waitUntil(lambda: preferences._trials.is_idle, timeout=3 * PATIENCE)
    parts = (panel.widget(), preferences, desk.window.parts.help_sheet)
    # What wraps gets its height a few rounds of events after its width.
    qtbot.waitUntil(lambda: not any(map(cut_off, parts)), timeout=PATIENCE)
    body, viewport = panel.widget(), panel.viewport()
    qtbot.waitUntil(lambda: body.minimumSizeHint().width() <= viewport.width(), timeout=PATIENCE)
    desk.session.close()
    assert desk.window.tr("Games") == "Games"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_beside_the_picture_is_cut_off_in_the_smallest_window(open_desk, qtbot, tmp_path, language):
    with Store(tmp_path / "data") as store:
        store.preferences.change(language=language)
    desk = open_desk(tmp_path / "data")
    desk.session.runner.quit()
    jobs = [analysed_job(desk.store, setup) for setup in (setup_of(sam(FIRST, SECOND)), setup_of())]
    qtbot.waitUntil(lambda: set(desk.listed()) == set(jobs), timeout=PATIENCE)
    desk.window.resize(1024, 680)
    for job in jobs:
        desk.window.choose(job)
        desk.window.steps.step_chosen.emit(Step.PICK)
        qtbot.waitUntil(lambda: desk.window.is_idle and desk.window.pick_panel.isVisible(), timeout=PATIENCE)
        qtbot.waitUntil(lambda: not cut_off(desk.window.player_panel), timeout=PATIENCE)
