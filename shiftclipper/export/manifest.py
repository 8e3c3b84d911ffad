"""manifest.json: every file that a job made, with size and checksum."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from shiftclipper.export.written import write_text


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file that a job made."""

    type: str
    """clip, reel, report, shifts or results."""
    path: str
    bytes: int
    sha256: str


def describe_artifact(kind: str, path: Path) -> Artifact:
    """Read a finished file once and return its size and checksum."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Artifact(kind, str(path), path.stat().st_size, digest)


def write_json(value: object, path: Path) -> None:
    """Write value as indented JSON in one step: a reader sees the old file or the whole new one."""
    write_text(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def write_manifest(artifacts: Iterable[Artifact], path: Path) -> None:
    """Write manifest.json beside the artifacts, in the order given."""
    write_json({"artifacts": [asdict(artifact) for artifact in artifacts]}, path)
