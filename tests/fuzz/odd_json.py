"""JSON whose shape is right and whose values are odd: what mutated bytes hardly ever give."""

import copy
import json
import random
from collections.abc import Sequence

BETWEEN = b"\n\n"
"""Between several documents of one input."""
ODD: tuple[object, ...] = (
    *(None, True, -1, 0, 1e308, float("inf"), float("nan"), -1e9, 10**400),
    *("", "x", "\0", "1e5", "\ud800", "../../etc/passwd", "9" * 5000),
    *([], {}, [[]], [1, 2], [2, 1], [None] * 1000, {"start": 5, "end": 1}),
)


def odd(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """Return one of the seeds with odd values in a few places, or with places missing."""
    documents = [json.loads(text) for text in chance.choice(seeds).split(BETWEEN)]
    for _ in range(chance.choice((1, 1, 2, 3))):
        places = [place for document in documents for place in _places(document)]
        if not places:
            break
        holder, key = chance.choice(places)
        if chance.random() < 0.2:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(chance.choice(ODD))
    return BETWEEN.join(json.dumps(document).encode() for document in documents)


def _places(value: object) -> list[tuple[object, object]]:
    """Return every place in a document: what holds it, and the key or number that it has there."""
    if isinstance(value, dict):
        inside = [(value, key) for key in value]
    elif isinstance(value, list):
        inside = [(value, number) for number in range(len(value))]
    else:
        return []
    return inside + [place for holder, key in inside for place in _places(holder[key])]
