"""The look put on the running application, following the system's light or dark."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from shiftclipper.ui.icons import Icons
from shiftclipper.ui.style_sheet import style_sheet
from shiftclipper.ui.tokens import BODY_PIXELS, DARK, LIGHT, Tokens


class Theme(QObject):
    """Keeps the application looking as the system asks."""

    changed = Signal()
    """The tokens are others now; what is drawn by hand must be drawn again."""

    def __init__(self, application: QApplication, *, font_scale: float = 1.0) -> None:
        """Dress the application and follow the system from now on.

        Args:
            application: also the parent.
            font_scale: factor on the size of all text, on top of the system's.
        """
        super().__init__(application)
        self._application = application
        self._forced: Qt.ColorScheme | None = None
        self._system_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self._font_scale = font_scale
        self.tokens: Tokens = LIGHT
        self.icons = Icons(self.tokens)
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow)
        self._dress()

    @property
    def is_dark(self) -> bool:
        """Say whether the dark tokens are on."""
        return self.tokens is DARK

    def force(self, scheme: Qt.ColorScheme | None) -> None:
        """Show light or dark whatever the system says; None follows the system again."""
        self._forced = scheme
        self._dress()

    def scale_text(self, factor: float) -> None:
        """Make all text larger or smaller, on top of the system's size."""
        self._font_scale = factor
        self._dress()

    @Slot()
    def _follow(self) -> None:
        self._dress()

    def _dress(self) -> None:
        scheme = self._forced or self._application.styleHints().colorScheme()
        self.tokens = DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        self.icons = Icons(self.tokens)
        pixels = self._body_pixels()
        font = QFont(self._system_font)
        font.setPixelSize(pixels)
        # Figures of one width, so that running times do not dance.
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
        self._application.setFont(font)
        self._application.setPalette(palette_of(self.tokens))
        self._application.setStyleSheet(style_sheet(self.tokens, pixels))
        self.changed.emit()

    def _body_pixels(self) -> int:
        system = QFontInfo(self._system_font).pixelSize()
        return round(max(BODY_PIXELS, system) * self._font_scale)


def palette_of(tokens: Tokens) -> QPalette:
    """Return a whole palette made of the tokens."""
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.ice,
        role.WindowText: tokens.ink,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.ice,
        role.Text: tokens.ink,
        role.PlaceholderText: tokens.ink_2,
        role.Button: tokens.surface,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.on_accent,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.ink,
        role.Light: tokens.surface,
        role.Midlight: tokens.line,
        role.Mid: tokens.line,
        role.Dark: tokens.ink_2,
        role.Shadow: tokens.line,
    }
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.tinted("ink_2", 0.6)))
    return palette
