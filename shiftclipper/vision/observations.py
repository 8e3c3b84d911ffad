"""What analysis keeps of one sampled picture, and its compact form for the database.

Tracklets are computed from these rows alone, so an analysis that was resumed gives the same
tracklets as one that was never disturbed. For that to hold, every value is rounded to what the
packed form can carry when it is made (`rounded`), not when it is packed.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from shiftclipper.tracklets import COLOUR_BINS, KIT_VALUES, ROLES
from shiftclipper.vision.keyframes import DESCRIPTOR, POINT_STEPS, Keyframe

_MAGIC = b"SCob"
_VERSION = 2
_HEADER = struct.Struct("<4sHHII")
"""Magic, version, colour bins, number of pictures, number of detections."""
_LENGTH = struct.Struct("<I")
"""Bytes of the deflated part."""
_PIXEL_STEPS = 8
"""Boxes are kept to one eighth of a pixel, which reaches pictures of 8191 pixels."""
_SHARPNESS_STEPS = 16
"""Sharpness is kept to one sixteenth of a grey level, up to 4095."""
KIT_STEPS = 100
"""What people wear is kept to one hundredth, from -1.27 to 1.27."""
ROLE_STEPS = 255
_LARGEST = np.iinfo(np.uint16).max


class UnreadableObservations(ValueError):
    """The bytes are not packed observations of a version this program knows."""


LEAST_MOVING = 0.2
"""Share of pictures with motion from which a camera moves; somebody may touch one that stands."""


class Glance(Protocol):
    """What is known of one sampled picture but for the people in it; see `FrameObservations`."""

    @property
    def time(self) -> float:
        """Seconds of game time."""

    @property
    def motion(self) -> NDArray[np.float64]:
        """(2, 3) similarity from the previous picture to this one."""

    @property
    def cut(self) -> bool:
        """Whether a new shot begins here."""

    @property
    def keyframe(self) -> Keyframe | None:
        """What the picture is recognised by."""


@dataclass(frozen=True, slots=True, eq=False)
class FrameObservations:
    """What was seen in one sampled picture."""

    time: float
    """Seconds of game time."""
    boxes: NDArray[np.float32]
    """(n, 4) x1 y1 x2 y2 in pixels of the displayed source picture."""
    scores: NDArray[np.float32]
    """(n,) detection scores, 0 to 1."""
    colours: NDArray[np.float32]
    """(n, COLOUR_BINS) torso histograms that sum to 1, or zeros where no torso was clear."""
    kit: NDArray[np.float32]
    """(n, KIT_VALUES) what they wear, or zeros where the box was too small."""
    roles: NDArray[np.float32]
    """(n, 3) probabilities of ROLES, or zeros when the detector does not tell."""
    sharpness: NDArray[np.float32]
    """(n,) steepness of the edges inside the box, in grey levels per pixel of the analysed picture."""
    motion: NDArray[np.float64]
    """(2, 3) similarity that maps the previous picture's source pixels onto this picture's."""
    cut: bool
    """Whether a new shot begins here; `motion` is the identity then."""
    keyframe: Keyframe | None = None
    """What the picture is recognised by; of a camera that moves, every second or so."""

    def __len__(self) -> int:
        """Return the number of detections."""
        return len(self.boxes)


def rounded(observations: FrameObservations) -> FrameObservations:
    """Round every value to what `pack_observations` keeps, so that packing loses nothing more."""
    return FrameObservations(
        time=float(observations.time),
        boxes=_from_steps(to_steps(observations.boxes, _PIXEL_STEPS), _PIXEL_STEPS),
        scores=_from_steps(to_steps(observations.scores, _LARGEST), _LARGEST),
        colours=_from_bytes(colours_to_bytes(observations.colours)),
        kit=_from_signed(kit_to_bytes(observations.kit)),
        roles=_from_steps(to_steps(observations.roles, ROLE_STEPS), ROLE_STEPS),
        sharpness=_from_steps(to_steps(observations.sharpness, _SHARPNESS_STEPS), _SHARPNESS_STEPS),
        motion=np.asarray(observations.motion, dtype=np.float64).reshape(2, 3),
        cut=bool(observations.cut),
        keyframe=_rounded_keyframe(observations.keyframe),
    )


def pack_observations(observations: Sequence[FrameObservations]) -> bytes:
    """Turn the observations of one chunk into bytes; about 30 bytes a detection.

    Layout (little endian): header, then deflated: times f8, motions f8 x 6, cuts u1, counts u2,
    and per detection boxes u2 x 4, scores u2, sharpness u2, colours u1 x COLOUR_BINS,
    kit i1 x KIT_VALUES, roles u1 x 3. Keyframes follow, not deflated: corners u2 of each picture, then
    per corner its point u2 x 2 and its description u1 x DESCRIPTOR.
    """
    counts = np.array([len(one) for one in observations], dtype="<u2")
    times = np.array([one.time for one in observations], dtype="<f8")
    motions = np.array([one.motion for one in observations], dtype="<f8").reshape(-1, 6)
    cuts = np.array([one.cut for one in observations], dtype="u1")
    boxes = np.concatenate([np.zeros((0, 4)), *(one.boxes for one in observations)])
    scores = np.concatenate([np.zeros(0), *(one.scores for one in observations)])
    sharpness = np.concatenate([np.zeros(0), *(one.sharpness for one in observations)])
    colours = np.concatenate([np.zeros((0, COLOUR_BINS)), *(one.colours for one in observations)])
    kit = np.concatenate([np.zeros((0, KIT_VALUES)), *(one.kit for one in observations)])
    roles = np.concatenate([np.zeros((0, len(ROLES))), *(one.roles for one in observations)])
    body = b"".join(
        part.tobytes()
        for part in (
            times,
            motions,
            cuts,
            counts,
            to_steps(boxes, _PIXEL_STEPS),
            to_steps(scores, _LARGEST),
            to_steps(sharpness, _SHARPNESS_STEPS),
            colours_to_bytes(colours),
            kit_to_bytes(kit),
            to_steps(roles, ROLE_STEPS).astype("u1"),
        )
    )
    header = _HEADER.pack(_MAGIC, _VERSION, COLOUR_BINS, len(observations), int(counts.sum()))
    deflated = zlib.compress(body, 6)
    return header + _LENGTH.pack(len(deflated)) + deflated + _pack_keyframes(observations)


def unpack_observations(packed: bytes) -> list[FrameObservations]:
    """Read back what `pack_observations` wrote.

    Raises:
        UnreadableObservations: when the bytes are damaged or of an unknown version; analyse again.
    """
    start = _HEADER.size + _LENGTH.size
    if len(packed) < start:
        raise UnreadableObservations("packed observations are too short")
    magic, version, bins, pictures, detections = _HEADER.unpack_from(packed)
    if magic != _MAGIC or version != _VERSION or bins != COLOUR_BINS:
        raise UnreadableObservations(f"unknown packed observations: {magic!r} {version} {bins}")
    end = start + _LENGTH.unpack_from(packed, _HEADER.size)[0]
    try:
        body = zlib.decompress(packed[start:end])
    except zlib.error as error:
        raise UnreadableObservations("packed observations are damaged") from error
    each = 8 + 2 + 2 + COLOUR_BINS + KIT_VALUES + len(ROLES)
    if len(body) != pictures * (8 + 48 + 1 + 2) + detections * each:
        raise UnreadableObservations("packed observations have the wrong length")
    offset = 0

    def take(kind: str, *shape: int) -> NDArray[np.generic]:
        nonlocal offset
        count = int(np.prod(shape))
        values = np.frombuffer(body, dtype=kind, count=count, offset=offset).reshape(shape)
        offset += values.nbytes
        return values

    times = take("<f8", pictures).astype(np.float64)
    motions = take("<f8", pictures, 2, 3).astype(np.float64)
    cuts = take("u1", pictures).astype(np.bool_)
    ends = np.cumsum(take("<u2", pictures).astype(np.int64))
    boxes = _from_steps(take("<u2", detections, 4), _PIXEL_STEPS)
    scores = _from_steps(take("<u2", detections), _LARGEST)
    sharpness = _from_steps(take("<u2", detections), _SHARPNESS_STEPS)
    colours = _from_bytes(take("u1", detections, COLOUR_BINS))
    kit = _from_signed(take("i1", detections, KIT_VALUES))
    roles = _from_steps(take("u1", detections, len(ROLES)), ROLE_STEPS)
    if pictures and ends[-1] != detections:
        raise UnreadableObservations("packed observations contradict themselves")
    starts = np.concatenate([[0], ends[:-1]]) if pictures else ends
    keyframes = _unpack_keyframes(packed[end:], pictures)
    return [
        FrameObservations(
            time=float(times[k]),
            boxes=boxes[starts[k] : ends[k]],
            scores=scores[starts[k] : ends[k]],
            colours=colours[starts[k] : ends[k]],
            kit=kit[starts[k] : ends[k]],
            roles=roles[starts[k] : ends[k]],
            sharpness=sharpness[starts[k] : ends[k]],
            motion=motions[k],
            cut=bool(cuts[k]),
            keyframe=keyframes[k],
        )
        for k in range(pictures)
    ]


def _rounded_keyframe(keyframe: Keyframe | None) -> Keyframe | None:
    if keyframe is None:
        return None
    return Keyframe(_from_steps(to_steps(keyframe.points, POINT_STEPS), POINT_STEPS), keyframe.descriptors)


def _pack_keyframes(observations: Sequence[FrameObservations]) -> bytes:
    known = [one.keyframe for one in observations if one.keyframe is not None]
    # One more than the corners: 0 stands for no keyframe.
    counts = np.array(
        [0 if one.keyframe is None else 1 + len(one.keyframe) for one in observations], dtype="<u2"
    )
    points = np.concatenate([np.zeros((0, 2)), *(one.points for one in known)])
    descriptors = np.concatenate([np.zeros((0, DESCRIPTOR), np.uint8), *(one.descriptors for one in known)])
    return counts.tobytes() + to_steps(points, POINT_STEPS).tobytes() + descriptors.tobytes()


def _unpack_keyframes(packed: bytes, pictures: int) -> list[Keyframe | None]:
    if len(packed) < 2 * pictures:
        raise UnreadableObservations("packed keyframes are too short")
    counts = np.frombuffer(packed, "<u2", pictures).astype(np.int64)
    corners = int(np.maximum(counts - 1, 0).sum())
    if len(packed) != 2 * pictures + corners * (4 + DESCRIPTOR):
        raise UnreadableObservations("packed keyframes have the wrong length")
    stored = np.frombuffer(packed, "<u2", 2 * corners, 2 * pictures).reshape(-1, 2)
    points = _from_steps(stored, POINT_STEPS)
    descriptors = np.frombuffer(packed, np.uint8, offset=2 * pictures + 4 * corners).reshape(-1, DESCRIPTOR)
    ends = np.cumsum(np.maximum(counts - 1, 0))
    return [
        Keyframe(points[end - count + 1 : end], descriptors[end - count + 1 : end]) if count else None
        for count, end in zip(counts.tolist(), ends.tolist(), strict=True)
    ]


def camera_moves(observations: Sequence[Glance]) -> bool:
    """Say whether the camera moves in a good part of what was seen; one that stands has no motion at all."""
    if not observations:
        return False
    motions = np.stack([one.motion for one in observations])
    return bool((motions != np.eye(2, 3)).any(axis=(1, 2)).mean() > LEAST_MOVING)


def picture_to_scene(observations: Sequence[Glance]) -> NDArray[np.float64]:
    """Accumulate the camera's motion, with what it drifts; `stabilise` also knows keyframes.

    Returns:
        (n, 2, 3), for each picture the similarity from its source pixels to those of the first
        picture of its scene.
    """
    transforms = np.zeros((len(observations), 2, 3))
    current = np.eye(3)
    for k, one in enumerate(observations):
        current = np.eye(3) if k == 0 or one.cut else current @ inverse_similarity(one.motion)
        transforms[k] = current[:2]
    return transforms


def scene_numbers(observations: Sequence[Glance]) -> NDArray[np.int64]:
    """Return (n,) the number of each picture's scene: from 0, one more at each cut."""
    cuts = np.array([one.cut for one in observations], dtype=np.int64)
    cuts[:1] = 0
    return np.cumsum(cuts)


