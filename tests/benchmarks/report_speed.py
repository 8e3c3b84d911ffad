"""How long a report takes: pictures out of a proxy, the page, the PDF. By hand:

python tests/benchmarks/report_speed.py [--minutes 10] [--shifts 25] [--players 1]
"""

import argparse
import tempfile
import time
from fractions import Fraction
from pathlib import Path

from shiftclipper.export.report import Report, ReportPlayer, ReportShift
from shiftclipper.export.report_page import render_report
from shiftclipper.export.report_pdf import report_pdf
from shiftclipper.export.thumbnails import thumbnail
from shiftclipper.media.ffmpeg import locate
from shiftclipper.media.pictures import pictures_at
from shiftclipper.media.probe import probe
from shiftclipper.media.proxy import make_proxy


def main() -> None:
    """Make a film and its proxy, and print seconds and bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--shifts", type=int, default=25)
    parser.add_argument("--players", type=int, default=1)
    chosen = parser.parse_args()
    seconds = chosen.minutes * 60
    with tempfile.TemporaryDirectory() as name:
        film, proxy = Path(name) / "film.mp4", Path(name) / "proxy.mp4"
        picture = f"testsrc2=size=1280x720:rate=30:duration={seconds}"
        locate().run(["-f", "lavfi", "-i", picture, "-preset", "ultrafast", "-y", str(film)])
        make_proxy(locate(), probe(film), proxy)
        times = [Fraction(seconds * place, chosen.shifts) for place in range(chosen.shifts)]
        began = time.perf_counter()
        found = [one for one in pictures_at(proxy, times) if one is not None]
        read = time.perf_counter()
        small = [thumbnail(one, (600, 300, 640, 400), (1280, 720)) for one in found]
        done = time.perf_counter()
    print(f"pictures: {len(found)} in {read - began:.2f} s; thumbnails: {done - read:.2f} s")
    shifts = tuple(
        ReportShift(start, start + seconds / Fraction(2 * chosen.shifts), 0.9, "gate", "gate", thumbnail=data)
        for start, data in zip(times, small, strict=True)
    )
    players = tuple(
        ReportPlayer(f"Player {number}", str(number), "#203524", shifts) for number in range(chosen.players)
    )
    report = Report("Game", Fraction(seconds), players)
    for what, make in (("page", lambda: render_report(report).encode()), ("PDF", lambda: report_pdf(report))):
        began = time.perf_counter()
        data = make()
        print(f"{what}: {time.perf_counter() - began:.2f} s, {len(data)} bytes")


if __name__ == "__main__":
    main()
