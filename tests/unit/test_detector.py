"""The detector finds people in frames of any size, and says so when its file is no good."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from shiftclipper.errors import UserError
from shiftclipper.vision.detector import Detector, fit_into


def save(path, inputs, outputs, nodes, weights=()):
    graph = helper.make_graph(nodes, "fake", inputs, outputs, list(weights))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
    return path


def floats(name, array):
    array = np.asarray(array, np.float32)
    return helper.make_tensor(name, TensorProto.FLOAT, array.shape, array.ravel())


def whole(name, values):
    return helper.make_tensor(name, TensorProto.INT64, [len(values)], values)


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


@pytest.fixture
def bright_spots(tmp_path):
    """A file of the program's own layout that sees a person at every bright cell of 4 pixels."""
    frames = value("frames", TensorProto.UINT8, ["batch", "height", "width", 3])
    maps = value("maps", TensorProto.FLOAT, ["batch", 5, "rows", "columns"])
    nodes = [
        helper.make_node("Cast", ["frames"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["numbers"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("AveragePool", ["planes"], ["cells"], kernel_shape=[4, 4], strides=[4, 4]),
        helper.make_node("Conv", ["cells", "kernel", "bias"], ["maps"]),
    ]
    kernel = np.zeros((5, 3, 1, 1))
    kernel[0, 0] = 1 / 255
    weights = [floats("kernel", kernel), floats("bias", [-0.5, 0, 0, 16, 32])]
    return save(tmp_path / "spots.onnx", [frames], [maps], nodes, weights)


def frame_with_spot(width, height, x, y, side):
    frame = np.zeros((height, width, 3), np.uint8)
    frame[y : y + side, x : x + side] = 255
    return frame


@pytest.mark.parametrize(
    ("width", "height"), [(1280, 704), (1920, 1080), (640, 352), (320, 180), (720, 1280)]
)
def test_boxes_come_back_in_pixels_of_the_frame(bright_spots, width, height):
    detector = Detector.load(bright_spots, input_size=(640, 352))
    side = max(width // 80, height // 44, 4)
    frame = frame_with_spot(width, height, width // 2, height // 2, side)
    found = detector.detect(frame)
    assert found.dtype == np.float32
    centre = (found[0, :2] + found[0, 2:4]) / 2
    middle = np.array([width, height]) // 2 + side / 2
    assert np.abs(centre - middle).max() <= side
    scale = min(640 / width, 352 / height)
    assert found[0, 3] - found[0, 1] == pytest.approx(32 / scale, rel=0.05)


def test_detections_come_best_first(bright_spots):
    frame = frame_with_spot(640, 352, 100, 100, 4)
    frame[200:204, 300:304] = 200
    scores = Detector.load(bright_spots).detect(frame)[:, 4]
    assert scores.tolist() == pytest.approx([0.5, 200 / 255 - 0.5], abs=0.02)


def test_a_higher_least_score_leaves_out_the_unsure_and_nothing_else(bright_spots):
    frame = frame_with_spot(640, 352, 100, 100, 4)
    frame[200:204, 300:304] = 200
    frame[100:104, 108:112] = 190
    detector = Detector.load(bright_spots)
    everybody = detector.detect(frame)
    sure = detector.detect_batch([frame], least_score=0.26)[0]
    assert len(sure) < len(everybody)
    assert sure.tolist() == everybody[everybody[:, 4] >= 0.26].tolist()


def test_a_batch_gives_what_its_frames_give_one_by_one(bright_spots):
    detector = Detector.load(bright_spots)
    frames = [frame_with_spot(900, 500, 100 * k, 90, 12) for k in range(1, 5)]
    together = detector.detect_batch(frames)
    assert len(together) == 4
    for frame, found in zip(frames, together, strict=True):
        assert found.tolist() == detector.detect(frame).tolist()


def test_no_frames_give_no_answers(bright_spots):
    assert Detector.load(bright_spots).detect_batch([]) == []


def test_a_frame_at_the_advised_size_is_not_scaled(bright_spots):
    detector = Detector.load(bright_spots, input_size=(960, 544))
    size = detector.frame_size((1920, 1080))
    assert size == (960, 540)
    assert fit_into(size, detector.input_size).scale == (1.0, 1.0)


def test_boxes_do_not_leave_the_frame(bright_spots):
    found = Detector.load(bright_spots).detect(frame_with_spot(640, 352, 0, 0, 4))
    assert found[0].tolist() == pytest.approx([0, 0, 10, 18, 0.5], abs=1e-3)


def test_a_yolox_file_with_a_fixed_size_is_run_at_that_size(tmp_path):
    cells = np.zeros((1, 21, 6), np.float32)
    cells[0, 5] = [32, 24, 16, 32, 0.9, 1.0]
    path = save(
        tmp_path / "yolox.onnx",
        [value("images", TensorProto.FLOAT, [1, 3, 32, 128])],
        [value("output", TensorProto.FLOAT, [1, 84, 6])],
        [
            helper.make_node("ReduceMean", ["images"], ["mean"], keepdims=0),
            helper.make_node("Mul", ["mean", "none"], ["zero"]),
            helper.make_node("Add", ["cells", "zero"], ["output"]),
        ],
        [floats("cells", np.tile(cells, (1, 4, 1))), floats("none", [0.0])],
    )
    detector = Detector.load(path, input_size=(640, 352))
    assert detector.input_size == (128, 32)
    assert detector.layout == "YOLOX"
    found = detector.detect_batch([np.zeros((64, 256, 3), np.uint8)] * 2)
    for boxes in found:
        assert boxes == pytest.approx(np.array([[48, 16, 80, 64, 0.9]]), abs=1e-4)


def test_a_d_fine_file_is_given_its_second_input(tmp_path):
    """The fake answers one box that covers the left half of the size it is told."""
    path = save(
        tmp_path / "dfine.onnx",
        [
            value("images", TensorProto.FLOAT, ["N", 3, 64, 64]),
            value("orig_target_sizes", TensorProto.INT64, ["N", 2]),
        ],
        [
            value("labels", TensorProto.INT64, ["N", 1]),
            value("boxes", TensorProto.FLOAT, ["N", 1, 4]),
            value("scores", TensorProto.FLOAT, ["N", 1]),
        ],
        [
            helper.make_node("Cast", ["orig_target_sizes"], ["sizes"], to=TensorProto.FLOAT),
            helper.make_node("Concat", ["sizes", "sizes"], ["twice"], axis=1),
            helper.make_node("Mul", ["twice", "half"], ["corners"]),
            helper.make_node("Unsqueeze", ["corners", "one"], ["boxes"]),
            helper.make_node("ReduceMax", ["images"], ["peak"], axes=[1, 2, 3], keepdims=0),
            helper.make_node("Unsqueeze", ["peak", "one"], ["scores"]),
            helper.make_node("Cast", ["scores"], ["scores_whole"], to=TensorProto.INT64),
            helper.make_node("Sub", ["scores_whole", "scores_whole"], ["labels"]),
        ],
        [floats("half", [0, 0, 0.5, 1.0]), whole("one", [1])],
    )
    detector = Detector.load(path)
    assert detector.layout == "D-FINE / RT-DETR"
    found = detector.detect(np.full((640, 640, 3), 51, np.uint8))
    assert found == pytest.approx(np.array([[0, 0, 320, 640, 0.2]]), abs=1e-4)


def test_an_onnx_file_that_is_no_detector_is_refused_by_name(tmp_path):
    path = save(
        tmp_path / "half.onnx",
        [value("images", TensorProto.FLOAT, [1, 3, 32, 32])],
        [value("out", TensorProto.FLOAT, [1, 3, 32, 32])],
        [helper.make_node("Relu", ["images"], ["out"])],
    )
    with pytest.raises(UserError, match=r"half\.onnx is not a detector"):
        Detector.load(path)


def test_a_file_that_is_not_onnx_is_refused_by_name(tmp_path):
    path = tmp_path / "notes.onnx"
    path.write_text("nothing to see")
    with pytest.raises(UserError, match=r"notes\.onnx is not an ONNX file"):
        Detector.load(path)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(UserError, match=r"no detector at .*gone\.onnx"):
        Detector.load(tmp_path / "gone.onnx")


@pytest.mark.parametrize("size", [(640, 350), (0, 352), (-32, 32)])
def test_an_input_size_that_the_network_cannot_take_is_refused(bright_spots, size):
    with pytest.raises(UserError, match="multiples of 32"):
        Detector.load(bright_spots, input_size=size)
