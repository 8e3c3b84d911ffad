"""Clips cut before: brought to the names and the folder that they have now, instead of cut again."""

import dataclasses
import shutil
from collections.abc import Mapping
from pathlib import Path

from shiftclipper.jobs.rows import ClipRow
from shiftclipper.jobs.stage import StageContext
from shiftclipper.media.part_files import part_file, put_in_place, unwritable


def is_whole(clip: ClipRow) -> bool:
    """Tell whether a clip's file is there in the size it was written."""
    try:
        return clip.path.stat().st_size == clip.bytes
    except OSError:
        return False


def take_over(context: StageContext, folder: Path, wanted: Mapping[Path, str]) -> None:
    """Rename what only has another name now, copy what lies in another folder, and forget the rest.

    Files in another folder stay: the person exported there before. In this folder, files of shifts that are
    no more go; only files that this job wrote itself.

    Args:
        context: of the stage that cuts.
        folder: that the clips go to.
        wanted: fingerprints by the path that their clip is to have.
    """
    path_of = {mark: path for path, mark in wanted.items()}
    moves: list[tuple[ClipRow, Path]] = []
    for clip in context.store.clips(context.job_id):
        if wanted.get(clip.path) == clip.fingerprint:
            continue
        target = path_of.pop(clip.fingerprint, None)
        if target is not None and is_whole(clip):
            moves.append((clip, target))
        elif clip.path not in wanted:
            if clip.path.parent == folder and is_whole(clip):
                clip.path.unlink(missing_ok=True)
            context.run.remove_clip(clip.id)
    _move(context, moves, folder)


def _move(context: StageContext, moves: list[tuple[ClipRow, Path]], folder: Path) -> None:
    """Carry the moves out, each after the one that makes its name free; those in a ring are cut anew."""
    while moves:
        occupied = {clip.path for clip, _ in moves}
        ready = [(clip, target) for clip, target in moves if target not in occupied]
        if not ready:
            return
        for clip, target in ready:
            context.check()
            if clip.path.parent == folder:
                put_in_place(clip.path, target)
            else:
                _copy(clip, target)
            context.run.save_clip(dataclasses.replace(clip, path=target))
            context.run.remove_clip(clip.id)
        moves = [move for move in moves if move not in ready]


def _copy(clip: ClipRow, target: Path) -> None:
    with part_file(target, room=clip.bytes) as part:
        try:
            shutil.copyfile(clip.path, part)
        except OSError as error:
            raise unwritable(target, error) from error
        put_in_place(part, target)
