"""Roles of pictures read from hand-made H.264 and HEVC packets; real files are in the integration tests."""

import pytest

from shiftclipper.media.references import ReferenceReader, Role

AVCC = bytes([1, 100, 0, 31, 0xFF])
HVCC = bytes([1, *[0] * 20, 3])


def lengths(*units):
    return b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)


def start_codes(*units):
    return b"".join(b"\x00\x00\x00\x01" + unit for unit in units)


def h264(kind, reference):
    return bytes([reference << 5 | kind, 0x88, 0x84])


def hevc(kind, layer=0):
    return bytes([kind << 1, layer + 1, 0x80])


SEI = h264(6, 0)


@pytest.mark.parametrize(("packed", "extradata"), [(lengths, AVCC), (start_codes, b"")])
def test_the_slice_tells_whether_a_picture_is_built_on(packed, extradata):
    reader = ReferenceReader("h264", extradata)
    assert reader.role(packed(SEI, h264(1, 0))) is Role.DISPOSABLE
    assert reader.role(packed(SEI, h264(1, 2))) is Role.REFERENCE
    assert reader.role(packed(SEI, h264(5, 3))) is Role.REFRESH


def test_hevc_has_kinds_of_pictures_for_it():
    reader = ReferenceReader("hevc", HVCC)
    assert reader.role(lengths(hevc(39), hevc(0))) is Role.DISPOSABLE
    assert reader.role(lengths(hevc(1))) is Role.REFERENCE
    assert reader.role(lengths(hevc(19))) is Role.REFRESH
    assert reader.role(lengths(hevc(21))) is Role.REFERENCE
    assert reader.trustworthy


def test_a_lower_layer_on_which_a_higher_one_may_build_is_not_trusted():
    reader = ReferenceReader("hevc", HVCC)
    reader.role(lengths(hevc(0, layer=0)))
    assert reader.trustworthy
    reader.role(lengths(hevc(2, layer=1)))
    assert not reader.trustworthy


@pytest.mark.parametrize("packet", [b"", b"\x00", lengths(SEI), b"\xff" * 64, lengths(h264(1, 0))[:4]])
def test_a_packet_without_a_slice_is_unknown(packet):
    assert ReferenceReader("h264", AVCC).role(packet) is Role.UNKNOWN


def test_other_codecs_are_left_alone():
    assert ReferenceReader("vp9", b"").role(start_codes(h264(1, 0))) is Role.UNKNOWN
