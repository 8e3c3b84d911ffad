"""Build the bundle and run it as a person would: `python tests/bundle/check_bundle.py [--keep FOLDER]`.

Needs PyInstaller and ShiftClipper in the environment that runs it. On Linux with Xvfb, xdotool and openbox it
also opens the window and drops a film on it with the mouse. Prints what was found and the figures; ends with
1 if anything failed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
"""Seconds to wait for something to appear."""
DEMO_SECONDS = "20"
DISPLAY = ":94"
SCREEN = "1600x1000x24"


def bundle_programs(folder: Path) -> tuple[Path, Path]:
    """Return the command line and the window within a built bundle."""
    if sys.platform == "darwin":
        inside = folder / "ShiftClipper.app" / "Contents" / "MacOS"
        return inside / "shiftclipper-cli", inside / "ShiftClipper"
    inside = folder / "ShiftClipper"
    if sys.platform == "win32":
        return inside / "shiftclipper-cli.exe", inside / "ShiftClipper.exe"
    return inside / "shiftclipper", inside / "shiftclipper-window"


def build(folder: Path) -> None:
    """Build the bundle into a folder."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(folder / "dist"), "--workpath", str(folder / "build")]
    subprocess.run([*command, str(ROOT / "shiftclipper.spec")], check=True, cwd=ROOT)


def bare_environment(**more: str) -> dict[str, str]:
    """Return an environment without Python, ffmpeg or libraries of this machine's own choosing."""
    kept = ("HOME", "LANG", "TEMP", "TMP", "SYSTEMROOT", "USERPROFILE", "LOCALAPPDATA", "APPDATA")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    system = r"C:\Windows\System32" if sys.platform == "win32" else "/usr/bin:/bin"
    return environment | {"PATH": system} | more


