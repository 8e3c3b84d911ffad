"""The program's line icons, drawn in the colours of the tokens."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
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
        self._icons: dict[tuple[str, str, int], QIcon] = {}

    def icon(self, name: str, token: str = "ink", *, gap: int = 0) -> QIcon:
        """Return an icon for a button, sharp on every screen.

        Args:
            name: of the file in resources/icons, without its ending.
            token: name of the colour; a disabled button draws it in `ink_2`, paler.
            gap: pixels left empty on the side of the text, which follows icons too closely otherwise.
        """
        key = (name, token, gap)
        if key not in self._icons:
            icon = QIcon()
            for scale in _SCALES:
                drawn = _with_gap(self.pixmap(name, token, scale=scale), gap)
                # Selected rows are tinted lightly: the style is not to colour the icon over.
                for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                    icon.addPixmap(drawn, mode)
                pale = self.pixmap(name, self._tokens.tinted("ink_2", 0.5), scale=scale)
                icon.addPixmap(_with_gap(pale, gap), QIcon.Mode.Disabled)
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


def _with_gap(pixmap: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return pixmap
    scale = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.size() + QSize(round(gap * scale), 0))
    wide.setDevicePixelRatio(scale)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0 if QGuiApplication.isLeftToRight() else gap, 0, pixmap)
    painter.end()
    return wide


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
