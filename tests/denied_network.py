"""Denies the network to a whole process, so that a test fails that asks for it."""

import sys


class NetworkUsed(Exception):
    """Something asked the network, which ShiftClipper never does."""


def _deny(event: str, arguments: tuple[object, ...]) -> None:
    # Addresses of the network are tuples; those of sockets of this machine's own are names.
    asks = event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple)
    if asks or event == "socket.getaddrinfo":
        raise NetworkUsed(f"{event} {arguments[1:]}")


def deny_network() -> None:
    """Deny it from now on: a hook cannot be taken away again."""
    sys.addaudithook(_deny)
