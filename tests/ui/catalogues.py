"""The catalogues of the window's texts: `python -m tests.ui.catalogues [TEXTS.json]`.

Takes the texts out of the code, merges them into resources/translations/*.ts, fills in translations from a
file {"de": {"Open files": "Dateien öffnen"}, ...} if one is given, builds *.qm beside them, and lists what is
not translated yet.
"""

import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import PySide6

from shiftclipper.jobs.remark_words import CONTEXT, ENGLISH

ROOT = Path(__file__).parents[2]
LANGUAGES = ("de", "fr", "sv")
CODE = ROOT / "shiftclipper" / "ui"


@dataclass(frozen=True)
class Text:
    """One text of the window in one catalogue."""

    context: str
    source: str
    translation: str
    finished: bool


def source_file(language: str) -> Path:
    """Return the catalogue that people edit."""
    return ROOT / "resources" / "translations" / f"shiftclipper_{language}.ts"


def built_file(language: str) -> Path:
    """Return the catalogue that the program reads."""
    return ROOT / "resources" / "translations" / f"shiftclipper_{language}.qm"


def tool(name: str, *arguments: str) -> None:
    """Run one of Qt's tools of the PySide6 wheel."""
    folder = Path(PySide6.__file__).parent
    candidates = (folder / name, folder / f"{name}.exe", folder / "Qt" / "libexec" / name)
    program = next(path for path in candidates if path.is_file())
    subprocess.run([str(program), *arguments], check=True, timeout=120, capture_output=True)


def extract(target: Path, language: str) -> None:
    """Merge the texts of the code into a catalogue; those that are in the code no more go."""
    with tempfile.TemporaryDirectory() as place:
        # The words of remarks are in a room without Qt, whose tool finds what is called so.
        remarks = Path(place) / "remarks.py"
        remarks.write_text("".join(f"translate({CONTEXT!r}, {words!r})\n" for words in ENGLISH.values()))
        _merge([*sorted(CODE.rglob("*.py")), remarks], target, language)


def _merge(files: Sequence[Path], target: Path, language: str) -> None:
    # Without places in the code, which would change with every line that is added somewhere.
    options = ("-silent", "-no-obsolete", "-locations", "none", "-source-language", "en")
    tool(
        "lupdate",
        *options,
        *map(str, files),
        "-target-language",
        language,
        "-ts",
        str(target),
    )


def texts(catalogue: Path) -> Iterator[Text]:
    """Yield the texts of a catalogue."""
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            finished = translation.get("type") is None and bool(translation.text)
            name, source = context.findtext("name") or "", message.findtext("source") or ""
            yield Text(name, source, translation.text or "", finished)


def fill(catalogue: Path, translations: Mapping[str, str]) -> None:
    """Put translations where none is."""
    tree = ElementTree.parse(catalogue)
    for message in tree.getroot().iter("message"):
        translation = message.find("translation")
        text = translations.get(message.findtext("source") or "")
        if translation is not None and text and translation.get("type") == "unfinished":
            translation.text = text
            del translation.attrib["type"]
    body = ElementTree.tostring(tree.getroot(), encoding="unicode")
    catalogue.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def build(catalogue: Path, target: Path) -> None:
    """Make what the program reads of what people edit."""
    target.parent.mkdir(parents=True, exist_ok=True)
    tool("lrelease", "-silent", "-compress", str(catalogue), "-qm", str(target))


def main(given: Path | None) -> int:
    """Bring all catalogues up to date; return how many texts lack a translation."""
    told = json.loads(given.read_text(encoding="utf-8")) if given else {}
    lacking = 0
    for language in LANGUAGES:
        catalogue = source_file(language)
        catalogue.parent.mkdir(exist_ok=True)
        extract(catalogue, language)
        fill(catalogue, told.get(language, {}))
        with tempfile.TemporaryDirectory() as place:
            # Once more through Qt's own writer, so that the file looks the same whoever saved it.
            extract(catalogue, language)
            build(catalogue, Path(place) / "built.qm")
            built_file(language).parent.mkdir(parents=True, exist_ok=True)
            built_file(language).write_bytes((Path(place) / "built.qm").read_bytes())
        open_texts = [text for text in texts(catalogue) if not text.finished]
        lacking += len(open_texts)
        for text in open_texts:
            print(f"{language}: {text.context}: {text.source}")
    return lacking


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)))
