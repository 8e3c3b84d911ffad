"""Stages that stand in for the real ones where the store and the runner are tested, not what stages do."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.rows import ClipRow
from shiftclipper.jobs.stage import StageContext, fingerprint

CHUNKS = 6
CLIPS = 4

Note = Callable[[str], None]


@dataclass
class Stub:
    """A stage that does whatever it is given, and counts how often."""

    name: str
    work: Callable[[StageContext], Mapping[str, JsonValue] | None] = lambda context: None
    weight: float = 1.0
    input: str = "same"
    outputs: bool = True
    ran: list[str] = field(default_factory=list)
    """Ids of the jobs it ran for."""

    def input_hash(self, context: StageContext) -> str:
        """Depend on the title too, so that a test can change the input of one job."""
        return fingerprint(self.input, context.job.title)

    def outputs_exist(self, context: StageContext) -> bool:
        """Say what the test wants."""
        return self.outputs

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Do what the test wants."""
        self.ran.append(context.job_id)
        return self.work(context) or {}


def steps(count: int, pause: float = 0.005) -> Callable[[StageContext], Mapping[str, JsonValue]]:
    """Work that takes `count` steps of `pause` seconds and heeds a stop in between."""

    def work(context: StageContext) -> Mapping[str, JsonValue]:
        for step in range(count):
            context.check()
            context.progress(step, count, f"step {step} of {count}")
            context.stop.wait(pause)
        context.check()
        context.progress(count, count, "all steps")
        return {"steps": count}

    return work


@dataclass
class StubAnalyse:
    """Saves chunks one by one as the real stage does; tells `note` what it works on."""

    note: Note = lambda text: None
    pause: float = 0.0
    name: str = "analyse"
    weight: float = 10.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on the files."""
        return fingerprint([source.path for source in context.store.sources(context.job_id)])

    def outputs_exist(self, context: StageContext) -> bool:
        """Rows need no file."""
        return True

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Save each chunk that is not there yet."""
        (source,) = context.store.sources(context.job_id)
        saved = context.run.saved_chunks(source.id)
        for number in range(CHUNKS):
            if number in saved:
                continue
            context.check()
            self.note(f"chunk {number}")
            context.stop.wait(self.pause)
            content = hashlib.sha256(f"{source.path.name} {number}".encode()).digest() * 100
            context.run.save_chunk(
                source.id, number, Fraction(30 * number), Fraction(30 * number + 30), 300, content
            )
            context.progress(number + 1, CHUNKS, f"chunk {number}")
        return {"chunks": CHUNKS}


@dataclass
class StubClips:
    """Writes files whole or not at all as the real stage does; tells `note` what it works on."""

    note: Note = lambda text: None
    pause: float = 0.0
    name: str = "clips"
    weight: float = 5.0

    def input_hash(self, context: StageContext) -> str:
        """Depend on the analysis."""
        return fingerprint(context.stage_hash("analyse"))

    def outputs_exist(self, context: StageContext) -> bool:
        """All clips of the rows are there."""
        return all(clip.path.is_file() for clip in context.store.clips(context.job_id))

    def run(self, context: StageContext) -> Mapping[str, JsonValue]:
        """Write each clip that is not there yet."""
        context.out_dir.mkdir(parents=True, exist_ok=True)
        made = {clip.path: clip.fingerprint for clip in context.store.clips(context.job_id)}
        for number in range(CLIPS):
            path = context.out_dir / f"{number}.mp4"
            wanted = fingerprint(context.stage_hash("analyse"), number)
            if made.get(path) == wanted and path.is_file():
                continue
            context.check()
            self.note(f"clip {number}")
            _write_whole(path, f"clip {number}".encode() * 1000, lambda: context.stop.wait(self.pause))
            clip = ClipRow(Fraction(number), Fraction(number + 1), path, fingerprint=wanted)
            context.run.save_clip(clip)
            context.progress(number + 1, CLIPS, f"clip {number}")
        return {"clips": CLIPS}


def _write_whole(path: Path, content: bytes, in_the_middle: Callable[[], object]) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(content[: len(content) // 2])
        file.flush()
        in_the_middle()
        file.write(content[len(content) // 2 :])
    part.replace(path)
