"""What an answer to a question means: marks of the setup, and the words around it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from shiftclipper.identity import Constraints, Question
from shiftclipper.jobs.corrections import named
from shiftclipper.jobs.setup import Click, ClickKind, Setup
from shiftclipper.ui import words
from shiftclipper.ui.words import translate

SECONDS_EACH = 6.0
"""Seconds that a person takes for a question, with looking at the picture."""
_SAME = Fraction(1, 10)
"""Seconds; a mark this near to a question is an answer to it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to answer a question."""

    choice: int | None = None
    """Number of the choice that is the player, from 0; None when none of them is."""
    off_ice: bool = False
    """That he is off the ice."""


def moment(question: Question) -> Fraction:
    """Return the game time of a question, in seconds."""
    return Fraction(question.time).limit_denominator(1_000_000)


def same_moment(one: Question, other: Question) -> bool:
    """Say whether two questions are about one picture."""
    return abs(one.time - other.time) < _SAME


def name_of(question: Question) -> str:
    """Return what an answer is called in the journal of corrections."""
    return named("answer", moment(question))


def likeliest(question: Question) -> Answer:
    """Return the answer that is the most probable as far as is known."""
    best = max(range(len(question.choices)), key=lambda k: question.choices[k].probability, default=None)
    if best is None or question.off > question.choices[best].probability:
        return Answer(off_ice=True)
    return Answer(best)


def marks_of(question: Question, answer: Answer, size: tuple[float, float]) -> tuple[Click, ...]:
    """Return the marks that an answer adds to the player.

    Args:
        question: with places in pixels of the displayed picture.
        answer: to it.
        size: width and height of that picture in pixels.
    """
    added = question.answered(Constraints(), answer.choice, off_ice=answer.off_ice)
    time = moment(question)
    kinds = ((ClickKind.IS, added.clicks), (ClickKind.IS_NOT, added.nots))
    placed = [
        Click(time, kind, min(1.0, max(0.0, one.x / size[0])), min(1.0, max(0.0, one.y / size[1])))
        for kind, ones in kinds
        for one in ones
    ]
    return (*placed, *(Click(time, ClickKind.OFF_ICE) for _ in added.off_ice))


def with_marks(position: int, marks: tuple[Click, ...]) -> Callable[[Setup], Setup]:
    """Return the change of a setup that adds marks to the player at a position."""

    def change(setup: Setup) -> Setup:
        players = list(setup.players)
        player = players[position]
        players[position] = replace(player, clicks=player.clicks + marks)
        return replace(setup, players=tuple(players))

    return change


def is_answered(question: Question, setup: Setup, position: int) -> bool:
    """Say whether the person marked something at a question's moment, on its card or in the picture."""
    clicks = setup.players[position].clicks if position < len(setup.players) else ()
    return any(abs(click.time - moment(question)) < _SAME for click in clicks)


def question_words(question: Question, setup: Setup, position: int) -> str:
    """Return the question: `Which of these is Sam?`."""
    player = setup.players[position] if position < len(setup.players) else None
    name = translate("QuestionCards", "your player")
    if player is not None:
        name = player.name or (f"#{player.number}" if player.number else name)
    if len(question.choices) == 1:
        return translate("QuestionCards", "Is this {name}?").format(name=name)
    return translate("QuestionCards", "Which of these is {name}?").format(name=name)


def gain_words(question: Question) -> str:
    """Return what an answer is worth: `Settles about 40 seconds on the ice`."""
    text = translate("QuestionCards", "Settles about {duration} on the ice")
    return text.format(duration=words.duration_words(question.gain))


def left_words(count: int) -> str:
    """Return how much is left: `3 questions, about 20 seconds`."""
    if not count:
        return translate("QuestionCards", "No questions left")
    questions = (
        translate("QuestionCards", "1 question")
        if count == 1
        else translate("QuestionCards", "{count} questions").format(count=count)
    )
    return translate("QuestionCards", "{questions}, about {duration}").format(
        questions=questions, duration=words.duration_words(SECONDS_EACH * count)
    )
