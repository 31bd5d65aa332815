"""Stored bytes and back: old shapes are brought forward, what was erased stays what was left of it."""

import msgspec
import pytest

from edp_app.core import canonical
from edp_app.core.erasing import is_left, left_of
from edp_app.core.events import BallotCast, DoorSet, Erased, ItemAdded, ItemsMerged, Joined, Named
from edp_app.core.workshop import FOLDED

ITEM = ItemAdded(
    item="i7", run="swot.1", author="p:a", column="s", title="Sol", fields={"who": "Todos"}, sdgs=[7]
)


@pytest.fixture
def history(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a door had been ``shut`` in version 1, ``state`` in version 2, and ``open`` since version 3."""
    past = {
        ("door_set", 1): lambda raw: {"kind": "door_set", "state": "shut" if raw["shut"] else "open"},
        ("door_set", 2): lambda raw: {"kind": "door_set", "open": raw["state"] == "open"},
        ("item_added", 1): lambda raw: {**raw, "title": raw["title"].upper()},
    }
    monkeypatch.setattr(canonical, "UPCASTERS", past)


@pytest.mark.usefixtures("history")
class TestUpcasters:
    @pytest.mark.parametrize(
        ("version", "payload"),
        [
            (1, b'{"kind":"door_set","shut":true}'),
            (2, b'{"kind":"door_set","state":"shut"}'),
            (3, b'{"kind":"door_set","open":false}'),
        ],
    )
    def test_every_version_is_brought_forward_step_by_step(self, version: int, payload: bytes) -> None:
        assert canonical.decode("door_set", version, payload) == DoorSet(open=False)

    def test_what_does_not_have_the_shape_of_its_version_is_refused(self) -> None:
        with pytest.raises(KeyError):
            canonical.decode("door_set", 1, b'{"kind":"door_set","open":true}')
        with pytest.raises(msgspec.ValidationError):
            canonical.decode("door_set", 3, b'{"kind":"door_set","shut":true}')

    def test_what_erasing_left_is_in_the_version_that_it_names(self) -> None:
        """The row's version is in the chain and stays; what is left is in the present one, here 2."""
        whole = canonical.encode(ITEM)
        assert canonical.decode("item_added", 1, whole) == msgspec.structs.replace(ITEM, title="SOL")
        left = msgspec.structs.replace(ITEM, title="(erased)", fields={}, erased=2)
        assert canonical.decode("item_added", 1, canonical.encode(left)) == left

    def test_other_kinds_are_as_they_were(self) -> None:
        joined = Joined(person="p:a")
        assert canonical.decode("joined", 1, canonical.encode(joined)) == joined


def test_there_are_upcasters_only_for_versions_before_the_present_one() -> None:
    versions = {kind.__struct_config__.tag: kind.version for kind in FOLDED}  # type: ignore[attr-defined]
    for kind, version in canonical.UPCASTERS:
        assert 1 <= version < versions[kind]
    for kind, version in versions.items():
        assert all((kind, earlier) in canonical.UPCASTERS for earlier in range(1, version))


class TestErased:
    def test_nothing_left_is_erased(self) -> None:
        assert canonical.decode("ballot_cast", 1, None) == Erased()
        assert left_of(BallotCast(run="w.1", voter="p:a", item="i7", dots=2, revision=1), "en") is None

    def test_what_is_left_holds_no_words(self) -> None:
        left = left_of(ITEM, "pt")
        assert isinstance(left, ItemAdded)
        assert is_left(left)
        assert (left.title, left.fields) == ("(apagado)", {})
        assert (left.item, left.run, left.author, left.column, left.sdgs) == ("i7", "swot.1", "p:a", "s", [7])
        assert left_of(left, "pt") == left
        assert not is_left(ITEM)
        assert not is_left(msgspec.structs.replace(left, title="Sol"))
        assert not is_left(msgspec.structs.replace(left, fields={"who": "Todos"}))

    def test_a_merge_without_a_title_of_its_own_gets_none(self) -> None:
        left = left_of(ItemsMerged(into="i7", items=["i8"]), "en")
        assert isinstance(left, ItemsMerged)
        assert left.title == ""

    def test_a_name_was_not_given(self) -> None:
        left = left_of(Named(person="p:a", given=True), "en")
        assert isinstance(left, Named)
        assert not left.given

    def test_what_holds_no_words_is_not_erased(self) -> None:
        with pytest.raises(ValueError, match="no words"):
            left_of(Joined(person="p:a"), "en")

    def test_an_event_that_was_not_erased_is_stored_without_saying_so(self) -> None:
        assert b"erased" not in canonical.encode(ITEM)
