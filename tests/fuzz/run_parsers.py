"""Give made-up files to the parsers: `python -m tests.fuzz.run_parsers [--seconds 60] [--target setup]`.

With atheris installed (`pip install atheris`) the fuzzing is guided by coverage, one process per target; else
files are mutated at random, which finds less. What is JSON is then tried for as long with odd values in the
right shape. Prints how many inputs were tried; anything but a refusal in a sentence is printed with the input
and the traceback.
"""

import argparse
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from shiftclipper.paths import resource_path
from tests.fuzz.films import MUTATIONS
from tests.fuzz.odd_json import odd
from tests.fuzz.parsers import SEEDS, TARGETS

LONGEST = 1 << 20
JSON_TARGETS = ("setup", "score", "old_job", "second_start")
Change = Callable[[random.Random, Sequence[bytes]], bytes]


def seeds_of(target: str) -> list[bytes]:
    """Return the whole inputs that the mutations begin from."""
    if target == "detector":
        return [resource_path("models", "skater.onnx").read_bytes()]
    return list(SEEDS[target])


def mutated(chance: random.Random, known: Sequence[bytes]) -> bytes:
    """Return one of the whole inputs with a few mutations of its bytes."""
    content = bytearray(chance.choice(known))
    for _ in range(chance.choice((0, 1, 1, 2, 4))):
        if content:
            content = chance.choice(MUTATIONS)(chance, content, known)
    return bytes(content[:LONGEST])


def mutate(target: str, seconds: float, seed: int = 1, change: Change = mutated) -> int:
    """Try mutated inputs for some seconds; return how many. What is found is raised."""
    chance = random.Random(seed)
    known = seeds_of(target)
    begun, count = time.monotonic(), 0
    while time.monotonic() - begun < seconds:
        data = change(chance, known)
        try:
            TARGETS[target](data)
        except BaseException:
            print(f"{target}: {data[:500]!r}")
            raise
        count += 1
    return count


def guided(target: str, seconds: float) -> int:
    """Fuzz one target by coverage in a process of its own; return its exit code."""
    code = (
        "import sys, atheris\n"
        "with atheris.instrument_imports(include=['shiftclipper']):\n"
        "    from tests.fuzz.parsers import TARGETS\n"
        "name = sys.argv.pop(1)\n"
        "atheris.Setup(sys.argv, TARGETS[name])\n"
        "atheris.Fuzz()\n"
    )
    with tempfile.TemporaryDirectory() as place:
        corpus = Path(place) / "corpus"
        corpus.mkdir()
        for number, content in enumerate(seeds_of(target)):
            (corpus / str(number)).write_bytes(content)
        options = [f"-max_total_time={seconds:.0f}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=4096"]
        options += ["-print_final_stats=1", f"-artifact_prefix={place}/"]
        command = [sys.executable, "-c", code, target, *options, str(corpus)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = ended.stderr.splitlines()
    told = [line for line in lines if "number_of_executed_units" in line or "new_units_added" in line]
    print(f"{target}: {'; '.join(line.removeprefix('stat::').strip() for line in told)}")
    if ended.returncode:
        print("\n".join(lines[-60:]))
    return ended.returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="for each target")
    parser.add_argument("--target", choices=sorted(TARGETS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="mutate at random even with atheris")
    options = parser.parse_args()
    wrong = 0
    for target in [options.target] if options.target else TARGETS:
        if importlib.util.find_spec("atheris") is not None and not options.plain:
            wrong += bool(guided(target, options.seconds))
        else:
            wrong += tell(target, "inputs", options.seconds, options.seed, mutated)
        if target in JSON_TARGETS:
            wrong += tell(target, "inputs with odd values", options.seconds, options.seed, odd)
    return wrong


def tell(target: str, what: str, seconds: float, seed: int, change: Change) -> int:
    """Try inputs and print how many; return 1 when something was found."""
    try:
        print(f"{target}: {mutate(target, seconds, seed, change)} {what}", flush=True)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
