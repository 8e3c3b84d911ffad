"""What a stage did otherwise than was asked, or could not do: told once the work is done, and no error."""

from collections.abc import Iterable

from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.kept_remarks import Told, kept_remark, sentence, told_in
from shiftclipper.jobs.rows import StageRow, StageStatus
from shiftclipper.remarks import Remark

NOTES = "notes"
"""Key of the measures of a stage: one remark for each thing, and in results.json one sentence."""


def noted(remarks: Iterable[Remark]) -> dict[str, JsonValue]:
    """Return what a stage adds to its measures; nothing where there is nothing to tell."""
    told: list[JsonValue] = []
    for remark in map(kept_remark, remarks):
        if remark not in told:
            told.append(remark)
    return {NOTES: told} if told else {}


def notes_of(stages: Iterable[StageRow]) -> list[Told]:
    """Return what is to be told of all stages that are done, in their order."""
    done = (stage for stage in stages if stage.status is StageStatus.DONE)
    return [told for stage in done for told in _notes_in(stage.perf)]


def in_english(perf: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the measures of a stage as results.json has them: each note is a sentence."""
    if NOTES not in perf:
        return perf
    return perf | {NOTES: [sentence(told) for told in _notes_in(perf)]}


def _notes_in(perf: dict[str, JsonValue]) -> list[Told]:
    notes = perf.get(NOTES)
    return told_in(notes) if isinstance(notes, list) else []
