"""Cutting clips of a game whose film may lie in several files."""

import threading
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from shiftclipper.errors import UserError
from shiftclipper.export.clips import ClipPlan
from shiftclipper.media.cut import CutResult, cut, plan_cut
from shiftclipper.media.encoders import Encoder, find_encoder
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.game import GameClock
from shiftclipper.media.index import PacketIndex
from shiftclipper.media.probe import Probe
from shiftclipper.media.reel import join


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


class ClipCutter:
    """Cuts clips out of one game."""

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
            mode: exact, smart or keyframe.
            encoder: `auto` or a name; see `find_encoder`.
            scratch: folder for parts of clips that cross two files; must exist.
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

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that is used, found by trial at the size and rate of the first file."""
        first = self._sources[0].probe
        return find_encoder(
            self._ffmpeg,
            self._preference,
            size=first.size,
            fps=first.fps,
            cache=self._trials,
            stop=self._stop,
        )

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
        parts = [self._scratch / f"part-{number}.mp4" for number in range(len(ranges))]
        try:
            results = [
                self._cut_one(source, start, end, "exact", part, on_progress)
                for (source, start, end), part in zip(ranges, parts, strict=True)
            ]
            join(self._ffmpeg, parts, target, encoder=self.encoder, work=self._scratch, stop=self._stop)
        finally:
            for part in parts:
                part.unlink(missing_ok=True)
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
        return cut(self._ffmpeg, plan, target, self.encoder, stop=self._stop, on_progress=on_progress)
