"""What a command did otherwise than asked is told on stderr, one line each; results.json keeps its shape."""

import json
from fractions import Fraction

import pytest

from shiftclipper.cli import run_command_line
from shiftclipper.jobs.cut_off import cut_off_remark
from shiftclipper.jobs.rows import NewShift
from shiftclipper.jobs.setup import Click, ClickKind, PlayerSetup
from shiftclipper.jobs.store import Store
from shiftclipper.media.encoders import list_encoders
from shiftclipper.media.ffmpeg import locate
from tests.made_game import FIRST, analysed_job, sam, setup_of
from tests.media_corpus import Corpus

pytestmark = pytest.mark.xdist_group("media")

NOBODY = Click(Fraction(65), ClickKind.IS, 0.9, 0.4)
"""At a moment when nobody is near."""
BESIDE = Click(Fraction(119), ClickKind.IS, 0.5, 0.5)
"""Where nobody is, a few seconds after the player was seen last."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return Corpus(tmp_path_factory.getbasetemp() / "media-corpus", locate())


@pytest.fixture(scope="module")
def film(corpus):
    """A film of a few seconds."""
    return corpus.path("cfr30")


def cut(film, folder, shifts, *options):
    table = folder / "shifts.csv"
    table.write_text("start,end\n" + shifts)
    return run_command_line(
        ["cut", str(film), "--shifts", str(table), "--out", str(folder / "out"), *options]
    )


def told(capsys):
    """Return the sentences on stderr."""
    return sentences(capsys.readouterr().err)


def sentences(text):
    """Return the lines that are no progress."""
    return [line for line in text.splitlines() if line.endswith(".")]


def long_film(path, *options):
    """Make twenty seconds of film, and leave a third of the file, as an interrupted download does."""
    source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=20"]
    locate().run([*source, "-c:v", "libx264", "-g", "25", *options, "-y", str(path)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    return path


def identified(folder, *players):
    """Make an analysed job of some players, and return its id."""
    with Store(folder / "data") as store:
        return analysed_job(store, setup_of(*players))


def identify(folder, job):
    options = ["run", "--resume", job, "--stages", "identify", "--json"]
    return run_command_line(["--data-dir", str(folder / "data"), *options])


def test_a_shift_that_ends_after_the_film_is_shortened_and_named(film, tmp_path, capsys):
    assert cut(film, tmp_path, "0.5,1\n1,99\n", "--encoder", "libx264") == 0
    [line] = told(capsys)
    assert line.startswith("shifts.csv: shift 2 ends at 1:39.000, after the film; its clip ends")


def test_shifts_inside_the_film_need_no_word(film, tmp_path, capsys):
    assert cut(film, tmp_path, "0.5,1\n", "--encoder", "libx264") == 0
    assert told(capsys) == []


def test_an_encoder_that_does_not_work_here_is_replaced_and_both_are_named(film, tmp_path, capsys):
    trials = [one for one in list_encoders(locate(), size=(320, 180)) if one.hardware and not one.works]
    if not trials:
        pytest.skip("every encoder works on this machine")
    missing = trials[0].name
    assert cut(film, tmp_path, "0.5,1\n", "--encoder", missing) == 0
    assert told(capsys) == [f"The encoder {missing} does not work on this machine; libx264 is used instead."]


@pytest.mark.parametrize(("name", "options"), [("half.mp4", ("-movflags", "+faststart")), ("half.mkv", ())])
def test_a_film_that_is_cut_off_is_named_and_what_is_there_is_cut(tmp_path, capsys, name, options):
    film = long_film(tmp_path / name, *options)
    assert cut(film, tmp_path, "0.5,1\n", "--encoder", "libx264") == 0
    [line] = told(capsys)
    assert line.startswith(f"{name} is cut off: it should be 0:20 long, but its pictures end at 0:0")
    assert len(list((tmp_path / "out").glob("*.mp4"))) == 1


def test_a_job_on_a_film_that_is_cut_off_says_so_and_goes_on(tmp_path, capsys):
    film = long_film(tmp_path / "half.mp4", "-movflags", "+faststart")
    setup = tmp_path / "setup.json"
    setup.write_text(json.dumps({"players": [{"name": "Sam"}], "proxy": False}))
    arguments = [
        "run",
        str(film),
        "--setup",
        str(setup),
        "--out",
        str(tmp_path / "out"),
        "--stages",
        "ingest",
    ]
    assert run_command_line(["--data-dir", str(tmp_path / "data"), *arguments]) == 0
    [line] = [line for line in told(capsys) if "cut off" in line]
    assert line.startswith("half.mp4 is cut off: it should be 0:20 long")


def test_whole_films_of_every_kind_are_not_called_cut_off(corpus):
    for kind in (
        "cfr30",
        "film23976_mkv",
        "vfr",
        "vfr_mkv",
        "late_start_mkv",
        "short_audio",
        "edit_list",
        "avi",
    ):
        found = corpus.probe(kind)
        assert cut_off_remark(found, found.index.duration_seconds) is None, kind


def test_a_player_without_a_click_is_named_with_what_to_do(tmp_path, capsys):
    job = identified(tmp_path, PlayerSetup("Ali", "9"))
    assert identify(tmp_path, job) == 0
    out, err = capsys.readouterr()
    [line] = sentences(err)
    assert line == (
        "Ali was never clicked on, so no shift of his can be found; click on him in the picture, or add a "
        "click to the setup."
    )
    assert json.loads(out)["perf"]["identify"]["notes"] == [line]


def test_a_click_on_nobody_is_told_with_its_time_and_the_shift_says_so_too(tmp_path, capsys):
    job = identified(tmp_path, sam(FIRST, BESIDE))
    assert identify(tmp_path, job) == 0
    out, err = capsys.readouterr()
    assert sentences(err) == ["Nobody was found where you clicked at 1:59.0."]
    results = json.loads(out)
    texts = [[term["text"] for term in one["evidence"]["terms"]] for one in results["shifts"]]
    seen, unseen = (next(text for text in texts if moment in text[0]) for moment in ("0:20.0", "1:59.0"))
    assert unseen[0] == "you clicked on him at 1:59.0, but nobody was seen where you clicked"
    assert seen[0] == "you clicked on him at 0:20.0"
    terms = [term for one in results["shifts"] for term in one["evidence"]["terms"]]
    assert {tuple(term) for term in terms} == {("text", "log_odds")}


def test_a_click_with_nobody_near_is_told_and_the_shifts_are_found_all_the_same(tmp_path, capsys):
    job = identified(tmp_path, sam(FIRST, NOBODY))
    assert identify(tmp_path, job) == 0
    out, err = capsys.readouterr()
    assert sentences(err) == ["Nobody was found where you clicked at 1:05.0."]
    [shift] = json.loads(out)["shifts"]
    assert (shift["start"], shift["end"]) == (pytest.approx(10, abs=1), pytest.approx(40, abs=1))


def test_a_job_of_before_keeps_the_sentences_that_it_was_told_in(tmp_path, capsys):
    with Store(tmp_path / "data") as store:
        job = analysed_job(store, setup_of(sam(FIRST)))
        store.set_stages(job, ("ingest", "analyse", "identify"))
        store.queue(job)
        run = store.claim(job)
        run.start_stage("identify", "of before")
        evidence = ({"text": "you clicked on him at 0:20.0", "log_odds": 4.0},)
        run.replace_shifts(store.players(job)[0].id, [NewShift(10, 40, 0.9, "gate", "gate", evidence)])
        run.finish_stage("identify", {"notes": ["Nobody was found where you clicked at 1:05.0."]})
        run.finish()
    assert run_command_line(["--data-dir", str(tmp_path / "data"), "results", job, "--json"]) == 0
    results = json.loads(capsys.readouterr().out)
    assert results["perf"]["identify"]["notes"] == ["Nobody was found where you clicked at 1:05.0."]
    assert results["shifts"][0]["evidence"]["terms"] == list(evidence)


def test_results_json_has_no_other_key_for_it(tmp_path, capsys):
    documents = []
    for number, players in enumerate([(sam(FIRST),), (sam(FIRST, NOBODY),)]):
        folder = tmp_path / str(number)
        assert identify(folder, identified(folder, *players)) == 0
        documents.append(json.loads(capsys.readouterr().out))
    plain, noted = documents
    assert plain.keys() == noted.keys()
    assert "notes" not in plain["perf"]["identify"]
