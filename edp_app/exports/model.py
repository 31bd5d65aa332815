"""The read model of exports, from a folded state.

Nothing is computed here that the rules compute: results, people and agenda are those of
:func:`edp_app.core.views.view` for the screen, items those of its boards. So a result that was not revealed,
a hidden text or a label that would name its author has no way into an export.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from msgspec import UNSET

from edp_app.core.definition import AskSettings, GatherSettings, Stage, VoteSettings, kind_of
from edp_app.core.moderation import waiting
from edp_app.core.plan import minutes_taken
from edp_app.core.stages import kind_by_id
from edp_app.core.stages.gather import shown_board, was_held
from edp_app.core.state import State
from edp_app.core.views import view
from edp_app.exports.cards import cards_of
from edp_app.exports.contents import (
    FORMAT,
    Ask,
    Asked,
    Export,
    Gathering,
    GroupCount,
    Head,
    Item,
    Maybe,
    Named,
    Original,
    People,
    Planned,
    TerritoryCount,
    Vote,
    Workshop,
)
from edp_app.exports.published import AnyVote, AskResult

Json = dict[str, Any]


def export_model(state: State) -> Export:
    """What an export of this workshop holds. Equal states give equal exports.

    Results are taken over as they are published. One that is not of the shape of
    :mod:`edp_app.exports.published` raises :class:`msgspec.ValidationError`.
    """
    shown = view(state, "screen")
    return Export(
        format=FORMAT,
        version=1,
        workshop=_workshop(state, shown["workshop"]),
        head=Head(seq=state.seq, digest=state.digest, at=_moment(state.at), erased=state.erased),
        people=_people(state, shown),
        agenda=[_planned(state, entry) for entry in shown["agenda"]],
        gatherings=list(_gatherings(state)),
        results=[_result(state, run, shown["results"][run]) for run in shown["results_order"]],
        cards=list(cards_of(state)),
        unrevealed=[stage.id for stage in state.definition.stages if _is_unrevealed(state, stage)],
    )


def _planned(state: State, entry: Json) -> Planned:
    stage = state.definition.stage(entry["id"])
    prepared = stage.minutes if stage else entry["minutes"]
    return msgspec.convert(entry | {"prepared": prepared, "took": minutes_taken(state, entry["id"])}, Planned)


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _workshop(state: State, shown: Json) -> Workshop:
    return Workshop(
        title=shown["title"],
        territory=shown["territory"],
        convener=shown["convener"],
        date=shown["date"],
        code=shown["code"],
        language=shown["language"],
        privacy=shown["privacy"],
        ended=shown["ended"],
        credit=state.definition.credit or UNSET,
    )


def _people(state: State, shown: Json) -> People:
    people, persons = shown["people"], state.persons.values()
    return People(
        total=people["total"],
        undecided=people["undecided"],
        funders=people["funders"],
        paper=people["paper"],
        groups=[
            GroupCount(
                id=group["id"],
                name=group["name"],
                people=people["by_group"][group["id"]],
                expected=people["expected"].get(group["id"], UNSET),
            )
            for group in shown["groups"]
        ],
        territories=[
            TerritoryCount(
                id=place["id"],
                name=place["name"],
                people=sum(p.territory == place["id"] for p in persons),
                expected=state.expected_from().get(place["id"], UNSET),
            )
            for place in shown["territories"]
        ],
    )


def _is_unrevealed(state: State, stage: Stage) -> bool:
    runs = state.runs_of(stage.id)
    reveals = kind_by_id(kind_of(stage.settings)).reveals
    return bool(runs) and reveals and not any(run.revealed for run in runs)


def _gatherings(state: State) -> Iterator[Gathering]:
    for stage in state.definition.stages:
        settings = stage.settings
        if not isinstance(settings, GatherSettings) or not was_held(state, stage.id):
            continue
        items, is_all = shown_board(state, stage.id)
        written = list(state.items_of(stage.id))
        yield Gathering(
            stage=stage.id,
            title=stage.title,
            step=stage.step,
            columns=[Named(id=column.id, name=column.name) for column in settings.columns],
            fields=[Named(id=field.id, name=field.name) for field in settings.fields],
            items=[_item(state, one) for one in items],
            hidden=sum(state.is_hidden(item) and not item.withdrawn for item in written),
            withdrawn=sum(item.withdrawn and not item.brought for item in written),
            links_name=_links_name(state, settings),
            waiting=len(waiting(state, stage.id)) or UNSET,
            not_shown_yet=UNSET if is_all else True,
        )


def _links_name(state: State, settings: GatherSettings) -> Maybe[Literal["evidence", "priorities"]]:
    if settings.links_to is None:
        return UNSET
    named = state.definition.stage(settings.links_to)
    return "priorities" if named and isinstance(named.settings, VoteSettings) else "evidence"


def _item(state: State, shown: Json) -> Item:
    item = state.items[shown["id"]]
    return Item(
        id=shown["id"],
        n=shown["n"],
        column=shown["column"],
        title=shown["title"],
        own_title=item.title if item.title != shown["title"] else UNSET,
        fields=shown.get("fields", UNSET),
        sdgs=shown.get("sdgs", UNSET),
        links=shown.get("links", UNSET),
        merged=[
            Original(
                id=one["id"],
                n=state.items[one["id"]].n,
                title=one["title"],
                translations=one.get("translations", UNSET),
                group=one.get("group", UNSET),
                brought=one.get("brought", UNSET),
                source=one.get("source", UNSET),
                territory=one.get("territory", UNSET),
            )
            for one in shown.get("merged", ())
        ]
        or UNSET,
        translations=shown.get("translations", UNSET),
        group=shown.get("group", UNSET),
        brought=shown.get("brought", UNSET),
        source=shown.get("source", UNSET),
        territory=shown.get("territory", UNSET),
    )


def _result(state: State, run_id: str, past: Json) -> Vote | Ask:
    settings = state.runs[run_id].stage.settings
    common: Json = {
        "run": run_id,
        "stage": past["stage"],
        "title": past["title"],
        "number": past["number"],
    }
    if isinstance(settings, VoteSettings):
        return Vote(
            **common,
            of=state.definition.gathered_in(settings.of),
            passed_by=past.get("passed_by", UNSET),
            among=past.get("among", UNSET),
            method=past["method"],
            columns=[Named(id=column["id"], name=column["name"]) for column in past["columns"]],
            second_of=past.get("second_of", UNSET),
            result=msgspec.convert(past["result"], AnyVote),
        )
    if isinstance(settings, AskSettings):
        return Ask(
            **common,
            questions=[msgspec.convert(asked, Asked) for asked in past["questions"]],
            result=msgspec.convert(past["result"], AskResult),
        )
    raise TypeError(f"no export of results of {past['kind']}")
