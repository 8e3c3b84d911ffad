"""What a drawn reel consists of: cards and clips in a row, as data. Nothing here decodes or encodes."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from shiftclipper.export.reel.cards import Card, TitleCard
from shiftclipper.export.reel.framing import Framing, follow, upright_size, whole_picture
from shiftclipper.export.reel.player_path import Floats, PlayerPath, crowding, player_path
from shiftclipper.export.reel.ring import Freeze, Ring, choose_freeze, rings_moving
from shiftclipper.media.encoders import even
from shiftclipper.media.even_pictures import even_rate, picture_count
from shiftclipper.media.reel import Chapter, ReelPart
from shiftclipper.tracklets import Tracklet

TITLE_SECONDS = Fraction(3)
CARD_SECONDS = Fraction(9, 5)


@dataclass(frozen=True, slots=True)
class ReelLook:
    """What is added to the clips."""

    crossfade: Fraction = Fraction(0)
    """Seconds."""
    spotlight: bool = False
    """Whether the picture stops at the start of each clip to show who it is."""
    ring: bool = False
    """Whether a ring stays on the player as long as he is seen."""
    upright: bool = False
    """9:16, following the player; else the shape of the first clip."""


@dataclass(frozen=True, slots=True, eq=False)
class ReelClip:
    """A clip, and what is known of the player in it."""

    path: Path
    start: Fraction
    """Game time of its first picture, in seconds."""
    title: str
    """Of its chapter."""
    cards: tuple[Card, ...] = ()
    """Shown before it."""
    name: str = ""
    """Of the player, to stand beside the ring."""
    tracklets: tuple[Tracklet, ...] = ()
    """Those of the shift."""
    span: tuple[float, float] = (0.0, 0.0)
    """The shift, in seconds of game time."""
    content: str = ""
    """Equal only for files of equal content, such as a hash of it; when empty, name, size and time serve."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who else is in the pictures."""

    size: tuple[int, int] = (1, 1)
    """Width and height of the picture that all boxes are in, in pixels."""
    tracklets: tuple[Tracklet, ...] = ()
    """Everybody's."""


@dataclass(frozen=True, slots=True, eq=False)
class CardScene:
    """A card that is shown for a while."""

    card: Card
    pictures: int


@dataclass(frozen=True, slots=True, eq=False)
class ClipScene:
    """A clip as it is shown: framed, and with the ring in each of its pictures."""

    part: ReelPart
    rate: Fraction
    film_pictures: int
    """Of the clip itself."""
    film_size: tuple[int, int]
    """In which the clip is decoded, in pixels."""
    framing: Framing
    centres: Floats
    """(n, 2) of the player in the decoded film, in pixels."""
    heights: Floats
    """(n,) of the player in the decoded film, in pixels."""
    rings: tuple[Ring, ...]
    """One for each picture that moves; none at all when nothing is drawn."""
    freeze: Freeze | None
    name: str
    content: str
    """See `ReelClip`."""

    @property
    def pictures(self) -> int:
        """How many pictures it takes in the reel."""
        return self.film_pictures + (self.freeze.pictures if self.freeze else 0)


Scene = CardScene | ClipScene


@dataclass(frozen=True, slots=True, eq=False)
class Storyboard:
    """All scenes of a reel in a row."""

    size: tuple[int, int]
    rate: Fraction
    scenes: tuple[Scene, ...]
    overlaps: tuple[int, ...]
    """How many of each scene's last pictures are mixed with the first ones of the next; 0 at the end."""
    pieces: tuple[range, ...]
    """The numbers of the scenes that belong to each clip: its cards and itself."""
    colour: tuple[int, int, int]
    """See `ReelPart.colour`."""

    @property
    def starts(self) -> list[int]:
        """The picture of the reel with which each scene begins, and the number of all pictures."""
        steps = (scene.pictures - overlap for scene, overlap in zip(self.scenes, self.overlaps, strict=True))
        return list(itertools.accumulate(steps, initial=0))

    def piece_pictures(self, piece: range) -> int:
        """Return how many pictures a piece holds: from behind the mix before it to that after it."""
        return self._edge(piece.stop) - self._edge(piece.start)

    def _edge(self, scene: int) -> int:
        """Return the first picture of a scene that is not mixed with the one before."""
        return self.starts[scene] + (self.overlaps[scene - 1] if scene else 0)

    def chapters(self, titles: Sequence[str]) -> list[Chapter]:
        """Return one chapter for each clip."""
        starts = self.starts
        return [
            Chapter(title, starts[piece.start] / self.rate, starts[piece.stop] / self.rate)
            for title, piece in zip(titles, self.pieces, strict=True)
        ]


