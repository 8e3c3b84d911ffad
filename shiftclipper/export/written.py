"""Files put in place in one step: a reader sees the old one or the whole new one."""

import os
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8, lines as they are."""
    write_bytes(path, text.encode("utf-8", "replace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, make sure that it is on the disk, and only then give it its name."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
