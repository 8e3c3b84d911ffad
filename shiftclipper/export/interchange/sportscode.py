"""The XML that Hudl Sportscode, Nacsport, Dartfish and other coding programs exchange.

A row for each player, an instance for each shift, in seconds of game time without pre- and post-roll: coding
programs add their own lead and lag, and count what is in the instances.
"""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from shiftclipper.export.interchange.edit import EditGame, EditPlayer, EditShift
from shiftclipper.export.words import confidence_word, plain_text

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_GREY = "#808080"


def sportscode_text(game: EditGame) -> str:
    """Return every player's shifts as instances, in the order of time."""
    root = Element("file")
    order = SubElement(SubElement(root, "SORT_INFO"), "sort_type")
    order.text = "sort order"
    instances = SubElement(root, "ALL_INSTANCES")
    shifts = [(shift, player) for player in game.players for shift in player.shifts]
    shifts.sort(key=lambda pair: (pair[0].start, pair[0].end))
    for number, (shift, player) in enumerate(shifts, 1):
        _instance(SubElement(instances, "instance"), number, shift, player)
    rows = SubElement(root, "ROWS")
    for number, player in enumerate(game.players, 1):
        row = SubElement(rows, "row")
        _add(row, "sort_order", str(number))
        _add(row, "code", player.label)
        # 16 bits for each colour.
        colour = player.colour or _GREY
        for place, name in enumerate("RGB"):
            _add(row, name, str(int(colour[1 + 2 * place : 3 + 2 * place], 16) * 257))
    indent(root, " ")
    return _HEAD + tostring(root, encoding="unicode") + "\n"


def _instance(instance: Element, number: int, shift: EditShift, player: EditPlayer) -> None:
    _add(instance, "ID", str(number))
    _add(instance, "start", f"{float(shift.start):.6f}")
    _add(instance, "end", f"{float(shift.end):.6f}")
    _add(instance, "code", player.label)
    labels = [("Shift", str(shift.number))]
    if shift.period is not None:
        labels.append(("Period", str(shift.period)))
    labels.append(("Sure", "set by hand" if shift.by_hand else confidence_word(shift.confidence)))
    for group, text in labels:
        label = SubElement(instance, "label")
        _add(label, "group", group)
        _add(label, "text", text)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = plain_text(text)
