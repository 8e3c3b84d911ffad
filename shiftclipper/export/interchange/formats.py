"""Which files for other programs there are. Imports nothing: every start of the program reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file."""

    name: str
    """What it is called in settings and on the command line."""
    ending: str
    title: str
    """Which programs read it."""
    each: str = ""
    """`player` or `source` when there is one file for each of them; empty when one holds everything."""


FORMATS = {
    one.name: one
    for one in (
        Format("otio", ".otio", "OpenTimelineIO: DaVinci Resolve, Premiere Pro, Avid and others", "player"),
        Format("fcpxml", ".fcpxml", "Final Cut Pro and DaVinci Resolve"),
        Format("edl", ".edl", "CMX 3600: every editing program", "player"),
        Format("sportscode", ".xml", "Hudl Sportscode and other coding programs"),
        Format("losslesscut", "-proj.llc", "LosslessCut", "source"),
        Format("chapters", " chapters.txt", "Chapters for YouTube, of the film and of the reel", "player"),
        Format("csv", " shifts.csv", "Tables, and this program's cut and import-shifts"),
        Format("mot", " mot.txt", "MOTChallenge: everybody's boxes, for tracking programs", "source"),
    )
}
"""By name, in the order in which they are offered."""
