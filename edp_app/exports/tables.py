"""An export as tables in one language: what the CSV files hold, and of what the spreadsheet's sheets are
made."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from msgspec import UNSET

from edp_app.core.definition import LANGUAGES
from edp_app.exports.contents import Ask, Export, Gathering, Item, Original, Vote
from edp_app.exports.names import Names

Json = dict[str, Any]
Value = str | int | float | bool | None
"""None: nothing to say. Text that people wrote is always a ``str``, and a number never is."""

Kind = Literal["text", "whole", "number", "share", "flag"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``id`` is the same in every language."""

    id: str
    heading: str
    kind: Kind = "text"
    digits: int = 2
    """Decimals with which a ``number`` is shown; its value is whole."""


@dataclass(frozen=True, slots=True)
class Table:
    """``id``: the same in every language; ``title``: for people. ``frozen``: so many columns stay in
    sight."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    frozen: int = 0
    strong: frozenset[int] = frozenset()
    """The rows that stand out: what is through."""


KINDS: dict[str, Kind] = {
    **dict.fromkeys(
        ("expected", "listed", "minutes", "n", "order", "original", "passes_most", "people"), "whole"
    ),
    **dict.fromkeys(("round", "voters"), "whole"),
    **dict.fromkeys(("beside", "cut_depends", "few", "filled", "lot", "passes", "passes_balanced"), "flag"),
    **dict.fromkeys(("passes_headcount", "passes_portfolio", "small_group", "tied_out"), "flag"),
    **dict.fromkeys(("territories_withheld", "weights_agreed"), "flag"),
    "brought": "flag",
    "value": "number",
    "weight": "share",
}
"""What the columns hold that do not hold text, by their ids."""


def table(
    names: Names, id_: str, title: str, columns: str, rows: Iterable[Mapping[str, Value]], frozen: int = 0
) -> Table:
    """A table of known columns, by their ids."""
    ids = columns.split()
    found = tuple(Column(i, names.headings[i], KINDS.get(i, "text")) for i in ids)
    return Table(id_, title, found, tuple(tuple(row.get(i) for i in ids) for row in rows), frozen)


def about(export: Export, names: Names) -> Table:
    """What the workshop was, and what this was made from."""
    _ = names.words.gettext
    workshop, head = export.workshop, export.head
    stages = {stage.id: names.say(stage.title) for stage in export.agenda}
    unrevealed = listed(stages[stage] for stage in export.unrevealed)
    facts: list[tuple[str, str, Value]] = [
        ("title", _("Title"), workshop.title),
        ("territory", _("Region or territory"), workshop.territory),
        ("convener", _("Convened by"), workshop.convener),
        ("date", _("Planned date"), workshop.date),
        ("code", _("Code"), workshop.code),
        ("language", _("Language"), workshop.language),
        ("privacy", _("How results protect people"), names.value(workshop.privacy, "privacy")),
        ("ended", _("Ended"), workshop.ended),
        ("people", _("People"), export.people.total),
        ("undecided", _("Named no group"), export.people.undecided),
        ("funders", _("Speak for a funding institution"), export.people.funders),
        ("paper", _("Voted on paper"), export.people.paper),
        (
            "unrevealed",
            _("Results not revealed, so not in here"),
            unrevealed,
        ),
        ("erased", _("Entries whose words were erased"), head.erased),
        ("credit", _("Sources"), "" if workshop.credit is UNSET else workshop.credit),
        ("seq", _("Position in the record"), head.seq),
        ("digest", _("Digest of the record"), head.digest),
        ("at", _("Last entry (UTC)"), head.at),
        ("format", _("Format"), export.format),
        ("version", _("Version of the format"), export.version),
    ]
    rows = [{"id": id_, "about": said, "value": value} for id_, said, value in facts]
    made = table(names, "about", _("About"), "id about value", rows)
    return Table(
        made.id, made.title, (*made.columns[:2], Column("value", names.headings["value"])), made.rows
    )


def listed(parts: Iterable[object]) -> str:
    """Several things in one cell."""
    return "; ".join(map(str, parts))


def people(export: Export, names: Names) -> Table:
    """How many people, by group and by territory."""
    _ = names.words.gettext
    rows: list[Json] = [
        {
            "kind": names.value("group"),
            "id": group.id,
            "name": names.groups[group.id],
            "people": group.people,
            "expected": None if group.expected is UNSET else group.expected,
        }
        for group in export.people.groups
    ]
    rows += [
        {"kind": names.value("territory"), "id": t.id, "name": names.territories[t.id], "people": t.people}
        | {"expected": None if t.expected is UNSET else t.expected}
        for t in export.people.territories
    ]
    return table(names, "people", _("People"), "kind id name people expected", rows, 3)


def agenda(export: Export, names: Names) -> Table:
    """The stages and what became of them."""
    rows: list[Json] = [
        {
            "order": place,
            "stage": stage.id,
            "stage_title": names.say(stage.title),
            "kind": names.value(stage.kind),
            "step": names.value(stage.step),
            "prepared": stage.prepared,
            "minutes": stage.minutes,
            "took": stage.took,
            "status": names.value("skipped" if stage.skipped else stage.status, "status"),
        }
        for place, stage in enumerate(export.agenda, start=1)
    ]
    title = names.words.gettext("Agenda")
    return table(
        names, "agenda", title, "order stage stage_title kind step prepared minutes took status", rows, 3
    )


def items(export: Export, names: Names, gathering: Gathering | None = None) -> Table:
    """What people wrote: of one stage, or of all."""
    chosen = [gathering] if gathering else export.gatherings
    numbers = {item.id: item.n for g in export.gatherings for item in g.items}
    fields = [(g, field) for g in chosen for field in g.fields]
    before = ["stage", "stage_title", "column", "column_name", "n", "item", "title", "own_title"]
    named = {g.links_name for g in chosen}
    after = ["sdgs"]
    after += ["links"] if named != {"priorities"} else []
    after += ["priorities"] if "priorities" in named else []
    after += ["merged", *_told([item for g in chosen for item in g.items])]
    if gathering:
        before = before[2:]
    made = table(
        names,
        f"items-{gathering.stage}" if gathering else "items",
        names.say(gathering.title) if gathering else names.words.gettext("Contributions"),
        " ".join([*before, *after]),
        (_item(names, g, item, numbers) for g in chosen for item in g.items),
    )
    columns = (
        *made.columns[: len(before)],
        *(Column(f"{g.stage}.{field.id}", names.say(field.name)) for g, field in fields),
        *made.columns[len(before) :],
    )
    written = [
        tuple(_field(item, g, of, field.id) for of, field in fields) for g in chosen for item in g.items
    ]
    rows = (
        (*row[: len(before)], *own, *row[len(before) :]) for row, own in zip(made.rows, written, strict=True)
    )
    return Table(made.id, made.title, columns, tuple(rows), frozen=len(before) - 1)


def _field(item: Item, of: Gathering, gathering: Gathering, field: str) -> str | None:
    return None if item.fields is UNSET or of is not gathering else item.fields.get(field)


def _item(names: Names, gathering: Gathering, item: Item, numbers: Mapping[str, int]) -> Json:
    columns = {column.id: names.say(column.name) for column in gathering.columns}
    links = None if item.links is UNSET else listed(numbers[one] for one in item.links if one in numbers)
    for_priorities = gathering.links_name == "priorities"
    return {
        "stage": gathering.stage,
        "stage_title": names.say(gathering.title),
        "column": item.column,
        "column_name": columns[item.column],
        "n": item.n,
        "item": item.id,
        "title": item.title,
        "own_title": None if item.own_title is UNSET else item.own_title,
        "sdgs": None if item.sdgs is UNSET else listed(item.sdgs),
        "links": None if for_priorities else links,
        "priorities": links if for_priorities else None,
        "merged": None if item.merged is UNSET else listed(one.n for one in item.merged),
        **_origin(names, item),
    }


def _told(items: Collection[Item | Original]) -> list[str]:
    """The columns of what stands beside these items, as far as it does beside any of them; their group always
    has one."""
    found = ["group", "group_name"]
    if any(item.territory is not UNSET for item in items):
        found += ["territory", "territory_name"]
    if any(item.translations is not UNSET for item in items):
        found += [f"translation_{language}" for language in LANGUAGES]
    if any(item.brought is not UNSET for item in items):
        found += ["brought", "source"]
    return found


def _origin(names: Names, item: Item | Original) -> Json:
    """Whose an item is, where it comes from, and what stands beside it in other languages."""
    group = None if item.group is UNSET else item.group
    return {
        "group": group,
        "group_name": names.groups.get(group) if group else None,
        "brought": item.brought is not UNSET,
        "source": None if item.source is UNSET else item.source,
        "territory": None if item.territory is UNSET else item.territory,
        "territory_name": None if item.territory is UNSET else names.territories.get(item.territory),
        **{
            f"translation_{language}": None if item.translations is UNSET else item.translations.get(language)
            for language in LANGUAGES
        },
    }


def originals(export: Export, names: Names) -> Table:
    """What was merged into other items, as it was written."""
    merged = [
        (g, item, one)
        for g in export.gatherings
        for item in g.items
        for one in (() if item.merged is UNSET else item.merged)
    ]
    rows: list[Json] = [
        {"stage_title": names.say(g.title), "n": item.n, "title": item.title}
        | {"original": one.n, "own_title": one.title, **_origin(names, one)}
        for g, item, one in merged
    ]
    columns = ["stage_title", "n", "title", "original", "own_title", *_told([one for _, _, one in merged])]
    return table(names, "merged", names.words.gettext("Merged"), " ".join(columns), rows, 3)


def runs(export: Export, names: Names) -> Table:
    """Every run whose result was revealed: method, rule, who voted."""
    stages = {stage.id: names.say(stage.title) for stage in export.agenda}
    columns = (
        "run stage stage_title round method rule passes_most voters few not_represented "
        "territories_without territories_withheld weights_agreed before second_of of passed_by among settings"
    )
    title = names.words.gettext("Results")
    return table(names, "runs", title, columns, (_run(names, run, stages) for run in export.results), 3)


def _run(names: Names, run: Vote | Ask, stages: Mapping[str, str]) -> Json:
    result: Json = msgspec.to_builtins(run.result)
    cells = names.cells(run)
    row: Json = heading_of(names, run) | {
        "method": names.value(result.get("method", "ask")),
        "rule": names.value(result["rule"]) if "rule" in result else None,
        "passes_most": result.get("passes"),
        "voters": result["voters"],
        "few": result.get("few", False),
        "not_represented": listed(names.groups.get(g, g) for g in result.get("not_represented", ())) or None,
        "territories_without": listed(map(cells.__getitem__, result.get("territories_without", ()))) or None,
        "territories_withheld": result.get("territories_withheld", False),
        "weights_agreed": result.get("weights_agreed"),
        "before": result.get("before"),
    }
    if isinstance(run, Vote):
        row["of"] = stages[run.of]
        row["passed_by"] = None if run.passed_by is UNSET else stages[run.passed_by]
        row["among"] = None if run.among is UNSET else run.among
        row["second_of"] = None if run.second_of is UNSET else stages[run.second_of]
        row["settings"] = listed(
            f"{name}={value if isinstance(value, str) else msgspec.json.encode(value).decode()}"
            for name, value in run.method.items()
            if name != "type" and not isinstance(value, (dict, list))
        )
    return row


def heading_of(names: Names, run: Vote | Ask) -> Json:
    """The run in which something was found, as the first columns say it."""
    return {
        "run": run.run,
        "stage": run.stage,
        "stage_title": names.say(run.title),
        "round": run.number,
    }


def scales(export: Export, names: Names) -> Table:
    """Criteria, axes, options and questions, with their words and weights."""
    rows = [row for run in export.results for row in _scales(names, run)]
    columns = "run stage_title round kind aspect aspect_name asks low middle high weight beside"
    return table(names, "scales", names.words.gettext("What was asked"), columns, rows, 3)


def _scales(names: Names, run: Vote | Ask) -> Iterator[Json]:
    if isinstance(run, Ask):
        asked: list[tuple[str, Json]] = [
            ("question", {"id": q.id, "name": q.text, "low": q.low, "high": q.high}) for q in run.questions
        ]
    else:
        of = run.method
        asked = [("criterion", one) for one in of.get("criteria", ())]
        asked += [("axis", of[axis]) for axis in ("x", "y") if axis in of]
        asked += [("option", one) for one in of.get("options", ())]
    weights = msgspec.to_builtins(run.result).get("weights", {})
    words = ("asks", "low", "middle", "high")
    for kind, one in asked:
        said: Json = {key: names.say(one[key]) or None for key in words if key in one}
        yield heading_of(names, run) | {
            "kind": names.value(kind),
            "aspect": one["id"],
            "aspect_name": names.say(one["name"]),
            "weight": weights.get(one["id"]),
            "beside": one.get("beside"),
            **said,
        }


def cells(export: Export, names: Names) -> Table:
    """What the cells and territories of every run consist of."""
    rows: list[Json] = []
    for run in export.results:
        result: Json = msgspec.to_builtins(run.result)
        called = names.cells(run)
        for cell in result.get("cells", ()):
            of = {"count": names.value("cell"), "part": cell["id"], "part_name": called[cell["id"]]}
            of |= {"groups": listed(cell["groups"]), "voters": cell["voters"]}
            rows.append(heading_of(names, run) | of)
        for side in result.get("territories", ()):
            of = {
                "count": names.value("territory"),
                "part": side["id"],
                "part_name": names.territories[side["id"]],
            }
            rows.append(heading_of(names, run) | of | {"voters": side["voters"]})
    columns = "run stage_title round count part part_name groups voters"
    return table(names, "cells", names.words.gettext("Groups as counted"), columns, rows, 3)
