"""Format files on the command line: checked, and made into workshops."""

import json
from pathlib import Path

import pytest

from edp_app.config import resource_dir
from edp_app.log import store
from edp_app.log.database import Database
from tests.web.test_cli import SHORT, admin, data, run

__all__ = ["data"]

BINATIONAL = resource_dir("workshops") / "formats" / "binational.toml"
BROKEN = 'format = 1\ntitle = "x"\nlanguage = "es"\ngroups = "five"\n[[stages]]\nuse = "ideas"\n'


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that speaks English."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def test_of_a_format_it_is_said_what_was_understood() -> None:
    good = run("check", str(BINATIONAL))
    assert good.exit_code == 0
    head, *lines = good.output.splitlines()
    assert head == f"{BINATIONAL}: “Cadena de valor de los dos lados de la frontera”, 21 stages, 240 minutes."
    heads = [line for line in lines if not line.startswith(" ")]
    assert heads == ["Groups", "Territories", "Stages, each with when it begins and ends"]
    told = [" ".join(line.split()) for line in lines]
    groups, sides, stages = (told.index(one) for one in heads)
    assert told[groups + 1] == "government Gobierno y administración pública"
    assert told[sides + 1 : stages] == [
        "one_side Un lado de la frontera",
        "other_side El otro lado de la frontera",
    ]
    assert told[stages + 1] == "opening 0:00–0:10 10 min show Bienvenida"
    assert told[-1] == "evaluation 3:55–4:00 5 min ask Evaluación"
    assert len(told) - stages - 1 == 21


@pytest.mark.parametrize("said", ['starts = "09:00"', 'ends = "13:00"', 'starts = "09:00"\nends = "18:30"'])
def test_where_the_hours_are_known_stages_begin_and_end_by_the_clock(tmp_path: Path, said: str) -> None:
    (tmp_path / "own.toml").write_text(f"{said}\n{BINATIONAL.read_text('utf-8')}", "utf-8")
    told = [" ".join(line.split()) for line in run("check", str(tmp_path / "own.toml")).output.splitlines()]
    assert "opening 09:00–09:10 10 min show Bienvenida" in told
    assert "evaluation 12:55–13:00 5 min ask Evaluación" in told


def test_where_there_are_no_sides_none_are_listed_and_what_is_expected_is(tmp_path: Path) -> None:
    assert "Territories" not in run("check", str(SHORT)).output
    text = BINATIONAL.read_text("utf-8").replace('id = "one_side"\n', 'id = "one_side"\nexpected = 14\n')
    (tmp_path / "own.toml").write_text(text, "utf-8")
    assert "Un lado de la frontera, expected: 14\n" in run("check", str(tmp_path / "own.toml")).output


@pytest.mark.parametrize(
    ("terminal", "option", "said"),
    [
        ("en_US.UTF-8", [], "line 4: “groups” cannot be “five”."),
        ("es_PE.UTF-8", [], "línea 4: “groups” no puede ser “five”."),
        ("es_PE.UTF-8", ["--language", "pt"], "linha 4: “groups” não pode ser “five”."),
    ],
)
def test_what_is_wrong_is_said_in_the_language_of_the_terminal_or_the_one_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal: str, option: list[str], said: str
) -> None:
    monkeypatch.setenv("LC_ALL", terminal)
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(BROKEN)
    answer = run("check", str(wrong), *option)
    assert answer.exit_code == 1
    assert answer.output.startswith(f"{wrong}, {said}")
    assert len(answer.output.splitlines()) == 1


def test_before_a_rehearsal_the_same_is_said_of_the_file_as_when_it_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(f'{BROKEN}minutes = "ten"\n')
    monkeypatch.setenv("LC_ALL", "es_PE.UTF-8")
    for options in ([], ["--language", "pt"]):
        checked, rehearsed = (
            run("check", str(file), *options),
            run("rehearse", "--workshop", str(file), *options),
        )
        assert (checked.exit_code, rehearsed.exit_code) == (1, 1)
        assert rehearsed.output == checked.output
        assert rehearsed.output.startswith(f"{file}, linha 4:" if options else f"{file}, línea 4:")
        assert len(rehearsed.output.splitlines()) == 2


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(BROKEN)
    for command in (["check"], ["new", "--owner", "ana"], ["rehearse", "--workshop"]):
        answer = run(*command, str(tmp_path))
        assert answer.exit_code == 1
        assert (
            f"“{tmp_path}” is a folder. Please name a workshop file in it, such as: {tmp_path}/own.toml"
            in (answer.output)
        )
        assert run(*command, str(tmp_path / "no.toml")).output == (
            f"edp: There is no file “{tmp_path / 'no.toml'}”.\n"
        )


def test_lists_are_brought_into_its_stages_or_nothing_is_made(data: Path, tmp_path: Path) -> None:
    admin()
    listed, wrong = tmp_path / "facts.csv", tmp_path / "wrong.csv"
    table = "título;columna\nSol todo el año;Fortalezas\nPocos caminos;weaknesses\n"
    listed.write_bytes(table.encode("cp1252"))
    wrong.write_text("título;columna\nSol;Fortalezas\nLluvia;Nada\n")
    made = run("new", str(SHORT), "--owner", "ana", "--bring", f"swot={listed}")
    assert made.exit_code == 0, made.output
    listed.write_bytes((table + "POCOS CAMINOS;Debilidades\n").encode("cp1252"))
    again = run("new", str(SHORT), "--owner", "ana", "--bring", f"swot={listed}")
    assert again.exit_code == 0, again.output
    assert f"{listed}: Line 4 repeats line 3; it is taken once." in again.output
    assert f"{listed}: The file was read as Windows-1252" in again.output
    for bring, said in (
        (f"swot={wrong}", f"{wrong}, line 3: “Nada” in the column “heading” is no heading of this stage."),
        (
            f"opening={listed}",
            "nothing is written in the stage “opening”, so it takes no list. These can take a list",
        ),
        (
            f"nada={listed}",
            f"“nada={listed}”: there is no stage “nada” in this workshop. These can take a list: swot",
        ),
        ("nada=nowhere.csv", "there is no stage “nada” in this workshop."),
        (f"swot={tmp_path / 'nowhere.csv'}", "give the stage and a file that is there"),
        ("swot", "give the stage and a file that is there"),
    ):
        answer = run("new", str(SHORT), "--owner", "ana", "--bring", bring)
        assert answer.exit_code == 1
        assert said in answer.output
        assert str(listed) not in answer.output.replace(bring, ""), "the list is not to blame"
    database = Database.open(f"sqlite:///{data / 'edp.sqlite3'}")
    try:
        workshop = database.read(store.workshop_by_code, made.stdout.split()[1])
        assert workshop is not None
        (row,) = database.read(store.events_after, workshop.id)
        swot = json.loads(row.payload or "")["definition"]["stages"][2]["settings"]
        assert swot["statements"] == [
            {"title": "Sol todo el año", "column": "strengths"},
            {"title": "Pocos caminos", "column": "weaknesses"},
        ]
    finally:
        database.close()
