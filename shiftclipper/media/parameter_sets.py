"""The parameter sets of an H.264 stream as MP4 and Matroska keep them, and two streams' sets in one.

A decoder finds the sets of a picture by their number. Newly encoded pictures can stand beside copied ones in
one track when their sets have numbers of their own and the track's header lists both. The form is the
AVCDecoderConfigurationRecord of ISO/IEC 14496-15, 5.3.3.1; for the numbers see ITU-T H.264, 7.3.2.
"""

from dataclasses import dataclass

PROFILES: dict[int, str] = {66: "baseline", 77: "main", 100: "high"}
"""Profiles of 8-bit 4:2:0 film by number, each a part of the next."""
USUAL_NUMBER = 3
NUMBERS = 32
LENGTH_SIZE = 4
SPS_START = 4
"""Bytes of a sequence parameter set before its number: header, profile, constraints, level."""
PPS_START = 1


@dataclass(frozen=True, slots=True)
class ParameterSets:
    """The header of an H.264 track."""

    profile: int
    """profile_idc, such as 100 for High."""
    constraints: int
    """The byte between profile and level."""
    level: int
    """level_idc: 40 is level 4."""
    length_size: int
    """How many bytes give the length of each unit in a packet."""
    sps: tuple[bytes, ...]
    """Sequence parameter sets, NAL header included."""
    pps: tuple[bytes, ...]
    """Picture parameter sets, likewise."""

    @classmethod
    def from_bytes(cls, data: bytes) -> "ParameterSets":
        """Read a track's header.

        Raises:
            ValueError: it is none, or cut off.
        """
        if len(data) < 7 or data[0] != 1:
            raise ValueError("not the header of an H.264 track")
        sps, place = _sets(data, 6, data[5] & 0x1F)
        if place >= len(data):
            raise ValueError("the header of an H.264 track is cut off")
        pps, _ = _sets(data, place + 1, data[place])
        if not sps or not pps:
            raise ValueError("the header of an H.264 track holds no parameter sets")
        return cls(data[1], data[2], data[3], (data[4] & 3) + 1, sps, pps)

    def to_bytes(self) -> bytes:
        """Write the header; `from_bytes` reads it back equal."""
        head = bytes([1, self.profile, self.constraints, self.level, 0xFC | (self.length_size - 1)])
        # High profiles say once more that they are 4:2:0 with 8 bits; no other film is joined.
        more = b"" if self.profile in (66, 77, 88) else bytes([0xFD, 0xF8, 0xF8, 0])
        return head + _listed(self.sps, 0xE0) + _listed(self.pps, 0) + more

    @property
    def profile_name(self) -> str:
        """x264's name of the profile, `high` for any that is none of the usual."""
        return PROFILES.get(self.profile, "high")

    @property
    def free_number(self) -> int:
        """A number that no set here has.

        Raises:
            ValueError: all are taken.
        """
        taken = {_number(one, SPS_START) for one in self.sps} | {_number(one, PPS_START) for one in self.pps}
        wanted = [*range(USUAL_NUMBER, NUMBERS), *range(USUAL_NUMBER)]
        free: list[int] = [number for number in wanted if number not in taken]
        if not free:
            raise ValueError("the film uses every number a parameter set can have")
        return free[0]

    def joined_with(self, other: "ParameterSets") -> "ParameterSets":
        """Return the header of a track that holds pictures of both; equal sets are listed once.

        Raises:
            ValueError: a number stands for two different sets, or lengths are written differently.
        """
        if self.length_size != other.length_size:
            raise ValueError("the packets give lengths in different ways")
        sps, pps = dict.fromkeys((*self.sps, *other.sps)), dict.fromkeys((*self.pps, *other.pps))
        for sets, start in ((sps, SPS_START), (pps, PPS_START)):
            if len({_number(one, start) for one in sets}) < len(sets):
                raise ValueError("two parameter sets have the same number")
        order = list(PROFILES)
        higher = max(self, other, key=lambda one: order.index(one.profile) if one.profile in order else 99)
        return ParameterSets(
            higher.profile,
            self.constraints & other.constraints,
            max(self.level, other.level),
            self.length_size,
            tuple(sps),
            tuple(pps),
        )


def _sets(data: bytes, place: int, count: int) -> tuple[tuple[bytes, ...], int]:
    """Return `count` units with 16-bit lengths from `place` on, and where they end."""
    sets: list[bytes] = []
    for _ in range(count):
        length = int.from_bytes(data[place : place + 2], "big")
        unit = data[place + 2 : place + 2 + length]
        if len(unit) < length or length < 2:
            raise ValueError("the header of an H.264 track is cut off")
        sets.append(unit)
        place += 2 + length
    return tuple(sets), place


def _listed(sets: tuple[bytes, ...], flags: int) -> bytes:
    return bytes([flags | len(sets)]) + b"".join(len(one).to_bytes(2, "big") + one for one in sets)


def _number(unit: bytes, start: int) -> int:
    """Return the number of a set, an Exp-Golomb code `start` bytes into its unit."""
    # A zero byte pair is followed by a 3 that is none of the data.
    data = unit.replace(b"\x00\x00\x03", b"\x00\x00")[start : start + 9]
    bits = int.from_bytes(data, "big")
    length = 8 * len(data)
    zeros = length - bits.bit_length()
    if not bits or 2 * zeros + 1 > length:
        raise ValueError("a parameter set is cut off")
    return (bits >> (length - 2 * zeros - 1)) - 1
