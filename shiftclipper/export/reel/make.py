"""Making a drawn reel: a piece for each clip, kept until the reel is whole, then all joined by copying."""

import hashlib
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np

from shiftclipper.errors import StageFailed
from shiftclipper.export.folders import make_folder
from shiftclipper.export.reel.pictures import piece_pictures
from shiftclipper.export.reel.scenes import CardScene, Known, ReelClip, ReelLook, Storyboard, plan_scenes
from shiftclipper.export.reel.sound import reel_sound
from shiftclipper.media.cut_plan import track_time
from shiftclipper.media.encoders import Encoder
from shiftclipper.media.ffmpeg import FFmpeg
from shiftclipper.media.index import read_index
from shiftclipper.media.probe import probe
from shiftclipper.media.process import FFmpegFailed
from shiftclipper.media.reel import UNTOLD, Reel, join, read_part

VERSION = 1
"""Raised when the same scenes would give other pictures."""
TOLERANCE = 0.002
"""Seconds by which a picture may be off its time."""
JOINING = 0.03
"""Seconds that joining takes for each second of drawing, for the progress."""
ROOM_BYTES_PER_PIXEL = 0.02


def make_reel(
    ffmpeg: FFmpeg,
    clips: Sequence[ReelClip],
    look: ReelLook,
    known: Known,
    target: Path,
    *,
    encoder_for: Callable[[tuple[int, int], Fraction], Encoder],
    work: Path,
    stop: threading.Event | None = None,
    on_progress: Callable[[float, float], None] | None = None,
) -> Reel:
    """Draw a reel from clips.

    Args:
        ffmpeg: decodes and encodes.
        clips: at least one, in the order wanted.
        look: what is added to them.
        known: who else is in the pictures.
        target: the MP4 to write.
        encoder_for: returns the encoder for pictures of a size (width, height) and rate.
        work: a folder of this reel's own, made when it is not there. Pieces that an earlier call has left in
            it are taken as they are when they still fit; it goes when the reel is whole.
        stop: set it to end with Cancelled.
        on_progress: called with the seconds done and those of the whole reel.
    Raises:
        UserError, Cancelled, DiskFull, StageFailed; the target is then as it was.
    """
    parts = [read_part(clip.path, stop) for clip in clips]
    board = plan_scenes(clips, parts, [probe(clip.path).size for clip in clips], look, known)
    make_folder(work)
    # Pictures come from us, not from a decoder in hardware.
    ladder = [one for one in encoder_for(board.size, board.rate).ladder if not one.decode]
    for encoder in ladder:
        try:
            pieces = _draw(ffmpeg, board, encoder, work, stop, on_progress)
            break
        except FFmpegFailed:
            # Graphics processors give up in the middle at times; the rung below begins anew.
            if encoder is ladder[-1]:
                raise
    total = _seconds(board)
    reel = join(
        ffmpeg,
        pieces,
        target,
        chapters=board.chapters([clip.title for clip in clips]),
        lengths=[board.piece_pictures(piece) / board.rate for piece in board.pieces],
        sound=reel_sound(board, stop),
        encoder=encoder,
        work=work,
        stop=stop,
        on_progress=None
        if on_progress is None
        else lambda done: on_progress(total * (1 - JOINING) + done * JOINING, total),
    )
    shutil.rmtree(work, ignore_errors=True)
    return replace(reel, note="")


def _draw(
    ffmpeg: FFmpeg,
    board: Storyboard,
    encoder: Encoder,
    work: Path,
    stop: threading.Event | None,
    on_progress: Callable[[float, float], None] | None,
) -> list[Path]:
    """Draw the pieces that are not there yet; those of no use any more go first."""
    paths = [work / f"{_mark(board, number, encoder)}.mp4" for number in range(len(board.pieces))]
    for old in work.glob("*.mp4"):
        if old not in paths:
            old.unlink(missing_ok=True)
    total, done = _seconds(board), 0.0
    for piece, path in zip(board.pieces, paths, strict=True):
        count = board.piece_pictures(piece)

        def advance(time: Fraction, done: float = done) -> None:
            if on_progress is not None:
                on_progress((done + float(time)) * (1 - JOINING), total)

        if not path.is_file():
            ffmpeg.write(
                encoding(board, encoder),
                path,
                container="mp4",
                verify=partial(_check, count=count, rate=board.rate, stop=stop),
                stop=stop,
                on_time=advance,
                feed=piece_pictures(ffmpeg, board, piece, stop),
                room=round(count * board.size[0] * board.size[1] * ROOM_BYTES_PER_PIXEL),
            )
        done += float(count / board.rate)
        advance(Fraction(0), done)
    return paths


def encoding(board: Storyboard, encoder: Encoder) -> list[str]:
    """Return ffmpeg's arguments for a piece, all but the output's name; pictures come in on stdin."""
    width, height = board.size
    names = ("color_primaries", "color_trc", "colorspace")
    told = [
        f":{name}={value}"
        for name, value, untold in zip(names, board.colour, UNTOLD, strict=True)
        if value != untold
    ]
    return [
        *encoder.device,
        *("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}"),
        *("-framerate", str(board.rate), "-i", "pipe:0", "-map", "0:v:0"),
        *("-vf", f"setparams=range=tv{''.join(told)},{encoder.upload}", *encoder.args),
        *("-video_track_timescale", str(track_time(1 / board.rate))),
    ]


def _seconds(board: Storyboard) -> float:
    return float(board.starts[-1] / board.rate)


def _check(made: Path, count: int, rate: Fraction, stop: threading.Event | None) -> None:
    """Refuse a piece with another number of pictures, or with one at a wrong time."""
    index = read_index(made, stop)
    pts = index.presentation_pts()
    if len(pts) != count:
        raise StageFailed(f"A part of the reel has {len(pts)} pictures instead of {count}; try once more.")
    times = (pts - pts[0]) * float(index.time_base)
    worst = float(np.abs(times - np.arange(count) / float(rate)).max())
    if worst > TOLERANCE:
        raise StageFailed(f"A picture of the reel is {worst * 1000:.1f} ms off its time; try once more.")


def _mark(board: Storyboard, number: int, encoder: Encoder) -> str:
    """Return a name that is equal exactly for pieces of equal content."""
    digest = hashlib.sha256(repr((VERSION, board.size, board.rate, board.colour, encoder.label)).encode())
    piece = board.pieces[number]
    digest.update(repr(board.overlaps[max(piece.start - 1, 0) : piece.stop]).encode())
    # The end of a piece is mixed with the beginning of the next.
    for scene in board.scenes[piece.start : piece.stop + 1]:
        if isinstance(scene, CardScene):
            digest.update(repr((scene.card, scene.pictures)).encode())
            continue
        told = (scene.content, scene.film_size, scene.framing.scale, scene.freeze, scene.name, scene.rings)
        digest.update(repr(told).encode())
        for places in (scene.framing.corners, scene.centres, scene.heights):
            digest.update(places.tobytes())
    return digest.hexdigest()[:32]
