"""Whose work ShiftClipper stands on, and under which licences: read from what is installed.

A wheel's own metadata says it (PEP 639 and before); a frozen bundle carries that metadata along, and the
licence files that lie elsewhere in a wheel. Some wheels bring no text: what they name is in
`resources/licences`.
"""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from shiftclipper.paths import resource_path

PROGRAM = "shiftclipper"
DETECTOR = (
    "The detector of players was trained on frames of the data set “Hockey” by sportcontract on Roboflow "
    "Universe, licensed CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), and on drawn games."
)
_REQUIRED = re.compile(r"[A-Za-z0-9._-]+")
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors|third[-_ ]?party)", re.IGNORECASE)
_CODE = (".py", ".pyi", ".pyc", ".so", ".pyd")
_LONGEST_NAME = 80
"""Longer texts in the field of the licence's name are the licence itself."""

_FONTS = {
    "Inter, the letters in the reel": "OFL.txt",
    "Roboto, the letters in the report's PDF": "Roboto-LICENSE.txt",
}
"""Licence files in `resources/fonts`, by what is under them."""

_KNOWN = {"LGPL-3": ("LGPL-3.0.txt", "GPL-3.0.txt"), "Apache": ("Apache-2.0.txt",)}
"""Files in `resources/licences`, by how the names of licences begin; one of them builds on the other."""

_CODECS = (
    "ffmpeg, x264 and x265, as imageio-ffmpeg and av bring them, are under the GNU GPL, version 2 or later"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One package that ships with the program."""

    name: str
    version: str
    licence: str
    """Its name, such as `MIT` or `LGPL-3.0-only`; empty when the package does not say."""
    home: str
    """Address of its home page, or nothing."""
    texts: tuple[str, ...]
    """The licence files that it brings; where it brings none, the text of the licence that it names."""


def parts(program: str = PROGRAM) -> list[Part]:
    """Return the installed packages that the program needs, by name; not those of optional features."""
    return [_part(package) for package in _packages(program)]


def licence_files(program: str = PROGRAM) -> list[tuple[Path, Path]]:
    """Return the licence files of those packages, and each one's place within the environment.

    A bundle must take along those that are not beside the metadata.
    """
    return [
        (Path(str(package.locate_file(file))), Path(str(file)))
        for package in _packages(program)
        for file in package.files or ()
        if _is_licence(file)
    ]


def _packages(program: str) -> list[metadata.Distribution]:
    found: dict[str, metadata.Distribution] = {}
    waiting = [program]
    seen = set()
    while waiting:
        name = _normal(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # of another system or another Python
        waiting += list(_needs(package))
        if name != _normal(program):
            found[name] = package
    return [found[name] for name in sorted(found)]


def notices(ffmpeg_licence: str = "") -> str:
    """Return everything as one text to read.

    Args:
        ffmpeg_licence: what the ffmpeg in use says of its own licence.
    """
    lines = ["ShiftClipper is under the MIT licence. It stands on the work of others:", ""]
    every = parts()
    lines += [
        f"{part.name} {part.version}: {part.licence or 'see below'}  {part.home}".rstrip() for part in every
    ]
    lines += ["", f"{_CODECS}."]
    under: dict[str, list[str]] = {}
    for part in every:
        for text in part.texts:
            under.setdefault(text.strip(), []).append(f"{part.name} {part.version}")
    blocks = [f"{', '.join(dict.fromkeys(names))}\n\n{text}" for text, names in under.items()]
    for file in sorted(resource_path("licences").glob("*.txt")):
        text = file.read_text(encoding="utf-8").strip()
        if text not in under:
            blocks.append(f"{file.stem}\n\n{text}")
    system = resource_path("licences", "system")
    if system.is_dir():
        names = ", ".join(sorted(file.stem for file in system.glob("*.txt")))
        blocks.append(f"Libraries of the system that came along, with their licences in {system}: {names}")
    for what, name in _FONTS.items():
        blocks.append(f"{what}\n\n{resource_path('fonts', name).read_text(encoding='utf-8').strip()}")
    blocks.append(DETECTOR)
    if ffmpeg_licence:
        blocks.append(f"ffmpeg, run as a program of its own\n\n{ffmpeg_licence.strip()}")
    rule = "\n\n" + "-" * 72 + "\n\n"
    return rule.join(["\n".join(lines), *blocks]) + "\n"


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _needs(package: metadata.Distribution) -> Iterator[str]:
    for requirement in package.requires or ():
        condition = requirement.partition(";")[2]
        match = _REQUIRED.match(requirement)
        if match is not None and "extra" not in condition:
            yield match[0]


def _part(package: metadata.Distribution) -> Part:
    told = package.metadata.json
    licence = _text(told.get("license_expression") or told.get("license"))
    if not licence or len(licence) > _LONGEST_NAME or licence == "UNKNOWN":
        named = (
            line.rpartition("::")[2].strip() for line in told.get("classifier", ()) if "License ::" in line
        )
        licence = ", ".join(named)
    addresses = {}
    for line in told.get("project_url", ()):
        label, _, address = line.partition(",")
        addresses[label.strip().lower()] = address.strip()
    known = (addresses[key] for key in ("homepage", "home", "source", "repository") if key in addresses)
    home = _text(told.get("home_page")) or next(known, "")
    texts = tuple(dict.fromkeys(_texts(package))) or tuple(_texts_named(licence))
    return Part(_text(told["name"]), package.version, licence, home, texts)


def _text(value: str | list[str] | None) -> str:
    return value if isinstance(value, str) else ""


def _texts(package: metadata.Distribution) -> Iterator[str]:
    for file in package.files or ():
        if _is_licence(file):
            with contextlib.suppress(OSError, UnicodeDecodeError):
                yield Path(str(package.locate_file(file))).read_text(encoding="utf-8")


def _is_licence(file: metadata.PackagePath) -> bool:
    return _LICENCE_FILE.match(file.name) is not None and file.suffix.lower() not in _CODE


def _texts_named(licence: str) -> Iterator[str]:
    for beginning, names in _KNOWN.items():
        if licence.startswith(beginning):
            for name in names:
                yield resource_path("licences", name).read_text(encoding="utf-8")
