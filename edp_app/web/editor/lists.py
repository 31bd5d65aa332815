"""Lists of entries in a form of the editor: what its buttons do with them, and their ids."""

from collections.abc import Collection, Mapping, Sequence

from msgspec import inspect as types

from edp_app.web.editor.changes import Table, free_id
from edp_app.web.editor.controls import Fields, inner_of, item_fields, title_of

Gone = Mapping[str, list[Table]]
Ready = Mapping[str, Mapping[str, Table]]


def blank(entry: Table) -> bool:
    """Whether an entry is new and nothing was written in it."""
    words = (value for key, value in entry.items() if key != "gone")
    return not entry.get("id") and not any(isinstance(value, dict) and value for value in words)


def with_ids(fields: Fields, raw: Table, languages: Sequence[str], out: Collection[str] = ()) -> Table:
    """The same without new entries in which nothing was written, and with an id for every other one, which
    is none of those ``out``."""
    done = dict(raw)
    for name in raw:
        inner = _entries_of(fields, name)
        if inner is None:
            continue
        kept = [entry for entry in raw[name] if not blank(entry)]
        taken = {entry["id"] for entry in kept if entry["id"]}.union(out)
        done[name] = []
        for entry in kept:
            own = entry["id"] or free_id(title_of(entry, languages) or name, taken)
            taken.add(own)
            done[name].append({**with_ids(inner, entry, languages, out), "id": own})
    return done


def settled(raw: Table) -> Table:
    """The same without what was taken out of the lists of its entries."""
    return {
        name: [settled(one) if isinstance(one, dict) else one for one in value]
        if isinstance(value, list)
        else value
        for name, value in raw.items()
        if name != "gone"
    }


def rearranged(
    raw: Table, gone: Gone, fields: Fields, what: str, ready: Ready | None = None
) -> tuple[Table, dict[str, list[Table]]] | None:
    """The same, and what was taken out of it, after a button of a list was pressed: ``add:columns``,
    ``up:columns.2``, ``down:columns.2``, ``drop:columns.2``, ``back:columns.gone.0``, or of a list in one of
    its entries, ``drop:fields.0.options.1``; ``ready:criteria.market`` for one of those that are
    ``ready``; None where that is none."""
    verb, _, place = what.partition(":")
    name, _, at = place.partition(".")
    number, _, deeper = at.removeprefix("gone.").partition(".")
    inner = _entries_of(fields, name)
    if inner is None:
        return None
    entries, out = list(raw.get(name, [])), list(gone.get(name, []))
    n = int(number) if number.isdigit() and len(number) < 5 else -1
    if deeper and 0 <= n < len(entries):
        within = rearranged(entries[n], entries[n].get("gone", {}), inner, f"{verb}:{deeper}")
        if within is None:
            return None
        entries[n] = {**within[0], "gone": within[1]}
    elif verb == "add":
        entries.append({"id": ""})
    elif verb == "ready" and at in (ready or {}).get(name, {}):
        _take_in((ready or {})[name][at], entries, out)
    elif verb == "back" and 0 <= n < len(out):
        entry = out.pop(n)
        entries.insert(entry.pop("at"), entry)
    elif verb in ("up", "down", "drop") and 0 <= n < len(entries):
        entry = entries.pop(n)
        if verb != "drop":
            entries.insert(max(0, n - 1) if verb == "up" else n + 1, entry)
        elif not blank(entry):
            out.append({**entry, "at": n})
    else:
        return None
    return {**raw, name: entries}, {**gone, name: out}


def list_of(what: str) -> str:
    """The list that a button of :func:`rearranged` belongs to: ``fields.0.options``. Where that is a list of
    an entry, that entry stays open; what stands in the place of one that was moved does not open."""
    verb, _, place = what.partition(":")
    return place if verb == "add" else place.rpartition(".")[0].removesuffix(".gone")


def _take_in(new: Table, entries: list[Table], out: list[Table]) -> None:
    """A ready entry at the end of its list. Where it was taken out in this form it comes back as it was."""
    was = next((one for one in out if one["id"] == new["id"]), None)
    if was is not None:
        out.remove(was)
        new = {key: value for key, value in was.items() if key != "at"}
    entries.append({**new, "id": free_id(new["id"], {one["id"] for one in entries})})


def _entries_of(fields: Fields, name: str) -> Fields | None:
    """The settings of an entry of this list; None where it is none."""
    kind = inner_of(fields[name].type) if name in fields else None
    return item_fields(kind) if isinstance(kind, types.ListType) else None
