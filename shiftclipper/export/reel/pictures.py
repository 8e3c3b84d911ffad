"""The pictures of a drawn reel, scene by scene, ready for the encoder."""

import threading
from collections.abc import Callable, Generator, Iterator

from shiftclipper.export.reel.cards import draw_card
from shiftclipper.export.reel.planes import Planes, mixed
from shiftclipper.export.reel.ring import NO_RING, Label, Ring, draw_ring, radius_of, ring_frozen
from shiftclipper.export.reel.scenes import CardScene, ClipScene, Scene, Storyboard
from shiftclipper.media.even_pictures import even_pictures
from shiftclipper.media.ffmpeg import FFmpeg

Pictures = Generator[Planes, None, None]


def piece_pictures(
    ffmpeg: FFmpeg, board: Storyboard, piece: range, stop: threading.Event | None = None
) -> Iterator[memoryview]:
    """Yield the pictures of a piece: from behind the mix before it to the end of that after it.

    Args:
        ffmpeg: decodes the clips.
        board: the whole reel.
        piece: numbers of its scenes.
        stop: set it to end with Cancelled.
    """
    scenes, overlaps = board.scenes, board.overlaps
    used = overlaps[piece.start - 1] if piece.start else 0
    current = _scene_pictures(ffmpeg, board, scenes[piece.start], stop)
    for _ in range(used):
        next(current)
    for number in piece:
        overlap = overlaps[number]
        for _ in range(scenes[number].pictures - used - overlap):
            yield next(current).block()
        if number + 1 == len(scenes):
            break
        # The next scene is not opened before it is needed: it may be a whole ffmpeg.
        after = _scene_pictures(ffmpeg, board, scenes[number + 1], stop)
        mix = _turning(board, number)
        for step in range(overlap):
            yield mix(next(current), next(after), (step + 1) / (overlap + 1)).block()
        current.close()
        current, used = after, overlap
    current.close()


def _turning(board: Storyboard, number: int) -> Callable[[Planes, Planes, float], Planes]:
    """Return how a scene turns into the next, for a share of the way."""
    if not all(isinstance(scene, CardScene) for scene in board.scenes[number : number + 2]):
        return mixed
    # Two texts through each other cannot be read: the first goes before the second comes.
    blank = draw_card(None, board.size)

    def turned(first: Planes, second: Planes, share: float) -> Planes:
        if share < 0.5:
            return mixed(first, blank, 2 * share)
        return mixed(blank, second, 2 * share - 1)

    return turned


def _scene_pictures(
    ffmpeg: FFmpeg, board: Storyboard, scene: Scene, stop: threading.Event | None
) -> Pictures:
    if isinstance(scene, CardScene):
        return _card_pictures(scene, board.size)
    return _clip_pictures(ffmpeg, scene, board.size, stop)


def _card_pictures(scene: CardScene, size: tuple[int, int]) -> Pictures:
    picture = draw_card(scene.card, size)
    for _ in range(scene.pictures):
        yield picture


def _clip_pictures(
    ffmpeg: FFmpeg, scene: ClipScene, size: tuple[int, int], stop: threading.Event | None
) -> Pictures:
    label = Label(scene.name, size) if scene.name and scene.freeze is not None else None
    film = even_pictures(
        ffmpeg, scene.part.path, scene.part.index, rate=scene.rate, size=scene.film_size, stop=stop
    )
    freeze = scene.freeze
    for number, data in enumerate(film):
        picture = scene.framing.shown(Planes(data), number)
        if freeze is not None and number == freeze.at:
            for step in range(freeze.pictures):
                yield _ringed(scene, picture, number, ring_frozen(step, freeze, float(scene.rate)), label)
        ring = scene.rings[number] if scene.rings else NO_RING
        yield _ringed(scene, picture, number, ring, None) if ring.strength > 0 else picture


def _ringed(scene: ClipScene, picture: Planes, number: int, ring: Ring, label: Label | None) -> Planes:
    """Return a copy of a picture with the ring on the player."""
    drawn = picture.copy()
    x, y = (float(value) for value in scene.framing.place(number, scene.centres[number]))
    radius = radius_of(float(scene.heights[number]) * scene.framing.scale, picture.size)
    draw_ring(drawn, ring, (x, y), radius, label)
    return drawn
