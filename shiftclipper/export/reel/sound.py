"""The sound of a drawn reel, built once over its whole length and never cut off hard.

Cards and pictures that stand still are silent. Sound goes and comes over a few milliseconds at plain cuts, a
little longer where the picture stops, and crosses over with equal power where pictures do.
"""

import threading
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from shiftclipper.export.reel.scenes import CardScene, ClipScene, Scene, Storyboard
from shiftclipper.media.reel import CHANNELS, SEAM, SOUND_RATE, packed, part_sound, swelling

Samples = NDArray[np.float32]
"""(n, CHANNELS), in the range of 16 bits."""

STOP = SOUND_RATE * 15 // 100
"""Samples over which it goes or comes where the picture stops."""
BLOCK = SOUND_RATE


def reel_sound(board: Storyboard, stop: threading.Event | None = None) -> Iterator[bytes] | None:
    """Return blocks of SOUND_RATE, CHANNELS, 16 bits; None when no clip has sound."""
    if not any(isinstance(scene, ClipScene) and scene.part.sound for scene in board.scenes):
        return None
    return _blocks(board, stop)


def _blocks(board: Storyboard, stop: threading.Event | None) -> Iterator[bytes]:
    def sample(picture: int) -> int:
        return round(picture * SOUND_RATE / board.rate)

    tail = np.zeros((0, CHANNELS), np.float32)
    for scene, start, overlap in zip(board.scenes, board.starts, board.overlaps, strict=False):
        begin, end = sample(start), sample(start + scene.pictures)
        after = end - sample(start + scene.pictures - overlap)
        own = _Reader(_scene_sound(scene, end - begin, len(tail) or SEAM, after or SEAM))
        yield packed(own.read(len(tail)) + tail)
        left = end - begin - len(tail) - after
        while left > 0:
            if stop is not None and stop.is_set():
                return
            count = min(left, BLOCK)
            left -= count
            yield packed(own.read(count))
        tail = own.read(after)


def _scene_sound(scene: Scene, length: int, coming: int, going: int) -> Iterator[Samples]:
    """Yield the sound of a scene; it may end early, in silence."""
    if isinstance(scene, CardScene) or not scene.part.sound:
        return
    reader = _Reader(block.astype(np.float32) for block in part_sound(scene.part))
    if scene.freeze is None:
        yield from _swelling_sound(reader, length, coming, going)
        return
    at = round(scene.freeze.at * SOUND_RATE / scene.rate)
    on = round((scene.freeze.at + scene.freeze.pictures) * SOUND_RATE / scene.rate)
    yield from _swelling_sound(reader, at, coming, STOP)
    yield np.zeros((on - at, CHANNELS), np.float32)
    yield from _swelling_sound(reader, length - on, STOP, going)


def _swelling_sound(reader: "_Reader", length: int, coming: int, going: int) -> Iterator[Samples]:
    """Yield so many samples that come over `coming` and go over `going` of them."""
    for first in range(0, length, BLOCK):
        count = min(BLOCK, length - first)
        yield swelling(reader.read(count), first, length, coming, going)


class _Reader:
    """Reads blocks of any size by the sample; silence follows the last."""

    def __init__(self, blocks: Iterable[Samples]) -> None:
        self._blocks = iter(blocks)
        self._rest: Samples = np.zeros((0, CHANNELS), np.float32)

    def read(self, count: int) -> Samples:
        """Return the next samples, (count, CHANNELS)."""
        have = [self._rest]
        missing = count - len(self._rest)
        while missing > 0:
            block = next(self._blocks, None)
            if block is None:
                block = np.zeros((missing, CHANNELS), np.float32)
            have.append(block)
            missing -= len(block)
        whole = np.concatenate(have) if len(have) > 1 else have[0]
        self._rest = whole[count:]
        return whole[:count]
