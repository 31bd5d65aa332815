"""``gather``: people write items under columns, and change or withdraw their own until it closes.

What they may name with them is what stands in an earlier gather stage, or what passed by an earlier vote.
The latter is settled when the run opens, or goes on. A vote that is not revealed is waited for: its result is
one tap away, and everything written before it would lack its priority. One that was not held is not: naming
is optional, and a room that ran out of time can still promise something.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from edp_app.core.commands import AddItem, ChangeItem, Context, WithdrawItem
from edp_app.core.definition import GatherSettings, Stage
from edp_app.core.events import Event, ItemAdded, ItemChanged, ItemWithdrawn
from edp_app.core.item import Item
from edp_app.core.items import board, brought_board, columns_of, standing_items, words_of_stage
from edp_app.core.parts import Field
from edp_app.core.refusals import Refusal, refuse
from edp_app.core.registry import Evolves, Json, RunDecides, settings_as
from edp_app.core.seats import at_table
from edp_app.core.stages.base import Plain
from edp_app.core.stages.passed import first_of, passed, rests_on_vote, was_voted
from edp_app.core.stages.vote import VOTE
from edp_app.core.state import Run, State
from edp_app.core.text import clean, clean_lines
from edp_app.core.whose import Authors, settle


@dataclass(slots=True)
class Gathered(Authors):
    """What a gather run holds besides its authors. ``passed``: what passed by the vote that its items may
    name; None where they name no vote."""

    passed: tuple[str, ...] | None = None


def _settings(run: Run) -> GatherSettings:
    return settings_as(run.stage, GatherSettings)


def shows_others(run: Run) -> bool:
    """Whether everybody sees what was written. What was brought in is seen in any case."""
    return _settings(run).others == "live" or not run.running


def shown_board(state: State, stage_id: str) -> tuple[list[Json], bool]:
    """What is to be seen of what a gather stage holds, once it was opened or something was brought in; and
    whether that is all. While what people write is not to be seen, it is what was brought in."""
    runs = state.runs_of(stage_id)
    is_all = not runs or shows_others(runs[-1])
    shown = board(state, stage_id) if is_all else brought_board(state, stage_id)
    return list(shown["items"].values()), is_all


def was_held(state: State, stage_id: str) -> bool:
    """Whether there is anything to tell of a gather stage: it was opened, or something was brought in."""
    return bool(state.runs_of(stage_id)) or any(not i.withdrawn for i in state.items_of(stage_id))


def _passed(state: State, stage: Stage) -> tuple[str, ...] | Refusal | None:
    """What passed by the vote that items may name, nothing where it was not held; None where they name no
    vote. ``not_revealed_yet`` while its result is hidden."""
    named = settings_as(stage, GatherSettings).links_to
    if named is None or not rests_on_vote(state, named):
        return None
    return passed(state, named, VOTE.result) if was_voted(state, named) else ()


def nameable(state: State, run: Run) -> list[Item]:
    """What an item of this run may name now, as it stands: in order of arrival, or in that of the vote."""
    data: Gathered = run.data
    if data.passed is None:
        return standing_items(state, named) if (named := _settings(run).links_to) else []
    standing = (state.standing(item) for item in data.passed)
    return list({item.id: item for item in standing if item}.values())


def _may_name(state: State, run: Run, link: str) -> bool:
    """Whether an item may name this one, which may stand under another one by now."""
    data: Gathered = run.data
    target = state.items.get(link)
    if target is None or not state.is_seen(link):
        return False
    if data.passed is None:
        return target.stage == _settings(run).links_to
    return link in data.passed or any(link == one.id for one in nameable(state, run))


def _content(
    state: State, run: Run, command: AddItem | ChangeItem, before: Sequence[str] = ()
) -> tuple[str, dict[str, str], list[int], list[str]] | Refusal:
    """Title, fields, goals and links as they will be stored, or why they cannot be. ``before``: the links
    that there are, which may stay where the vote was held again and let something else pass."""
    settings = _settings(run)
    title = clean(command.title, settings.max_length)
    if isinstance(title, Refusal):
        return title
    known = {field.id: field for field in settings.fields}
    fields: dict[str, str] = {}
    for field_id, raw in command.fields.items():
        if field_id not in known:
            return refuse("bad_message")
        text = clean_lines(raw, known[field_id].max_length)
        if isinstance(text, Refusal):
            return text
        if text:
            fields[field_id] = text
    if command.sdgs and not settings.sdgs:
        return refuse("bad_message")
    links = list(dict.fromkeys(command.links))
    for link in links:
        if not _may_name(state, run, link) and not (link in before and state.is_seen(link)):
            return refuse("unknown_link")
    return title, fields, sorted(set(command.sdgs)), links


def add(state: State, run: Run, command: AddItem, ctx: Context) -> list[Event] | Refusal:
    settings = _settings(run)
    if all(column.id != command.column for column in settings.columns):
        return refuse("unknown_column")
    mine = sum(i.author == ctx.actor and not i.withdrawn for i in state.items.values() if i.run == run.id)
    limit = settings.per_person * len(at_table(state, ctx.actor))  # a table writes for all who sit there
    if mine >= limit:
        return refuse("too_many_items", limit=limit)
    content = _content(state, run, command)
    if isinstance(content, Refusal):
        return content
    title, fields, sdgs, links = content
    item = f"i{state.seq + 1}"
    return [
        ItemAdded(
            item=item,
            run=run.id,
            author=ctx.actor,
            column=command.column,
            title=title,
            fields=fields,
            sdgs=sdgs,
            links=links,
            waiting=state.moderated,
        )
    ]


def _own_item(state: State, run: Run, item_id: str, ctx: Context) -> Item | Refusal:
    item = state.items.get(item_id)
    if item is None or item.run != run.id or item.withdrawn:
        return refuse("unknown_item")
    if item.author != ctx.actor:
        return refuse("not_yours")
    if state.is_hidden(item):
        return refuse("item_hidden")
    # What stands under it would be gone with it, also what is hidden now and may be shown again.
    if item.into or any(i.into == item.id and not i.withdrawn for i in state.items.values()):
        return refuse("item_merged")
    return item


def change(state: State, run: Run, command: ChangeItem, ctx: Context) -> list[Event] | Refusal:
    item = _own_item(state, run, command.item, ctx)
    if isinstance(item, Refusal):
        return item
    if command.revision != item.revision:
        return refuse("outdated")
    content = _content(state, run, command, item.links)
    if isinstance(content, Refusal):
        return content
    title, fields, sdgs, links = content
    return [
        ItemChanged(
            item=item.id,
            revision=item.revision + 1,
            title=title,
            fields=fields,
            sdgs=sdgs,
            links=links,
            waiting=state.moderated or item.waiting,
        )
    ]


def withdraw(state: State, run: Run, command: WithdrawItem, ctx: Context) -> list[Event] | Refusal:
    item = _own_item(state, run, command.item, ctx)
    return item if isinstance(item, Refusal) else [ItemWithdrawn(item=item.id)]


def on_added(state: State, event: ItemAdded, at: int, actor: str) -> None:
    run = state.runs[event.run]
    run.contributions += 1
    state.items[event.item] = Item(
        id=event.item,
        n=len(state.items) + 1,
        run=run.id,
        stage=run.stage.id,
        column=event.column,
        author=event.author,
        title=event.title,
        fields=event.fields,
        sdgs=event.sdgs,
        links=event.links,
        waiting=event.waiting,
    )


def on_changed(state: State, event: ItemChanged, at: int, actor: str) -> None:
    if item := state.items.get(event.item):
        item.revision = event.revision
        item.title, item.fields, item.sdgs, item.links = event.title, event.fields, event.sdgs, event.links
        item.waiting = event.waiting


def on_withdrawn(state: State, event: ItemWithdrawn, at: int, actor: str) -> None:
    if item := state.items.get(event.item):
        item.withdrawn = True


def _line(field: Field) -> Json:
    """A line of an item as pages are told of it."""
    line: Json = {"id": field.id, "name": field.name, "max_length": field.max_length}
    if field.asks:
        line["asks"] = field.asks
    if field.shown:
        line["shown"] = True
    return line


class GatherKind(Plain):
    id: ClassVar[str] = "gather"
    decides: ClassVar[RunDecides] = {AddItem: add, ChangeItem: change, WithdrawItem: withdraw}
    evolves: ClassVar[Evolves] = {ItemAdded: on_added, ItemChanged: on_changed, ItemWithdrawn: on_withdrawn}

    def may_open(self, state: State, stage: Stage) -> Refusal | None:
        """``not_revealed_yet`` (``title``) where the vote that its items may name was held, and its result is
        hidden."""
        found = _passed(state, stage)
        return found if isinstance(found, Refusal) else None

    def start(self, state: State, stage: Stage) -> Gathered:
        found = _passed(state, stage)
        return Gathered(passed=() if isinstance(found, Refusal) else found)

    def go_on(self, state: State, run: Run) -> None:
        """What may be named is what passes now, unless that is hidden."""
        found = _passed(state, run.stage)
        if not isinstance(found, Refusal):
            run.data.passed = found

    def close(self, state: State, run: Run) -> None:
        """Settle whose group, and which side, stands beside what was written since the last closing."""
        settle(state, run)

    def public(self, state: State, run: Run, *, counts: bool) -> Json:
        settings = _settings(run)
        shows = shows_others(run)
        standing = standing_items(state, run.stage.id)
        per_column = Counter(item.column for item in standing if shows or not item.brought)
        part: Json = {
            "columns": columns_of(state, run.stage.id),
            "fields": [_line(field) for field in settings.fields],
            "sdgs": settings.sdgs,
            "per_person": settings.per_person,
            "max_length": settings.max_length,
            "others": settings.others,
            "count": {column.id: per_column[column.id] for column in settings.columns},
        }
        if settings.links_to and (links := _links(state, run, settings.links_to)):
            part["links"] = links
        if shows:
            part["board"] = board(state, run.stage.id)
        elif (brought := brought_board(state, run.stage.id))["items"]:
            part["brought"] = brought  # that is no contribution of others: it is seen from the beginning
        return part

    def took_part(self, state: State, run: Run) -> set[str]:
        return {i.author for i in state.items.values() if i.run == run.id and not i.withdrawn}


def _links(state: State, run: Run, named: str) -> Json | None:
    """What can be named with what is written; None where a vote let nothing pass."""
    items = {i.id: {"id": i.id, "title": i.called, "column": i.column} for i in nameable(state, run)}
    said: Json = {"stage": named, "title": words_of_stage(state, named), "items": items}
    if run.data.passed is None:
        return said | {"columns": columns_of(state, named)}
    if not items:
        return None
    columns = columns_of(state, state.definition.gathered_in(named))
    first = first_of(state, named)
    return said | {"title": words_of_stage(state, first), "columns": columns, "passed_by": first}
