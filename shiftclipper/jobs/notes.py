"""What a stage did otherwise than was asked, or could not do: told once the work is done, and no error."""

from collections.abc import Iterable

from shiftclipper.jobs.json_values import JsonValue
from shiftclipper.jobs.rows import StageRow, StageStatus

NOTES = "notes"
"""Key of the measures of a stage (so of `perf` in results.json): one sentence for each thing."""


def noted(sentences: Iterable[str]) -> dict[str, JsonValue]:
    """Return what a stage adds to its measures; nothing where there is nothing to tell."""
    told: list[JsonValue] = list(dict.fromkeys(sentences))
    return {NOTES: told} if told else {}


def notes_of(stages: Iterable[StageRow]) -> list[str]:
    """Return the sentences of all stages that are done, in their order."""
    done = (stage for stage in stages if stage.status is StageStatus.DONE)
    return [sentence for stage in done for sentence in sentences_in(stage.perf.get(NOTES))]


def sentences_in(value: JsonValue) -> list[str]:
    """Return the sentences among what was read as JSON."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