def check_self_test(program: Path, data: Path) -> list[str]:
    """Run the bundle's self-test; return what is wrong."""
    ended = subprocess.run(
        [str(program), "--data-dir", str(data), "self-test", "--json"],
        env=bare_environment(QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if not ended.stdout:
        return [f"the self-test said nothing (exit code {ended.returncode}): {ended.stderr[-2000:]}"]
    checks = json.loads(ended.stdout)
    for check in checks:
        print(f"  {'ok  ' if check['works'] else 'none'} {check['name']}: {check['detail']}")
    wanted = {"playing films", "fonts"}
    return [
        f"{check['name']}: {check['detail']}"
        for check in checks
        if not check["works"] and (check["needed"] or check["name"] in wanted)
    ]


def check_demo(program: Path, data: Path, out: Path) -> list[str]:
    """Run the whole job on the sample game; return what is wrong."""
    begun = time.monotonic()
    ended = subprocess.run(
        [str(program), "--data-dir", str(data), "demo", str(out), "--seconds", DEMO_SECONDS],
        env=bare_environment(),
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    print(f"  demo of {DEMO_SECONDS} s: {time.monotonic() - begun:.0f} s, exit code {ended.returncode}")
    if ended.returncode:
        return [f"the demo failed: {ended.stderr[-2000:]}"]
    wrong = [
        f"the demo made no {name}" for name in ("report.html", "results.json") if not list(out.rglob(name))
    ]
    return wrong


def check_licences(program: Path, data: Path) -> list[str]:
    """Read what the bundle says of licences; return which distribution in it, or which text, is missing."""
    ended = subprocess.run(
        [str(program), "--data-dir", str(data), "licences"],
        env=bare_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    said = ended.stdout.lower().replace("_", "-")
    packages = [
        path.name.rpartition(".")[0].lower().replace("_", "-") for path in program.parent.rglob("*.dist-info")
    ]
    named = [name.rpartition("-") for name in packages]
    wanted = ["gnu lesser general public license", "gnu general public license", "python software foundation"]
    wanted += [f"{name} {version}" for name, _, version in named if name != "shiftclipper"]
    print(f"  {len(packages)} distributions, {len(ended.stdout)} characters")
    return [f"the licences say nothing of {text}" for text in wanted if text not in said]


@contextmanager
def screen() -> Iterator[Mapping[str, str]]:
    """Give the environment of a screen that nobody sees, with a window manager."""
    environment = bare_environment(DISPLAY=DISPLAY)
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", SCREEN], stderr=subprocess.DEVNULL)
    manager = None
    try:
        wait_for(lambda: Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists(), "a screen")
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
        yield environment
    finally:
        if manager is not None:
            manager.terminate()
        server.terminate()
        server.wait()


def wait_for(found: "object", what: str) -> object:
    """Return what a function finds, once it finds something.

    Raises:
        TimeoutError: it found nothing.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = found()  # type: ignore[operator]
        if value:
            return value
        time.sleep(0.2)
    raise TimeoutError(f"waited in vain for {what}")


def windows_called(name: str, environment: Mapping[str, str]) -> list[str]:
    """Return the ids of the windows with a name."""
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", name],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.split()


def check_window(programs: tuple[Path, Path], data: Path, film: Path) -> list[str]:
    """Open the window, drop a film on it with the mouse, and look for its job; return what is wrong."""
    command_line, window_program = programs
    with screen() as environment:
        begun = time.monotonic()
        window = subprocess.Popen([str(window_program), "--data-dir", str(data)], env=environment)
        source = None
        try:
            (identity, *_) = wait_for(lambda: windows_called("^ShiftClipper$", environment), "the window")
            print(f"  window on the screen after {time.monotonic() - begun:.1f} s")
            place = ["xdotool", "windowmove", "--sync", identity, "0", "0"]
            subprocess.run(place, env=environment, check=True)
            source = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("drag_source.py")), str(film)],
                env=environment | {"QT_QPA_PLATFORM": "xcb"},
            )
            (drag_from, *_) = wait_for(lambda: windows_called("^Drag me$", environment), "the drag source")
            drag = (
                f"windowmove --sync {drag_from} 1320 700 mousemove 1380 760 sleep 0.5 mousedown 1 "
                "sleep 0.3 mousemove 1300 700 sleep 0.3 mousemove 900 500 sleep 0.3 mousemove 640 400 "
                "sleep 0.5 mousemove 645 405 sleep 0.5 mouseup 1"
            )
            subprocess.run(["xdotool", *drag.split()], env=environment, check=True)

            def jobs() -> object:
                said = subprocess.run(
                    [str(command_line), "--data-dir", str(data), "jobs", "--json"],
                    env=bare_environment(),
                    capture_output=True,
                    text=True,
                    check=False,
                )
                return json.loads(said.stdout) if said.stdout.strip() else None

            found = wait_for(jobs, "the job of the film that was dropped")
            print(f"  a film dropped with the mouse is a job: {len(list(found))}")  # type: ignore[call-overload]
        except TimeoutError as error:
            return [str(error)]
        finally:
            for process in (source, window):
                if process is not None:
                    process.terminate()
                    process.wait(60)
    return []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="build here and leave it; a temporary folder otherwise")
    parser.add_argument("--built", action="store_true", help="use what was built there before")
    options = parser.parse_args()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.keep or Path(temporary)).absolute()
        if not options.built:
            begun = time.monotonic()
            build(folder)
            print(f"built in {time.monotonic() - begun:.0f} s")
        programs = bundle_programs(folder / "dist")
        size = sum(path.stat().st_size for path in programs[0].parent.rglob("*") if not path.is_symlink())
        print(f"size: {size / 1e6:.0f} MB")
        begun = time.monotonic()
        subprocess.run([str(programs[0]), "--version"], env=bare_environment(), check=True)
        print(f"start of the command line: {time.monotonic() - begun:.1f} s")
        data = Path(temporary) / "data"
        print("self-test:")
        wrong += check_self_test(programs[0], data)
        print("licences:")
        wrong += check_licences(programs[0], data)
        print("demo:")
        out = Path(temporary) / "demo"
        wrong += check_demo(programs[0], data, out)
        if all(map(shutil.which, ("Xvfb", "xdotool", "openbox"))):
            print("window:")
            films = sorted(out.rglob("*.mp4"), key=lambda path: path.stat().st_size)
            wrong += check_window(programs, Path(temporary) / "window data", films[-1])
    for sentence in wrong:
        print(f"FAILED {sentence}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
