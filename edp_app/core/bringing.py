"""What is brought into a gather stage from before the workshop: statements to be checked, earlier priorities.

It is among the items like any other, for whoever votes on it, merges it or rests an idea on it, and nobody's:
it counts for no group, and no author has to be protected by it.

Until the first stage is opened it is part of the workshop as it was prepared (``statements`` of the stage),
so that a file, the editor and a copy to rehearse with have it. With that opening it becomes items; what is
brought in later is items at once.
"""

import msgspec

from edp_app.core.commands import BringItems, Brought, Command, Context, TakeBackItems
from edp_app.core.curation import TRANSLATION_LENGTH
from edp_app.core.definition import LANGUAGES, GatherSettings, Stage
from edp_app.core.editing import stages_as_planned
from edp_app.core.events import Event, ItemBrought, ItemWithdrawn, WorkshopEdited
from edp_app.core.formats import could_be_read
from edp_app.core.item import Item
from edp_app.core.items import due
from edp_app.core.parts import Statement
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Decides, Evolves
from edp_app.core.state import Act, State
from edp_app.core.text import clean

SOURCE_LENGTH = 200
"""Of the line that says where something comes from, in characters."""


def read_statement(settings: GatherSettings, said: Brought) -> Statement | Refusal:
    """A statement as it will be stored, or why it cannot be."""
    title = clean(said.title, settings.max_length)
    if isinstance(title, Refusal):
        return title
    source = clean(said.source, SOURCE_LENGTH, required=False)
    if isinstance(source, Refusal):
        return source
    if said.translations.keys() - set(LANGUAGES):
        return refuse("bad_value")
    translations: dict[str, str] = {}
    for language in LANGUAGES:
        line = clean(said.translations.get(language, ""), TRANSLATION_LENGTH, required=False)
        if isinstance(line, Refusal):
            return line
        if line:
            translations[language] = line
    columns = [column.id for column in settings.columns]
    column = said.column or (columns[0] if len(columns) == 1 else "")
    if column not in columns:
        return refuse("unknown_column")
    return Statement(title=title, column=column, source=source, translations=translations)


def bring(state: State, command: BringItems, ctx: Context) -> list[Event] | Refusal:
    """``unknown_stage`` for one in which nothing is written; ``bad_value`` for more than fits into a
    workshop."""
    stage = state.definition.stage(command.stage)
    if stage is None or not isinstance(stage.settings, GatherSettings):
        return refuse("unknown_stage")
    statements: list[Statement] = []
    for said in command.items:
        one = read_statement(stage.settings, said)
        if isinstance(one, Refusal):
            return one
        statements.append(one)
    if state.now() is None:
        return _prepare(state, stage, stage.settings, statements)
    return brought(state, [*due(state), *((stage.id, one) for one in statements)])


def _prepare(
    state: State, stage: Stage, settings: GatherSettings, new: list[Statement]
) -> list[Event] | Refusal:
    """The workshop with these statements, too."""
    held = msgspec.structs.replace(settings, statements=[*settings.statements, *new])
    stages = [
        msgspec.structs.replace(one, settings=held) if one.id == stage.id else one
        for one in stages_as_planned(state)
    ]
    after = state.definition.prepared(stages)
    if not could_be_read(after):
        return refuse("bad_value")
    return [WorkshopEdited(stages=after.stages, groups=after.groups, territories=after.territories)]


def brought(state: State, statements: list[tuple[str, Statement]]) -> list[Event]:
    """The events by which these become items of their stages; they must be the first of their command."""
    return [
        ItemBrought(
            item=f"i{state.seq + n}",
            stage=stage,
            column=one.column or _only_column(state, stage),
            title=one.title,
            source=one.source,
            translations=one.translations,
        )
        for n, (stage, one) in enumerate(statements, start=1)
    ]


def _only_column(state: State, stage_id: str) -> str:
    stage = state.definition.stage(stage_id)
    columns = stage.settings.columns if stage and isinstance(stage.settings, GatherSettings) else []
    return columns[0].id if columns else ""


def take_back(state: State, command: TakeBackItems, ctx: Context) -> list[Event] | Refusal:
    """What stands under another item, or has others under it, is part of what they say together."""
    found = (state.items.get(item_id) for item_id in dict.fromkeys(command.items))
    items = [item for item in found if item and item.brought and not item.withdrawn]
    if not items:
        return refuse("unknown_item")
    free = [item for item in items if is_free(state, item)]
    return [ItemWithdrawn(item=item.id) for item in free] if free else refuse("item_merged")


def is_free(state: State, item: Item) -> bool:
    """Whether it stands neither under another item nor over one."""
    return not item.into and all(one.into != item.id or one.withdrawn for one in state.items.values())


def taken_back(state: State, act: Act) -> list[Command]:
    """What takes back that these were brought in, as long as all of them stand there as they came, nothing
    rests on them and nobody was asked about them."""
    items = [state.items[i] for i in act.items if i in state.items]
    asked = {item for run in state.runs.values() for item in getattr(run.data, "candidates", ())}
    asked |= {link for item in state.items.values() if not item.withdrawn for link in item.links}
    free = all(item.stands and item.id not in asked and is_free(state, item) for item in items)
    return [TakeBackItems(items=[item.id for item in items])] if items and free else []


def on_brought(state: State, event: ItemBrought, at: int, actor: str) -> None:
    state.items[event.item] = Item(
        id=event.item,
        n=len(state.items) + 1,
        run="",
        stage=event.stage,
        column=event.column,
        author="",
        title=event.title,
        source=event.source,
        translations={(event.title, language): line for language, line in event.translations.items()},
    )
    if run := state.open_run():
        run.contributions += 1  # it is not as if the stage had not been opened


DECIDES: Decides = {BringItems: bring, TakeBackItems: take_back}
EVOLVES: Evolves = {ItemBrought: on_brought}
