"""The files of a sample game, made by a real ffmpeg."""

import json
import threading

import av
import numpy as np
import pytest

from shiftclipper.errors import Cancelled, UserError
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.probe import probe
from shiftclipper.sample import Game, write_sample

SIZE = (640, 360)


@pytest.mark.parametrize("camera", ["fixed", "pan"])
def test_a_sample_is_a_video_with_sound_its_truth_and_a_setup(tmp_path, camera):
    times = []

    made = write_sample(
        tmp_path / "my game.v2.mp4",
        seconds=5,
        seed=5,
        camera=camera,
        size=SIZE,
        ffmpeg=locate(),
        on_progress=times.append,
    )

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "my game.v2.mp4",
        "my game.v2.setup.json",
        "my game.v2.truth.json",
    ]
    found = probe(made.video)
    assert found.size == SIZE
    assert found.fps == 30
    assert found.has_audio
    assert abs(found.duration - 5) < 0.1
    assert times == sorted(times)
    assert times[-1] > 4
    game = Game(seed=5, seconds=5, camera=camera, size=SIZE)
    with av.open(str(made.video)) as container:
        frames = [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]
    assert len(frames) == 150
    for i in (0, 70, 149):
        assert np.abs(frames[i].astype(int) - game.frame(i)).mean() < 6
    assert json.loads(made.truth.read_text()) == json.loads(json.dumps(game.truth()))
    assert json.loads(made.setup.read_text()) == json.loads(json.dumps(game.setup()))
    assert made.shares["overlapped"] == game.shares()["overlapped"]


def test_a_stopped_sample_leaves_nothing(tmp_path):
    stop = threading.Event()

    with pytest.raises(Cancelled):
        write_sample(
            tmp_path / "game.mp4",
            seconds=60,
            size=SIZE,
            ffmpeg=locate(),
            stop=stop,
            on_progress=lambda done: stop.set(),
        )

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["game.avi", "game", "nowhere/game.mp4"])
def test_a_name_that_cannot_be_written_is_refused_before_anything_is_drawn(tmp_path, name):
    with pytest.raises(UserError):
        write_sample(tmp_path / name, ffmpeg=locate())

    assert list(tmp_path.iterdir()) == []