def inverse_similarity(similarity: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the 3 x 3 inverse of a (2, 3) similarity."""
    a, b = similarity[0, 0], similarity[1, 0]
    size = a * a + b * b
    linear = np.array([[a, b], [-b, a]]) / size
    whole = np.eye(3)
    whole[:2, :2] = linear
    whole[:2, 2] = -linear @ similarity[:, 2]
    return whole


def to_steps(values: NDArray[np.generic], steps: int) -> NDArray[np.uint16]:
    """Count values in steps of 1 / `steps`, as packed observations do; at most 65,535 of them."""
    scaled = np.rint(np.asarray(values, dtype=np.float64) * steps)
    return np.clip(scaled, 0, _LARGEST).astype("<u2")


def _from_steps(values: NDArray[np.generic], steps: int) -> NDArray[np.float32]:
    return (values.astype(np.float64) / steps).astype(np.float32)


def colours_to_bytes(colours: NDArray[np.generic]) -> NDArray[np.uint8]:
    """Scale each histogram to the sum 255: round down and give the rest to the largest bin."""
    values = np.asarray(colours, dtype=np.float64).reshape(-1, COLOUR_BINS)
    total = values.sum(axis=1, keepdims=True)
    scaled = np.divide(values * 255, total, out=np.zeros_like(values), where=total > 0)
    whole = np.floor(scaled + 1e-4).astype(np.int64)
    rest = np.where(total[:, 0] > 0, 255 - whole.sum(axis=1), 0)
    whole[np.arange(len(whole)), whole.argmax(axis=1)] += rest
    return np.asarray(whole, dtype=np.uint8)


def _from_bytes(colours: NDArray[np.generic]) -> NDArray[np.float32]:
    return (colours.astype(np.float64) / 255).astype(np.float32)


def kit_to_bytes(kit: NDArray[np.generic]) -> NDArray[np.int8]:
    """Count what people wear (N, KIT_VALUES) in steps of 1 / KIT_STEPS."""
    scaled = np.rint(np.asarray(kit, dtype=np.float64).reshape(-1, KIT_VALUES) * KIT_STEPS)
    return np.clip(scaled, -127, 127).astype(np.int8)


def _from_signed(kit: NDArray[np.generic]) -> NDArray[np.float32]:
    return (kit.astype(np.float64) / KIT_STEPS).astype(np.float32)
