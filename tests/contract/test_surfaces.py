"""Every kind of stage and every voting method on paper and in the data: a workshop in which each was held,
its report and its exports, and a sentence that names what is not in them."""

import html
import json
import re
from collections.abc import Callable, Mapping
from functools import cache

import pytest

from edp_app.core.commands import CloseStage, FillCard, OpenStage
from edp_app.core.definition import (
    CardSettings,
    ShowSettings,
    Stage,
    VoteSettings,
    WhoSettings,
    in_language,
    kind_of,
)
from edp_app.core.formats.votes import RULED
from edp_app.core.parts import CardField
from edp_app.core.registry import Kind
from edp_app.core.stages import KINDS
from edp_app.core.voting import METHODS
from edp_app.core.voting.base import AnyMethod
from edp_app.exports.command import FORMS, made
from edp_app.exports.model import export_model
from edp_app.report import pages, pdf
from edp_app.report.model import report_model
from tests.support import everything
from tests.support.memory import MemoryWorkshop
from tests.support.sheets import read_csv, read_xlsx

OWNER = "Cámara de Productores del Valle"
ALSO = (
    Stage("who", {"es": "Quiénes vinieron"}, 5, WhoSettings()),
    Stage("talk", {"es": "Una charla breve"}, 5, ShowSettings(text={"es": "Bienvenidas y bienvenidos"})),
    Stage(
        "cards",
        {"es": "Fichas de cada idea"},
        5,
        CardSettings("ideas", [CardField("owner", {"es": "Quién"})]),
    ),
)


@cache
def held() -> MemoryWorkshop:
    """The workshop: a stage of each kind and a vote by each method, by commands, folded from its log."""
    room = everything.held(also=ALSO)
    for stage in ALSO:
        room.must(OpenStage(stage.id))
        if stage.id == "cards":
            first = next(item.id for item in room.state.items.values() if item.stands)
            room.must(FillCard("cards.1", first, "owner", OWNER), "p:government" + "0" * 20)
        room.must(CloseStage(f"{stage.id}.1"))
    return room


def standing(stage: str) -> list[str]:
    """The titles of what stands in a gather stage."""
    return [item.called for item in held().state.items_of(stage) if item.stands]


def groups() -> list[str]:
    return [in_language(group.name, "es") for group in held().state.definition.groups]


WORDS: Mapping[str, Callable[[], list[str]]] = {
    "who": groups,
    "gather": lambda: [*standing("ideas"), *standing("more"), "Agua", "Bosque"],
    "sort": lambda: ["Idea cero, las dos", "Idea 0, otra vez"],
    "vote": lambda: [f"Votar {name}" for name in everything.METHODS],
    "card": lambda: ["Fichas de cada idea", "Quién", OWNER],
    "ask": lambda: ["¿Útil?", "¿Algo más?", everything.ANSWER],
    "show": lambda: ["Una charla breve"],
}
"""What of each kind has to be on paper and in the data."""

PARTS: Mapping[str, list[str]] = {
    "who": ["Quiénes participaron"],
    "gather": ["Más ideas", "Anexo: todos los aportes · Ideas", "Anexo: todos los aportes · Más ideas"],
    "card": ["Fichas de cada idea"],
    "ask": ["Evaluación"],
    "show": ["Anexo: tiempo planeado y tiempo que duró"],
}
"""The parts of the report that are about stages of a kind. What is sorted is among what was written; of votes
each method is looked at below."""


@cache
def text_of(surface: str) -> str:
    """Everything that can be read there."""
    if surface == "report":
        return "\n".join(f"{head}\n{body}" for head, body in report_parts())
    content = made(export_model(held().state), surface)
    if surface == "json":
        return json.dumps(json.loads(content), ensure_ascii=False)
    read = read_csv if surface == "csv" else read_xlsx
    return "\n".join(str(cell) for rows in read(content).values() for row in rows for cell in row)


@cache
def report_parts() -> list[tuple[str, str]]:
    """The report's parts: what stands above each, and what stands in it, as one reads it. Which stages there
    were stands in its method; that tells nothing of what was done in them."""
    whole = pdf.Typesetter(report_model(held().state)).html("report/report.html", fit=pages.FITS[0])
    parts = re.split(r"<h2[^>]*>", whole)[1:]
    heads = ((part.partition("</h2>")[0], part.partition("</h2>")[2]) for part in parts)
    return [(_plain(head), _plain(body)) for head, body in heads if "Método" not in head]


