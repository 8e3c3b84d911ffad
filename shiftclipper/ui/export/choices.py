"""What to export, as values: the three choices that suit nearly everybody, and what they set."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from shiftclipper.jobs.rows import ALL_STAGES, EXPORT_STAGES, JobResults
from shiftclipper.jobs.settings import SettingValue
from shiftclipper.ui.words import translate


class Choice(StrEnum):
    """A ready-made set of options."""

    PHONE = "phone"
    COACH = "coach"
    RECRUITING = "recruiting"


@dataclass(frozen=True, slots=True)
class Options:
    """What is exported and how."""

    clips: bool = True
    reel: bool = True
    """Only together with clips, of which it is made."""
    report: bool = True
    mode: str = "exact"
    pre_roll: float = 2.0
    post_roll: float = 2.0
    """Seconds of film before and after each shift."""
    cards: bool = False
    """The rest is about the reel: a title, and a card before each shift."""
    spotlight: bool = False
    """The picture stops at the start of each clip, and a ring shows who it is."""
    ring: bool = False
    """A ring for as long as the player is seen."""
    shape: str = "wide"
    crossfade: float = 0.0
    """Seconds; 0 for plain cuts."""

    def with_part(self, name: str, on: bool) -> "Options":
        """Return these with `clips`, `reel` or `report` wanted or not; a reel brings its clips."""
        changed = replace(self, **{name: on})  # type: ignore[arg-type]
        return replace(changed, clips=changed.clips or changed.reel)

    @property
    def settings(self) -> Mapping[str, SettingValue]:
        """The settings of the job that these options are."""
        return {
            "reel": self.reel,
            "cut_mode": self.mode,
            "pre_roll": self.pre_roll,
            "post_roll": self.post_roll,
            "reel_cards": self.cards,
            "spotlight": self.spotlight,
            "overlay": self.ring,
            "reel_shape": self.shape,
            "reel_crossfade": self.crossfade,
        }

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that make what is wanted, those before them included."""
        wanted = {"clips": self.clips, "reel": self.clips, "report": self.report}
        # Without a reel the reel's stage still runs: it takes an earlier reel away.
        return tuple(name for name in ALL_STAGES if wanted.get(name, True))


CHOICES: Mapping[Choice, Options] = {
    Choice.PHONE: Options(report=False, pre_roll=1.0, post_roll=1.0, spotlight=True, shape="portrait"),
    Choice.COACH: Options(mode="auto"),
    Choice.RECRUITING: Options(pre_roll=4.0, cards=True, spotlight=True, crossfade=0.4),
}


def options_of(found: JobResults) -> Options:
    """Return what a job is to export, as the database has it.

    A job that was never asked for any of it gets everything.
    """
    stages, settings = found.job.stages, found.setup.settings
    asked = any(name in stages for name in EXPORT_STAGES)
    clips = "clips" in stages or not asked
    return Options(
        clips=clips,
        reel=clips and settings.reel,
        report="report" in stages or not asked,
        mode=settings.cut_mode,
        pre_roll=settings.pre_roll,
        post_roll=settings.post_roll,
        cards=settings.reel_cards,
        spotlight=settings.spotlight,
        ring=settings.overlay,
        shape=settings.reel_shape,
        crossfade=settings.reel_crossfade,
    )


def choice_of(options: Options) -> Choice | None:
    """Return the choice that these options are, or None when they are the person's own."""
    return next((choice for choice, its in CHOICES.items() if its == options), None)


def choice_words(choice: Choice) -> tuple[str, str]:
    """Return the name of a choice and what it makes."""
    return {
        Choice.PHONE: (
            translate("Export", "Phone and social"),
            translate(
                "Export",
                "Tight clips, and an upright reel that follows your player.",
            ),
        ),
        Choice.COACH: (
            translate("Export", "Coach"),
            translate("Export", "A clip of every shift, one reel, and a report with the time on ice."),
        ),
        Choice.RECRUITING: (
            translate("Export", "Recruiting reel"),
            translate("Export", "A reel with title and cards that shows who it is and how each play began."),
        ),
    }[choice]
