"""What a workshop consists of: its groups, its stages and their settings.

These types are what a format file is read into, what stands in the first event of every log, and what the
pages and the report read. Stage settings are a tagged union: a stage's kind decides which settings it may
have.
"""

import re
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from edp_app.core.parts import (
    CardField,
    Column,
    Field,
    Group,
    Option,
    Optional200,
    Part,
    Question,
    Short,
    Slug,
    Statement,
    Territory,
    Words,
)

LANGUAGES = ("en", "es", "pt")
"""The languages of the product, in the order in which they are offered."""

RULES = 1
"""The version of the rules in this code; it is written into every new workshop's first event."""

MOST_STAGES = 60
"""Of one workshop."""

MOST_STATEMENTS = 200
"""That are brought into one gather stage at once."""

Minutes = Annotated[int, Meta(ge=1, le=600)]
Clock = Annotated[str, Meta(pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?\Z")]
Language = Literal["en", "es", "pt"]
Privacy = Literal["grouped", "open", "headcount"]
Rule = Literal["headcount", "balanced", "both", "portfolio"]
"""What decides: one person, one vote; every group the same; both of them; or equal shares for every group."""

Door = Literal["open", "admitted", "badges"]
"""Who comes in: anyone with the code; whom a facilitator lets in; who was given a badge."""

PLACEHOLDER = re.compile(r"\{(\w{1,40})\}")
"""What stands in a prompt for something that the stage says."""


class WhoSettings(Part, frozen=True, tag="who", tag_field="kind"):
    """People say which group they speak for."""


class GatherSettings(Part, frozen=True, tag="gather", tag_field="kind"):
    """People write items under the columns."""

    columns: Annotated[list[Column], Meta(min_length=1, max_length=12)]
    fields: Annotated[list[Field], Meta(max_length=20)] = []
    sdgs: bool = False
    """Whether an item may name Sustainable Development Goals."""
    links_to: Slug | None = None
    """What an item may name: the items of an earlier gather stage, as its evidence; or what an earlier vote
    passed, as a commitment names its priority."""
    per_person: Annotated[int, Meta(ge=1, le=100)] = 20
    max_length: Annotated[int, Meta(ge=10, le=500)] = 200
    others: Literal["live", "after_close"] = "live"
    """When the room (phones and screen alike) sees what was written."""
    feeds: Literal["", "actions", "invitations"] = ""
    """What the report makes of it: who does what by when, which stands on its first page, too; or whom to
    invite. Of a list of actions the fields ``who`` and ``by_when`` are those two."""
    statements: Annotated[list[Statement], Meta(max_length=MOST_STATEMENTS)] = []
    """What is brought in: it stands among the items from the opening of the workshop's first stage."""


class SortSettings(Part, frozen=True, tag="sort", tag_field="kind"):
    """Facilitators merge and hide items of the gather stage ``of``."""

    of: Slug


class DotsMethod(Part, frozen=True, tag="dots", tag_field="type"):
    """Everyone has ``dots`` to spend, at most ``cap`` on one item."""

    dots: Annotated[int, Meta(ge=1, le=100)] = 3
    per: Literal["stage", "column"] = "stage"
    """Whether the dots are for the whole stage or anew for each column."""
    cap: Annotated[int, Meta(ge=1, le=100)] = 1


class PointsMethod(Part, frozen=True, tag="points", tag_field="type"):
    """Everyone divides ``points`` among the items as they like, at most ``cap`` on one of them."""

    points: Annotated[int, Meta(ge=2, le=1000)] = 10
    cap: Annotated[int, Meta(ge=1, le=1000)] | None = None


class AgreeMethod(Part, frozen=True, tag="agree", tag_field="type"):
    """Everyone agrees or disagrees with each item, or passes. ``reason``: whether one line may say why;
    ``may_sign``: whether who disagrees may set their name beside it, for the report."""

    reason: bool = False
    may_sign: bool = False


class Criterion(Part, frozen=True):
    """What a score from 1 to 5 is given for."""

    id: Slug
    name: Words
    asks: Words = {}
    low: Words = {}
    middle: Words = {}
    high: Words = {}
    weight: Annotated[int, Meta(ge=0, le=100)] = 1
    """How much it counts in the total, in relation to the others. 0: shown, not counted."""
    beside: bool = False
    """Answered by those who speak for a funding institution; stands beside the total, never in it."""
    flag_ones: bool = False
    """Whether it is told how many gave the lowest score."""


class CriteriaMethod(Part, frozen=True, tag="criteria", tag_field="type"):
    """Everyone scores each item from 1 to 5 on every criterion, or says that they do not know."""

    criteria: Annotated[list[Criterion], Meta(min_length=1, max_length=12)]
    weights_from: Slug | None = None
    """The earlier ask stage in which the room agrees on the weights: its scales, one for each criterion, with
    the criterion's id."""
    reason: bool = True


class Axis(Part, frozen=True):
    """One of the two directions in which items are placed, from 1 (``low``) to 5 (``high``)."""

    id: Slug
    name: Words
    low: Words = {}
    high: Words = {}


class AxesMethod(Part, frozen=True, tag="axes", tag_field="type"):
    """Everyone places each item on two axes."""

    x: Axis
    y: Axis


class ChoiceMethod(Part, frozen=True, tag="choice", tag_field="type"):
    """Everyone chooses one of the options for each item."""

    options: Annotated[list[Option], Meta(min_length=2, max_length=8)]
    funders_apart: bool = False
    """Whether those who speak for a funding institution are a group of their own here."""


class RankingMethod(Part, frozen=True, tag="ranking", tag_field="type"):
    """Everyone puts the items in order, the best first, as far as they like."""

    top: Annotated[int, Meta(ge=1, le=50)] | None = None
    """How many places there are to fill; None: all."""


Method = DotsMethod | PointsMethod | AgreeMethod | CriteriaMethod | AxesMethod | ChoiceMethod | RankingMethod
"""The union of every voting method's settings."""


class VoteSettings(Part, frozen=True, tag="vote", tag_field="kind"):
    """People judge the items of the gather stage ``of``, or those that passed by the earlier vote ``of``;
    ``passes`` items per column or stage go through. With 0, which only ``agree`` may have, none does: it
    tells how the room stands, and decides nothing."""

    of: Slug
    method: Method = DotsMethod()
    rule: Rule = "balanced"
    passes: Annotated[int, Meta(ge=0, le=100)] = 3
    second_of: Slug | None = None
    """The earlier vote by criteria of which this is the second round: on what was divided, or on what groups
    differ about."""


class AskSettings(Part, frozen=True, tag="ask", tag_field="kind"):
    """People answer questions."""

    questions: Annotated[list[Question], Meta(min_length=1, max_length=20)]


class CardSettings(Part, frozen=True, tag="card", tag_field="kind"):
    """The room completes a card for each item: of the gather stage ``of`` all that stand, of the vote ``of``
    those that passed."""

    of: Slug
    fields: Annotated[list[CardField], Meta(min_length=1, max_length=20)]
    who: Literal["everyone", "facilitators"] = "everyone"
    """Who may write on the cards; facilitators always may."""


class ShowSettings(Part, frozen=True, tag="show", tag_field="kind"):
    """People look and listen."""

    text: Words = {}
    is_break: bool = False


Settings = (
    WhoSettings | GatherSettings | SortSettings | VoteSettings | CardSettings | AskSettings | ShowSettings
)
"""The union of every kind's settings; the tag ``kind`` tells them apart."""

Step = Literal["", "analysis", "governance", "vision", "priorities", "policy_mix", "monitoring"]


class Stage(Part, frozen=True):
    """One stage of the workshop. ``settings.kind`` is the stage's kind."""

    id: Slug
    title: Words
    minutes: Minutes
    settings: Settings
    prompt: Words = {}
    step: Step = ""
    prompt_for: dict[str, Words] = {}
    """What a group is asked instead of ``prompt``: group id to words."""
    year: Annotated[int, Meta(ge=1900, le=2200)] | None = None
    """What ``{year}`` in what is asked stands for."""

    def asking(self, words: Words) -> Words:
        """Words of this stage with what they leave open filled in: as people read them."""
        if self.year is None:
            return words
        return {language: text.replace("{year}", str(self.year)) for language, text in words.items()}


class Definition(Part, frozen=True):
    """A whole workshop as it was prepared."""

    title: Short
    groups: Annotated[list[Group], Meta(min_length=2, max_length=12)]
    stages: Annotated[list[Stage], Meta(min_length=1, max_length=MOST_STAGES)]
    language: Language = "es"
    """The language of the report and of the screen."""
    territory: Optional200 = ""
    """The region the workshop is about, as it stands on the cover."""
    convener: Optional200 = ""
    date: Annotated[str, Meta(pattern=r"^(\d{4}-\d{2}-\d{2})?\Z")] = ""
    starts: Clock = ""
    """The time of day at which it is to begin, and to end (``ends``): see :mod:`edp_app.core.hours`."""
    ends: Clock = ""
    territories: Annotated[list[Territory], Meta(max_length=6)] = []
    privacy: Privacy = "grouped"
    moderated: bool = False
    """Whether what people write waits, at the beginning, until a facilitator approves it."""
    door: Door = "open"
    credit: Annotated[str, Meta(max_length=1000)] = ""
    """Where the facts of a demonstration workshop come from."""

    def described(
        self,
        *,
        title: str,
        territory: str,
        convener: str,
        date: str,
        door: str = "",
        language: str = "",
        privacy: str = "",
    ) -> "Definition":
        """The same workshop under these words, which are clean already; ``door``, ``language``, ``privacy``:
        one of :data:`Door`, :data:`Language`, :data:`Privacy`, or empty for those it has."""
        return msgspec.structs.replace(
            self,
            title=title,
            territory=territory,
            convener=convener,
            date=date,
            door=door or self.door,
            language=language or self.language,
            privacy=privacy or self.privacy,
        )

    def expecting(self, expected: dict[str, int], territories: dict[str, int] | None = None) -> "Definition":
        """The same workshop with so many people of each group expected, and from each territory, unless that
        is to stay as it is; of the others nothing is said."""
        groups = [msgspec.structs.replace(one, expected=expected.get(one.id)) for one in self.groups]
        sides = self.territories
        if territories is not None:
            sides = [msgspec.structs.replace(one, expected=territories.get(one.id)) for one in sides]
        return msgspec.structs.replace(self, groups=groups, territories=sides)

    def prepared(self, stages: list[Stage], **others: object) -> "Definition":
        """The same workshop with these stages, and with these ``others``: groups, territories, times. None:
        those that it has."""
        given = {name: one for name, one in others.items() if one is not None}
        return msgspec.structs.replace(self, stages=stages, **given)

    def stage(self, stage_id: str) -> Stage | None:
        """The stage with this id, or None."""
        return next((s for s in self.stages if s.id == stage_id), None)

    def gathered_in(self, stage_id: str) -> str:
        """The gather stage whose items a stage has that another one names as ``of``: this one itself, or of a
        vote the stage whose items it judges."""
        stage = self.stage(stage_id)
        while stage is not None and isinstance(stage.settings, VoteSettings):
            stage_id = stage.settings.of
            stage = self.stage(stage_id)
        return stage_id


def kind_of(settings: Settings) -> str:
    """The kind a stage has, which is the tag of its settings."""
    return str(settings.__struct_config__.tag)


def in_language(words: Words, language: str) -> str:
    """``words`` in this language, else in English, else in whichever there is; empty if there is none."""
    return words.get(language) or words.get("en") or next(iter(words.values()), "")
