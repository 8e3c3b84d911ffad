"""Stage `ingest`: what the files are, when each of their frames is shown, and the scrub proxy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from shiftclipper.errors import StageFailed, UserError
from shiftclipper.jobs.cache import folder_for_copies
from shiftclipper.jobs.cut_off import cut_off_remark
from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.notes import noted
from shiftclipper.jobs.rows import SourceRow
from shiftclipper.jobs.setup import check_against
from shiftclipper.jobs.stage import StageContext, fingerprint
from shiftclipper.jobs.stages.game import open_game
from shiftclipper.media.content import content_mark
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.index import PacketIndex, read_index
from shiftclipper.media.normalise import needs_normalising, normalise, normalised_ending
from shiftclipper.media.probe import Probe, probe
from shiftclipper.media.proxy import make_proxy
from shiftclipper.media.recorded import read_recording
from shiftclipper.remarks import Remark

VERSION = 2
"""Raised when ingest makes something else of the same files."""


@dataclass(frozen=True, slots=True)
class Ingest:
    """Reads each source once without decoding it, remuxes what cannot be sought exactly, makes the proxy."""

    ffmpeg: FFmpeg
    name: str = "ingest"
    weight: float = 20.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on what is in the files and on whether a proxy is wanted."""
        files = [content_mark(row.path) for row in context.store.sources(context.job_id)]
        return fingerprint(VERSION, files, context.setup().settings.proxy)

    def outputs_exist(self, context: StageContext) -> bool:
        """Tell whether the remuxed copies and proxies that were made are still there."""
        rows = context.store.sources(context.job_id)
        made = [path for row in rows for path in (row.normalised_path, row.proxy_path) if path is not None]
        return all(path.is_file() for path in made)

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Ingest every source of the job; progress is in seconds of game time."""
        rows = context.store.sources(context.job_id)
        marks = [content_mark(row.path) for row in rows]
        probes = [self._probe(row.path) for row in rows]
        wants_proxy = context.setup().settings.proxy
        total = float(sum((found.duration for found in probes), Fraction(0)))
        units = total * (2.0 if wants_proxy else 1.0)
        start = Fraction(0)
        indexes: list[PacketIndex] = []
        told: list[Remark | None] = []
        for row, found in zip(rows, probes, strict=True):
            before = float(start)
            context.progress(before, units, f"Reading {row.path.name}")
            index, used = self._index(context, row, found, before, units)
            indexes.append(index)
            told.append(cut_off_remark(found, index.duration_seconds))
            context.run.save_source(
                row.id,
                start=start,
                duration=index.duration_seconds,
                probe=_describe(found, used),
                packet_index=index.to_bytes(),
                normalised_path=used.path if used.path != found.path else None,
            )
            start += index.duration_seconds
        _refuse_changing(rows, marks)
        check_against(context.setup(), start)
        if wants_proxy:
            self._proxies(context, total, units)
            _refuse_changing(rows, marks)
        frames = sum(len(index) for index in indexes)
        measures: dict[str, JsonValue] = {"frames": frames, "duration": float(start)}
        return measures | noted(filter(None, told))

    def _probe(self, path: Path) -> Probe:
        try:
            return probe(path)
        except UserError as error:
            raise StageFailed(str(error), detail=error.detail) from error

    def _index(
        self, context: StageContext, row: SourceRow, found: Probe, before: float, units: float
    ) -> tuple[PacketIndex, Probe]:
        def advance(seconds: float) -> None:
            context.progress(before + seconds, units, f"Reading {row.path.name}")

        index = read_index(found.path, context.stop, advance)
        if not needs_normalising(found):
            return index, found
        target = context.work_dir / f"source-{row.position:02}{normalised_ending(found)}"
        copied = normalise(self.ffmpeg, found, target, stop=context.stop)
        context.log.info("%s: %s", row.path.name, copied.note)
        return read_index(copied.path, context.stop), probe(copied.path)

    def _proxies(self, context: StageContext, done: float, units: float) -> None:
        folder = folder_for_copies(context.store, context.job_id)
        for row, source in zip(
            context.store.sources(context.job_id),
            open_game(context.store, context.job_id).sources,
            strict=True,
        ):
            # The name tells which file it was made of, so that a replaced one gets a proxy of its own.
            mark = fingerprint(VERSION, content_mark(row.path))[:8]
            target = folder / f"proxy-{row.position:02}-{mark}.mp4"
            # One that is there stays, even when the folder is another now.
            kept = row.proxy_path is not None and row.proxy_path.name == target.name
            if not (kept and row.proxy_path and row.proxy_path.is_file()):

                def advance(time: Fraction, done: float = done) -> None:
                    context.progress(done + float(time), units, "Making a small copy for scrubbing")

                with context.writing([target]):
                    make_proxy(
                        self.ffmpeg,
                        source.probe,
                        target,
                        index=source.index,
                        stop=context.stop,
                        on_time=advance,
                    )
                context.run.save_source(row.id, proxy_path=target)
            done += float(source.index.duration_seconds)


def _refuse_changing(rows: Sequence[SourceRow], marks: Sequence[str]) -> None:
    """Refuse what was read of a film that became another meanwhile: one that is still being copied."""
    for row, mark in zip(rows, marks, strict=True):
        if content_mark(row.path) != mark:
            raise StageFailed(
                f"{row.path} changed while it was read; wait until the whole film is there, then try again.",
                film=row.path,
            )


def _describe(found: Probe, used: Probe) -> dict[str, JsonValue]:
    recording = read_recording(found.path)
    return {
        "container": found.container,
        "codec": found.codec,
        "size": list(found.size),
        "fps": float(found.fps),
        "rotation": found.rotation,
        "variable_frame_rate": used.variable_frame_rate,
        "interlaced": found.interlaced,
        "has_audio": found.has_audio,
        "recorded": recording.day.isoformat(),
        "timecode": recording.timecode,
        # By this the film is known again where it was moved; see `jobs.relink`.
        "content": content_mark(found.path),
    }
