"""Show files with the system's own programs."""

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from shiftclipper.errors import UserError
from shiftclipper.ui.words import translate


class SystemPrograms:
    """The file manager and the players of this machine."""

    def open_file(self, path: Path) -> None:
        """Open a file with the program that the person uses for its kind.

        Raises:
            UserError: the file is gone, or no program opens it.
        """
        if not path.exists():
            text = translate("Opening", "{name} is not there any more; run the game again to make it anew.")
            raise UserError(text.format(name=path.name))
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = translate("Opening", "No program here opens {path}; open it by hand.")
            raise UserError(text.format(path=path))

    def show_in_folder(self, path: Path) -> None:
        """Show a file in its folder, selected where the system can do that; or a folder.

        Raises:
            UserError: there is nothing there.
        """
        if not path.exists():
            text = translate("Opening", "{path} is not there yet.")
            raise UserError(text.format(path=path))
        if path.is_file() and sys.platform == "win32":
            subprocess.Popen(["explorer", "/select,", str(path)])
        elif path.is_file() and sys.platform == "darwin":
            subprocess.Popen(["open", "-R", str(path)])
        else:
            self.open_file(path if path.is_dir() else path.parent)
