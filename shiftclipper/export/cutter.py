"""Cutting clips of a game whose film may lie in several files."""

import os
import tempfile
import threading
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.export.clips import ClipPlan
from shiftclipper.media.cut import CutResult, cut, plan_cut
from shiftclipper.media.cut_plan import film_bits
from shiftclipper.media.encoders import Encoder, find_encoder, is_named, matched
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.game import GameClock
from shiftclipper.media.index import PacketIndex
from shiftclipper.media.memory import free_memory
from shiftclipper.media.probe import Probe
from shiftclipper.media.reel import join
from shiftclipper.remarks import Remark

AT_ONCE = 2
"""Clips cut at a time where the processor encodes: one leaves it idle between its steps."""
PROCESSORS_FOR_TWO = 4
"""With fewer, a single encoder keeps them all busy."""
MEMORY_PER_PIXEL = 300
"""Bytes that decoding and encoding take for each pixel of a picture."""


@dataclass(frozen=True, slots=True)
class CutSource:
    """One file to cut from."""

    probe: Probe
    index: PacketIndex


@dataclass(frozen=True, slots=True)
class GameClip:
    """A clip that was cut."""

    start: Fraction
    """Game time of its first frame, in seconds."""
    end: Fraction
    """Game time at which its last frame ends, in seconds."""
    path: Path
    mode: str
    encoder: str
    frames: int
    note: str


def estimated_bytes(
    clock: GameClock, sources: Sequence[CutSource], plans: Sequence[ClipPlan], mode: str
) -> int:
    """Return about how large the files of some clips will be, without touching the films.

    Args:
        clock: of the game, and `sources` its files in the same order.
        plans: the clips.
        mode: exact, smart, keyframe or auto.
    """
    total = 0
    for plan in plans:
        ranges = clock.ranges(plan.start, plan.end)
        for source, start, end in ranges:
            opened = sources[source]
            how = mode if len(ranges) == 1 else "exact"
            try:
                total += plan_cut(opened.index, opened.probe, start, end, how).estimated_bytes
            except UserError:
                # Not one frame lies inside: cutting will say so.
                continue
    return total


class ClipCutter:
    """Cuts clips out of one game. Several threads may cut at once."""

    def __init__(
        self,
        ffmpeg: FFmpeg,
        clock: GameClock,
        sources: Sequence[CutSource],
        *,
        mode: str,
        encoder: str,
        scratch: Path,
        trials: MutableMapping[str, str] | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        """Prepare to cut.

        Args:
            ffmpeg: runs the cutting.
            clock: of the game, and `sources` its files in the same order.
            mode: exact, smart, keyframe or auto.
            encoder: `auto` or a name; see `find_encoder`.
            scratch: folder for trials and for parts of clips that cross two files; must exist.
            trials: remembered outcomes of encoder trials.
            stop: set it to end with Cancelled.
        """
        self._ffmpeg = ffmpeg
        self._clock = clock
        self._sources = tuple(sources)
        self._mode = mode
        self._preference = encoder
        self._scratch = scratch
        self._trials = trials
        self._stop = stop
        self._failed: set[str] = set()

    @cached_property
    def _best_encoder(self) -> Encoder:
        first = self._sources[0].probe
        found = find_encoder(
            self._ffmpeg,
            self._preference,
            size=first.size,
            fps=first.fps,
            film=first,
            work=self._scratch,
            cache=self._trials,
            stop=self._stop,
        )
        # One rate for all files, so that their clips can be joined.
        return matched(found, max(film_bits(source.index, source.probe) for source in self._sources))

    @property
    def remark(self) -> Remark | None:
        """Says which encoder is used in place of the one that was asked for; None when it is that one."""
        best = self._best_encoder
        if is_named(best, self._preference):
            return None
        return Remark("encoder-replaced", {"encoder": self._preference, "other": best.name})

    @property
    def encoder(self) -> Encoder:
        """The encoder for pictures that are drawn or joined: found by trial at the size of the first file."""
        return self._working[0] if not self._working[0].decode else self._working[1]

    @property
    def _working(self) -> tuple[Encoder, ...]:
        """The rungs of the ladder that have not failed; the lowest is always there."""
        *upper, lowest = self._best_encoder.ladder
        return (*(one for one in upper if one.label not in self._failed), lowest)

    @property
    def at_once(self) -> int:
        """How many clips to cut at a time. Hardware encoders allow few sessions: one."""
        width, height = self._sources[0].probe.size
        room = free_memory() >= AT_ONCE * width * height * MEMORY_PER_PIXEL
        many = (os.cpu_count() or 1) >= PROCESSORS_FOR_TWO
        return AT_ONCE if room and many and not self.encoder.hardware else 1

    def cut(
        self, plan: ClipPlan, target: Path, on_progress: Callable[[float], None] | None = None
    ) -> GameClip:
        """Cut one clip; `on_progress` is called with the seconds of clip written.

        Raises:
            UserError: no frame lies inside, or the target cannot be written.
            Cancelled, DiskFull, StageFailed.
        """
        ranges = self._clock.ranges(plan.start, plan.end)
        if not ranges:
            raise UserError(
                f"{plan.file_name}: no film lies between its start and its end; correct its times."
            )
        if len(ranges) == 1:
            source, start, end = ranges[0]
            result = self._cut_one(source, start, end, self._mode, target, on_progress)
            return GameClip(
                self._clock.game_time(source, result.start),
                self._clock.game_time(source, result.end),
                target,
                result.mode,
                result.encoder,
                result.frames,
                result.note,
            )
        with tempfile.TemporaryDirectory(prefix="shiftclipper-", dir=self._scratch) as folder:
            parts = [Path(folder) / f"{number}.mp4" for number in range(len(ranges))]
            results = [
                self._cut_one(source, start, end, "exact", part, on_progress)
                for (source, start, end), part in zip(ranges, parts, strict=True)
            ]
            join(self._ffmpeg, parts, target, encoder=self.encoder, work=self._scratch, stop=self._stop)
        notes = [f"joined from {len(parts)} files", *(result.note for result in results if result.note)]
        return GameClip(
            self._clock.game_time(ranges[0].source, results[0].start),
            self._clock.game_time(ranges[-1].source, results[-1].end),
            target,
            "exact",
            results[0].encoder,
            sum(result.frames for result in results),
            "; ".join(notes),
        )

    def _cut_one(
        self,
        source: int,
        start: Fraction,
        end: Fraction,
        mode: str,
        target: Path,
        on_progress: Callable[[float], None] | None,
    ) -> CutResult:
        opened = self._sources[source]
        plan = plan_cut(opened.index, opened.probe, start, end, mode)
        result = cut(
            self._ffmpeg,
            plan,
            target,
            self._working[0],
            work=self._scratch,
            stop=self._stop,
            on_progress=on_progress,
        )
        # The clips that follow begin at the rung that has worked.
        self._failed |= {one.label for one in result.failed}
        return result