def _plain(marked: str) -> str:
    """What one reads, that of pictures included."""
    said = re.sub(r'<[^>]*\balt="([^"]*)"[^>]*>', r" \1 ", marked)
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", said).split()))


@pytest.mark.parametrize("surface", ["report", *FORMS])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_of_every_kind_there_is_something_on_paper_and_in_the_data(kind: Kind, surface: str) -> None:
    kinds = {kind_of(stage.settings) for stage in held().state.definition.stages}
    assert kind.id in kinds, f"{kind.id}: no stage of this kind is held here, so nothing is known of it"
    assert kind.id in WORDS, f"{kind.id}: nobody has said what of it has to be in the {surface}"
    lacking = [word for word in WORDS[kind.id]() if word not in text_of(surface)]
    assert not lacking, f"{kind.id}: the {surface} does not have {lacking}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_the_report_has_a_part_about_every_kind(kind: Kind) -> None:
    heads = [head for head, _ in report_parts()]
    lacking = [part for part in PARTS.get(kind.id, []) if part not in heads]
    assert not lacking, f"{kind.id}: the report has no part {lacking}"


def of_method(method: AnyMethod) -> list[Stage]:
    """The votes by this method whose result was revealed."""
    stages = (held().state.definition.stage(name) for name in everything.METHODS)
    settings = ((stage, stage.settings) for stage in stages if stage)
    return [
        s
        for s, said in settings
        if isinstance(said, VoteSettings) and isinstance(said.method, method.settings)
    ]


def rows(run: str) -> dict[str, str]:
    """Every item of a result, with its title."""
    result = held().state.runs[run]
    return {item: held().state.items[item].called for item in result.data.candidates}


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
class TestMethod:
    def test_the_report_tells_its_result_and_has_its_figures(self, method: AnyMethod) -> None:
        votes = of_method(method)
        assert votes, f"{method.id}: no vote by this method is held here, so nothing is known of it"
        decided = report_model(held().state).decision
        for vote in votes:
            title = in_language(vote.title, "es")
            titles = rows(f"{vote.id}.1").values()
            annex = [
                body for head, body in report_parts() if head.endswith(f"cifras de la votación · {title}")
            ]
            told = [body for head, body in report_parts() if head.removeprefix("Clasificación: ") == title]
            if decided and decided.stage == vote.id:  # its result is told with the priorities
                told = [body for head, body in report_parts() if head == "Clasificación de prioridades"]
            for what, bodies in (("result", told), ("figures in the annex", annex)):
                assert bodies, f"{method.id}: the report has no {what} of “{title}”"
                lacking = [one for one in titles if one not in " ".join(bodies)]
                drawn = bodies is told and method.id not in RULED  # a picture that says what stands out
                enough = len(lacking) < len(titles) if drawn else not lacking
                assert enough, f"{method.id}: in the report, the {what} of “{title}” lacks {lacking}"

    def test_the_data_have_its_settings_and_every_figure(self, method: AnyMethod) -> None:
        exported = json.loads(made(export_model(held().state), "json"))
        tables = read_csv(made(export_model(held().state), "csv"))
        for run in (f"{vote.id}.1" for vote in of_method(method)):
            found = [one for one in exported["results"] if one["run"] == run]
            assert found, f"{method.id}: the json has no result of {run}"
            assert found[0]["method"]["type"] == method.id
            items = {row["item"] for column in found[0]["result"]["columns"] for row in column["items"]}
            assert items == rows(run).keys(), f"{method.id}: the json lacks items of {run}"
            for table in ("runs.csv", "rankings.csv", "results.csv"):
                there = [row for row in tables[table] if run in row]
                assert there, f"{method.id}: the csv has nothing of {run} in {table}"
            figures = {item for row in tables["results.csv"] if run in row for item in row if item in items}
            assert figures == items, (
                f"{method.id}: the csv has no figures of {items - figures} in results.csv"
            )
            title = in_language(held().state.runs[run].stage.title, "es")
            sheets = [name for name in read_xlsx(made(export_model(held().state), "xlsx")) if title in name]
            assert sheets, f"{method.id}: the spreadsheet has no sheet “{title}”"
