"""The style sheet made of the tokens. Widgets say what they are with the property `kind`."""

from string import Template

from shiftclipper.paths import resource_path
from shiftclipper.ui.tokens import LABEL_SHARE, LIGHT, RADIUS, TITLE_SHARE, Tokens, mixed

_TEMPLATE = Template("""
QMainWindow, QDialog, #page, #pageBody, QScrollArea { background: $ice; border: none; }
#shiftPanel, #shiftPanelBody { background: transparent; border: none; }
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
QLabel[kind="key"] { background: $ice; border: 1px solid $line_2; border-bottom: 2px solid $line_2;
    border-radius: 5px; padding: 1px 7px; font-weight: 600; }

QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[kind="notice-bad"] { background: $bad_wash; border: 1px solid $bad_line; border-radius: ${radius}px; }
QFrame[kind="notice-accent"] { background: $accent_wash; border: 1px solid $accent_line;
    border-radius: ${radius}px; }
#pictureHint { background: rgba(14, 20, 26, 215); color: #E8EEF4; border-radius: ${radius}px;
    padding: 5px 12px; font-weight: 600; }
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
QPushButton[kind="likeliest"] { border: 2px solid $accent; padding: 4px 10px; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { color: $faint; background: $pressed; border-color: $pressed; }
QPushButton[kind="icon"] { background: transparent; border-color: transparent; padding: 3px; }
QPushButton[kind="icon"]:hover { background: $hover; }
QPushButton[kind="icon"]:focus { border: 2px solid $accent; padding: 2px; }
QPushButton[kind="narrow"] { padding: 5px 7px; }
QPushButton[kind="narrow"]:focus { padding: 4px 6px; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[align="left"] { text-align: left; }
QPushButton[kind="icon"]::menu-indicator { image: none; width: 0; }
QPushButton[kind="danger"] { background: $bad; color: $on_bad; border-color: $bad; font-weight: 600; }
QPushButton[kind="danger"]:focus { border: 2px solid $ink; }

QListView { background: transparent; border: none; outline: none; }
QTableView { background: transparent; border: none; outline: none; color: $ink;
    selection-background-color: $pressed; selection-color: $ink; }
QTableView::item { padding: 0 2px; }
QTableView::item:hover { background: $hover; }
QTableView::item:selected { background: $pressed; color: $ink; }
QTableView:focus { border: 1px solid $accent; border-radius: 4px; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $surface; color: $ink_2; border: none; border-bottom: 1px solid $line;
    padding: 3px 4px; font-size: ${label}px; font-weight: 600; }
QHeaderView::section:hover { color: $ink; }
QHeaderView::up-arrow { image: url("$up"); width: 9px; height: 9px; subcontrol-position: top center; }
QHeaderView::down-arrow { image: url("$down"); width: 9px; height: 9px; subcontrol-position: top center; }
QTabBar::tab { background: transparent; color: $ink_2; border: 1px solid transparent; border-radius: 6px;
    padding: 4px 8px; margin-right: 2px; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { background: $pressed; color: $ink; }
QTabBar:focus::tab:selected { border: 1px solid $accent; }
#hoverCard { background: $surface; border: 1px solid $line_2; border-radius: ${radius}px; }
QToolButton { background: $surface; color: $ink; border: 1px solid $line; border-radius: ${radius}px;
    padding: 5px 4px; }
QToolButton:hover { background: $hover; border-color: $accent_line; }
QToolButton:checked { background: $pressed; border-color: $accent; }
QToolButton:focus { border: 2px solid $accent; padding: 4px 3px; }
QTabBar QToolButton { padding: 0; border-radius: 4px; }
QPushButton:checked { background: $pressed; border-color: $accent; }
QToolTip { background: $surface; color: $ink; border: 1px solid $line; padding: 4px; }

QLineEdit, QComboBox, QAbstractSpinBox { background: $surface; color: $ink; border: 1px solid $line_2;
    border-radius: 6px; padding: 3px 7px; min-height: ${control}px; selection-background-color: $accent;
    selection-color: $on_accent; }
QAbstractSpinBox QLineEdit { border: none; padding: 0 0 0 5px; min-height: 0; background: transparent; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $accent; padding: 2px 6px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $faint; background: $ice; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$down"); width: 14px; height: 14px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { background: transparent; border: none;
    width: 20px; }
QAbstractSpinBox::up-arrow { image: url("$up"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line_2; padding: 4px;
    selection-background-color: $pressed; selection-color: $ink; outline: none; }
QCheckBox, QRadioButton { color: $ink; spacing: 8px; padding: 3px; border: 1px solid transparent;
    border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; }
QCheckBox:disabled { color: $faint; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $line_2; border-radius: 4px;
    background: $surface; }
QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QCheckBox::indicator:checked:disabled { background: $faint; border-color: $faint; }
QSlider:horizontal { min-height: 22px; border: 1px solid transparent; border-radius: 6px; }
QSlider:horizontal:focus { border: 1px solid $accent; }
QSlider::groove:horizontal { background: $groove; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent; width: 14px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:disabled, QSlider::sub-page:horizontal:disabled { background: $faint; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 4px; margin: 2px; min-height: 32px;
    min-width: 32px; }
QScrollBar::handle:disabled { background: transparent; }
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
        line_2=tokens.tinted("ink_2", 0.4),
        groove=tokens.tinted("ink_2", 0.3),
        up=_picture("up", tokens),
        tick=_picture("tick", tokens),
        down=_picture("down", tokens),
        scroll=tokens.tinted("ink_2", 0.45),
        radius=RADIUS,
        label=round(body_pixels * LABEL_SHARE),
        lead=round(body_pixels * (1 + TITLE_SHARE) / 2),
        title=round(body_pixels * TITLE_SHARE),
        figure=round(body_pixels * TITLE_SHARE * 1.4),
        control=round(body_pixels * 1.5),
    )


def _picture(name: str, tokens: Tokens) -> str:
    """Return the path of a picture that the style sheet needs as a file."""
    shade = "light" if tokens is LIGHT else "dark"
    return resource_path("icons", "style", f"{name}-{shade}.svg").as_posix()


def _shade(tokens: Tokens, share: float) -> str:
    return mixed(tokens.accent, tokens.ink, share)