def plan_scenes(
    clips: Sequence[ReelClip],
    parts: Sequence[ReelPart],
    sizes: Sequence[tuple[int, int]],
    look: ReelLook,
    known: Known,
) -> Storyboard:
    """Plan a reel.

    Args:
        clips: at least one, in the order wanted.
        parts: the same clips as files.
        sizes: width and height of each as displayed.
        look: what is added.
        known: who else is there.
    """
    rate = even_rate(parts[0].index)
    size = upright_size(sizes[0]) if look.upright else even(sizes[0])
    scenes: list[Scene] = []
    pieces: list[range] = []
    for clip, part, film in zip(clips, parts, sizes, strict=True):
        first = len(scenes)
        for card in clip.cards:
            seconds = TITLE_SECONDS if isinstance(card, TitleCard) else CARD_SECONDS
            scenes.append(CardScene(card, max(1, round(seconds * rate))))
        scenes.append(_clip_scene(clip, part, film, size, rate, look, known))
        pieces.append(range(first, len(scenes)))
    wanted = round(look.crossfade * rate)
    halves = [scene.pictures // 2 for scene in scenes]
    overlaps = [min(wanted, here, after) for here, after in itertools.pairwise(halves)]
    return Storyboard(size, rate, tuple(scenes), (*overlaps, 0), tuple(pieces), parts[0].colour)


def _clip_scene(
    clip: ReelClip,
    part: ReelPart,
    film: tuple[int, int],
    size: tuple[int, int],
    rate: Fraction,
    look: ReelLook,
    known: Known,
) -> ClipScene:
    count = picture_count(part.index, rate)
    times = float(clip.start) + np.arange(count) / float(rate)
    path = player_path(clip.tracklets, clip.span, times, known.size)
    if look.upright:
        decoded = even(film)
        framing = follow(path, count, float(rate), decoded)
    else:
        decoded, framing = size, whole_picture(size, count)
    to_film = _fitted(film, decoded)
    tall = float((to_film(np.array([0.0, 1.0])) - to_film(np.zeros(2)))[1])
    freeze = None
    rings: tuple[Ring, ...] = ()
    if path is not None and (look.spotlight or look.ring):
        if look.spotlight:
            covered = _covered(clip, path, known, times)
            freeze = choose_freeze(path, covered, float(rate), round(look.crossfade * rate))
        rings = tuple(rings_moving(path, freeze, float(rate), always=look.ring))
    return ClipScene(
        part,
        rate,
        count,
        decoded,
        framing,
        np.zeros((count, 2)) if path is None else to_film(path.centres),
        np.zeros(count) if path is None else path.heights * tall,
        rings,
        freeze,
        clip.name,
        clip.content or _told_by_the_disk(clip.path),
    )


def _told_by_the_disk(path: Path) -> str:
    told = path.stat()
    return f"{path}:{told.st_size}:{told.st_mtime_ns}"


def _covered(clip: ReelClip, path: PlayerPath, known: Known, times: Floats) -> Floats:
    own = {one.id for one in clip.tracklets}
    others = [
        one for one in known.tracklets if one.id not in own and one.start <= times[-1] and one.end >= times[0]
    ]
    return crowding(path, others, times, known.size)


def _fitted(film: tuple[int, int], decoded: tuple[int, int]) -> Callable[[Floats], Floats]:
    """Return what takes places in shares of a film to pixels of it, borders where they must be."""
    whole, inside = np.array(decoded, np.float64), np.array(film, np.float64)
    inside *= min(whole / inside)
    return lambda shares: np.asarray((whole - inside) / 2 + shares * inside, np.float64)
