"""The program's line icons, drawn in the colours of the tokens."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from shiftclipper.paths import resource_path
from shiftclipper.ui.tokens import ICON, Tokens

_SCALES = (1, 2, 3)
"""Device pixels per pixel that icons are drawn for."""


class Icons:
    """Icons in one set of tokens; thrown away when the tokens change."""

    def __init__(self, tokens: Tokens) -> None:
        """Draw nothing yet."""
        self._tokens = tokens
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}

    def icon(self, name: str, token: str = "ink") -> QIcon:
        """Return an icon for a button, sharp on every screen.

        Args:
            name: of the file in resources/icons, without its ending.
            token: name of the colour; a disabled button draws it in `ink_2`, paler.
        """
        key = (name, token)
        if key not in self._icons:
            icon = QIcon()
            for scale in _SCALES:
                icon.addPixmap(self.pixmap(name, token, scale=scale))
                pale = self.pixmap(name, self._tokens.tinted("ink_2", 0.5), scale=scale)
                icon.addPixmap(pale, QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def pixmap(self, name: str, token: str = "ink", *, size: int = ICON, scale: float = 1) -> QPixmap:
        """Return one picture of an icon.

        Args:
            name: of the file in resources/icons, without its ending.
            token: name of a token, or a colour `#rrggbb`.
            size: side in pixels.
            scale: device pixels per pixel.
        """
        colour = token if token.startswith("#") else str(getattr(self._tokens, token))
        key = (name, colour, size, float(scale))
        if key not in self._drawn:
            self._drawn[key] = _draw(name, colour, size, float(scale))
        return self._drawn[key]


def _draw(name: str, colour: str, size: int, scale: float) -> QPixmap:
    source = resource_path("icons", f"{name}.svg").read_bytes()
    renderer = QSvgRenderer(QByteArray(source.replace(b"currentColor", colour.encode())))
    device = round(size * scale)
    pixmap = QPixmap(QSize(device, device))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, device, device))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
