"""The language of the window: catalogues of ours and of Qt's own, and how numbers and dates are written."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from shiftclipper.jobs.preferences import LANGUAGES
from shiftclipper.paths import resource_path

SOURCE_LANGUAGE = "en"
"""The language that the texts in the code are in."""


class Language:
    """The catalogues in force. Put them in force before any text is asked for."""

    def __init__(self, application: QCoreApplication, preferred: str) -> None:
        """Install the catalogues of a language.

        Args:
            application: that shows the texts.
            preferred: one of `LANGUAGES`; `system` for the first of the system's that there is.
        """
        self._application = application
        self._locale_before = QLocale()
        self.code = chosen_language(preferred, QLocale.system().uiLanguages())
        self._translators: list[QTranslator] = []
        if preferred != "system":
            QLocale.setDefault(QLocale(self.code))
        if self.code != SOURCE_LANGUAGE:
            # Ours last: the last one installed is asked first.
            self._install(f"qtbase_{self.code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            self._install(f"shiftclipper_{self.code}", str(resource_path("translations")))

    def remove(self) -> None:
        """Go back to the texts of the code."""
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = []
        QLocale.setDefault(self._locale_before)

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator(self._application)
        # Without Qt's own catalogue a few buttons of the system's dialogs stay English.
        if translator.load(name, folder):
            self._application.installTranslator(translator)
            self._translators.append(translator)


def chosen_language(preferred: str, wanted: list[str]) -> str:
    """Return the language to show.

    Args:
        preferred: one of `LANGUAGES`.
        wanted: the system's languages, such as `de-CH`, the best first.
    """
    if preferred != "system":
        return preferred
    spoken = [one.replace("_", "-").split("-")[0] for one in wanted]
    return next((one for one in spoken if one in LANGUAGES), SOURCE_LANGUAGE)
