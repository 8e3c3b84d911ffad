"""Leave each game out in turn: train, export and measure; one command, to be repeated until done.

    python folds.py OUT --data HOCKEY1 --renders RENDERS [--base-minutes 40] [--minutes 18]
        [--folds 5-out 3-out 1-out 2-out rest]

All folds start from one base that has seen renders of the sample game only, so that no fold knows
anything of the game it is measured on. Started again, it goes on where it was cut off; what is done
is measured again only. The figures are also in OUT/FOLD/figures.txt, and OUT/figures.txt has the mean.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDS = ("5-out", "3-out", "1-out", "2-out", "rest")
"""In the order of how telling they are, should the time not suffice for all."""


def run(script: str, *words: str | Path) -> str:
    """Run a script of this folder; its output, which is shown too when it trains."""
    command = [sys.executable, str(HERE / script), *map(str, words)]
    shown = None if script == "train.py" else subprocess.PIPE
    return subprocess.run(command, check=True, stdout=shown, text=True).stdout or ""


def train(out: Path, options: argparse.Namespace, minutes: float, *words: str | Path) -> Path:
    """Train into a folder unless that is done; the checkpoint."""
    if not (out / "done").exists():
        print(f"training {out.name}", flush=True)
        run("train.py", out, "--renders", options.renders, "--minutes", str(minutes), *words)
    return out / "last.pt"


def measure(fold: str, checkpoint: Path, data: Path) -> str:
    """Figures of a fold's network on the game it has not seen."""
    out = checkpoint.parent
    run("export.py", checkpoint, out / "skater.onnx", "--half")
    figures = run("evaluate.py", out / "skater.onnx", data, "--game", fold)
    (out / "figures.txt").write_text(figures)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--renders", type=Path, required=True)
    parser.add_argument("--base-minutes", type=float, default=40.0, help="of processor time")
    parser.add_argument("--minutes", type=float, default=18.0, help="of each fold, likewise")
    parser.add_argument("--folds", nargs="+", choices=FOLDS, default=FOLDS)
    options = parser.parse_args()
    base = train(options.out / "base", options, options.base_minutes)
    reached = {}
    for fold in options.folds:
        words = ("--data", options.data, "--start", base, "--hold-out", fold)
        checkpoint = train(options.out / fold, options, options.minutes, *words)
        figures = measure(fold, checkpoint, options.data)
        print(figures, flush=True)
        together = re.search(r"together +\d+ +\d+ +([\d.]+)", figures)
        if together:
            reached[fold] = float(together[1])
    mean = sum(reached.values()) / len(reached)
    summary = ", ".join(f"{fold} {figure:.3f}" for fold, figure in reached.items())
    (options.out / "figures.txt").write_text(f"body AP {summary}; mean of {len(reached)} {mean:.3f}\n")
    print(f"body AP {summary}; mean of {len(reached)} {mean:.3f}")


if __name__ == "__main__":
    main()
