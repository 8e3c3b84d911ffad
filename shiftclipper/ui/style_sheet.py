"""The style sheet made of the tokens. Widgets say what they are with the property `kind`."""

from string import Template

from shiftclipper.ui.tokens import LABEL_SHARE, RADIUS, TITLE_SHARE, Tokens, mixed

_TEMPLATE = Template("""
QMainWindow, QDialog, #page, #pageBody, QScrollArea { background: $ice; border: none; }
#header { background: $surface; border-bottom: 1px solid $line; }
#sidebar { background: $surface; border-right: 1px solid $line; }
#playerPanel { background: $surface; border-left: 1px solid $line; }
QSplitter::handle { background: transparent; }

QLabel { background: transparent; color: $ink; }
QLabel[kind="secondary"] { color: $ink_2; }
QLabel[kind="head"] { color: $ink_2; font-size: ${label}px; font-weight: 600; }
QLabel[kind="brand"] { font-size: ${lead}px; font-weight: 700; }
QLabel[kind="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[kind="lead"] { font-size: ${lead}px; font-weight: 600; }
QLabel[kind="figure"] { font-size: ${figure}px; font-weight: 600; }
QLabel[kind="bad"] { color: $bad; }

QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[kind="notice-bad"] { background: $bad_wash; border: 1px solid $bad_line; border-radius: ${radius}px; }
QFrame[kind="notice-accent"] { background: $accent_wash; border: 1px solid $accent_line;
    border-radius: ${radius}px; }
QFrame[kind="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

#dropZone { background: $surface; border: 2px dashed $accent_line; border-radius: ${radius}px; }
#dropZone[over="true"] { background: $accent_wash; border: 2px solid $accent; }
#sidebar #dropZone { background: $ice; }
#sidebar #dropZone[over="true"] { background: $accent_wash; }

QPushButton { background: $surface; color: $ink; border: 1px solid $line; border-radius: ${radius}px;
    padding: 5px 11px; min-height: ${control}px; }
QPushButton:hover { background: $hover; border-color: $accent_line; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 10px; }
QPushButton:disabled { color: $faint; background: transparent; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="icon"] { background: transparent; border-color: transparent; padding: 3px; }
QPushButton[kind="icon"]:hover { background: $hover; }
QPushButton[kind="icon"]:focus { border: 2px solid $accent; padding: 2px; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="danger"] { background: $bad; color: $on_bad; border-color: $bad; font-weight: 600; }
QPushButton[kind="danger"]:focus { border: 2px solid $ink; }

QListView { background: transparent; border: none; outline: none; }
QToolTip { background: $surface; color: $ink; border: 1px solid $line; padding: 4px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 4px; margin: 2px; min-height: 32px;
    min-width: 32px; }
QScrollBar::handle:hover { background: $ink_2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(tokens: Tokens, body_pixels: int) -> str:
    """Return the style sheet for these tokens and this size of body text."""
    return _TEMPLATE.substitute(
        ice=tokens.ice,
        surface=tokens.surface,
        line=tokens.line,
        ink=tokens.ink,
        ink_2=tokens.ink_2,
        accent=tokens.accent,
        on_accent=tokens.on_accent,
        bad=tokens.bad,
        on_bad=tokens.on_accent,
        accent_wash=tokens.tinted("accent", 0.08),
        accent_line=tokens.tinted("accent", 0.4),
        bad_wash=tokens.tinted("bad", 0.08),
        bad_line=tokens.tinted("bad", 0.35),
        hover=tokens.tinted("accent", 0.07),
        pressed=tokens.tinted("accent", 0.16),
        accent_hover=_shade(tokens, 0.12),
        accent_pressed=_shade(tokens, 0.24),
        faint=tokens.tinted("ink_2", 0.6),
        scroll=tokens.tinted("ink_2", 0.45),
        radius=RADIUS,
        label=round(body_pixels * LABEL_SHARE),
        lead=round(body_pixels * (1 + TITLE_SHARE) / 2),
        title=round(body_pixels * TITLE_SHARE),
        figure=round(body_pixels * TITLE_SHARE * 1.4),
        control=round(body_pixels * 1.5),
    )


def _shade(tokens: Tokens, share: float) -> str:
    return mixed(tokens.accent, tokens.ink, share)
