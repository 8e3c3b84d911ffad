"""What pictures of an H.264 or HEVC stream are to others, read off the first bytes of each packet.

A decoder can leave out those that no other is built on, and takes less time for it; at a picture that
everything starts anew with, packets can be cut apart. The names are those of ITU-T H.264 (nal_ref_idc, 7.4.1)
and H.265 (sub-layer non-reference pictures, 7.4.2.2).
"""

from enum import Enum

START_CODE = b"\x00\x00\x01"
SEARCHED_BYTES = 4096
"""The first slice of a picture is looked for in so many bytes of its packet."""


class Role(Enum):
    """What a picture is to others."""

    REFERENCE = 0
    """Others may be built on it."""
    REFRESH = 1
    """An IDR picture: nothing that follows it in the file is built on anything before it."""
    DISPOSABLE = 2
    """None is."""
    UNKNOWN = 3
    """No slice was found, or the codec is another one."""


class ReferenceReader:
    """Reads the role of each picture from its packet."""

    def __init__(self, codec: str, extradata: bytes) -> None:
        """Take the codec's name as ffmpeg has it and the stream's extradata (avcC, hvcC or empty)."""
        self._hevc = codec == "hevc"
        self._known = codec in ("h264", "hevc")
        self._length_size = _length_size(extradata, hevc=self._hevc)
        self._disposable_layers: set[int] = set()
        self._highest_layer = 0

    @property
    def trustworthy(self) -> bool:
        """Whether the pictures called disposable so far really are, given all that were read.

        In a stream of temporal layers a picture on which its own layer does not build may carry a higher one.
        """
        return all(layer == self._highest_layer for layer in self._disposable_layers)

    def role(self, packet: bytes | memoryview) -> Role:
        """Return the role of the picture in a packet as the demuxer gives it."""
        if not self._known:
            return Role.UNKNOWN
        data = bytes(packet[:SEARCHED_BYTES])
        place = 0
        while True:
            start, place = self._next_unit(data, place, len(packet))
            if start < 0 or start + 1 >= len(data):
                return Role.UNKNOWN
            role = self._hevc_role(data, start) if self._hevc else _h264_role(data[start])
            if role is not None:
                return role

    def _next_unit(self, data: bytes, place: int, length: int) -> tuple[int, int]:
        """Return where the next NAL unit's header is, -1 for nowhere, and where to look for the one after."""
        if self._length_size:
            header = place + self._length_size
            size = int.from_bytes(data[place:header], "big")
            if header >= len(data) or size < 2 or header + size > length:
                return -1, place
            return header, header + size
        found = data.find(START_CODE, place)
        return (found + 3, found + 3) if found >= 0 else (-1, place)

    def _hevc_role(self, data: bytes, start: int) -> Role | None:
        kind = data[start] >> 1 & 0x3F
        if kind >= 32:
            return None
        layer = (data[start + 1] & 7) - 1
        self._highest_layer = max(self._highest_layer, layer)
        if kind in (19, 20):
            return Role.REFRESH
        # Even numbers up to RSV_VCL_N14 are the sub-layer non-reference pictures.
        if kind > 14 or kind % 2:
            return Role.REFERENCE
        self._disposable_layers.add(layer)
        return Role.DISPOSABLE


def _h264_role(header: int) -> Role | None:
    kind = header & 0x1F
    if kind not in (1, 2, 5):
        return None
    if kind == 5:
        return Role.REFRESH
    return Role.REFERENCE if header >> 5 & 3 else Role.DISPOSABLE


def _length_size(extradata: bytes, *, hevc: bool) -> int:
    """Return how many bytes give a NAL unit's length; 0 where start codes part them."""
    place = 21 if hevc else 4
    if len(extradata) <= place or extradata[0] != 1:
        return 0
    return (extradata[place] & 3) + 1
