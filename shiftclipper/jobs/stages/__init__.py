"""The stages of a job, from the video files to the report."""

from shiftclipper.jobs.stage import Stage
from shiftclipper.jobs.stages.analyse import Analyse
from shiftclipper.jobs.stages.clips import CutClips
from shiftclipper.jobs.stages.identify import Identify
from shiftclipper.jobs.stages.ingest import Ingest
from shiftclipper.jobs.stages.reel import JoinReel
from shiftclipper.jobs.stages.report import WriteReport, WriteResults
from shiftclipper.media.ffmpeg import FFmpeg


def all_stages(ffmpeg: FFmpeg) -> tuple[Stage, ...]:
    """Return every stage in the order in which they run."""
    return (
        Ingest(ffmpeg),
        Analyse(ffmpeg),
        Identify(),
        CutClips(ffmpeg),
        JoinReel(ffmpeg),
        WriteReport(),
        WriteResults(),
    )
