"""Nothing of the program asks the network for anything: every test of this suite runs with it denied."""

import ast
import socket
from pathlib import Path

import pytest

import shiftclipper
from tests.denied_network import NetworkUsed

_ASKING = {"http", "urllib.request", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "xmlrpc"}
"""Modules whose only use is to ask the network."""


@pytest.mark.parametrize(
    ("family", "address"),
    [(socket.AF_INET, ("127.0.0.1", 9)), (socket.AF_INET6, ("::1", 9)), (socket.AF_INET, ("192.0.2.1", 80))],
)
def test_a_test_that_asks_the_network_fails(family, address):
    with socket.socket(family, socket.SOCK_DGRAM) as asked, pytest.raises(NetworkUsed):
        asked.connect(address)
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("example.org", 80)


def test_no_room_imports_what_asks_the_network():
    package = Path(shiftclipper.__file__).parent
    asking = []
    for file in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            asking += [
                (file.name, name) for name in names if name in _ASKING or name.split(".")[0] in _ASKING
            ]
            if any(name.startswith("PySide6.QtNetwork") for name in names):
                taken = {alias.name for alias in node.names}
                assert taken <= {"QLocalServer", "QLocalSocket"}, file
    assert asking == []
