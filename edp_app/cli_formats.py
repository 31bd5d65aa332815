"""Format files on the command line: checking one, and making a workshop from one. What is said of the file is
for whoever prepares the workshop, and so in the language of their terminal."""

import os
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import NoReturn

import click

from edp_app.core.definition import LANGUAGES, Definition, GatherSettings, Stage, in_language, kind_of
from edp_app.core.hours import shifted
from edp_app.core.parts import Group, Territory
from edp_app.which_database import give_up


def N_(message: str) -> str:  # noqa: N802  # the name by which the catalogue's extractor knows it
    """Mark a sentence for the catalogues; it is translated when it is said."""
    return message


_NO_FILE = N_("There is no file “%(file)s”.")
_FOLDER = N_("“%(file)s” is a folder. Please name a workshop file in it, such as: %(inside)s")
_UNREADABLE = N_("The file “%(file)s” cannot be opened: this user may not read it.")
_ALLOWED = N_("%(sentence)s (This is allowed.)")
_NO_STAGE = N_(
    "“%(bring)s”: there is no stage “%(stage)s” in this workshop. These can take a list: %(stages)s."
)
_NOT_WRITTEN = N_(
    "“%(bring)s”: nothing is written in the stage “%(stage)s”, so it takes no list. These can take a list: "
    "%(stages)s."
)
_NO_STAGES = N_("“%(bring)s”: there is no stage in this workshop in which something is written.")
_NO_LIST = N_("“%(bring)s”: give the stage and a file that is there, as in: --bring evidence=facts.csv")
_AT = N_("%(file)s, line %(line)s: %(message)s")
_EXPECTED = N_("expected: %(num)s")
_BROUGHT = N_("brought in: %(num)s")


def terminal_language() -> str | None:
    """The language that the terminal speaks, where it is one of ours."""
    said = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = next((value for value in said if value), "")[:2].lower()
    return code if code in LANGUAGES else None


def _words(language: str | None) -> NullTranslations:
    from edp_app.i18n import translator

    return translator(language or terminal_language() or "en")


def _content(file: Path, words: NullTranslations) -> bytes:
    """What is in the file; ends the command where that cannot be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        _refuse(words, _NO_FILE, file=str(file))
    except IsADirectoryError:
        inside = min((one.name for one in file.glob("*.toml")), default="workshop.toml")
        _refuse(words, _FOLDER, file=str(file), inside=str(file / inside))
    except PermissionError:
        _refuse(words, _UNREADABLE, file=str(file))


def _refuse(words: NullTranslations, message: str, **params: str | int) -> NoReturn:
    give_up(words.gettext(message) % params)


speaking = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="The language of what is said of the file.  [the terminal's]",
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@speaking
def check(file: Path, language: str | None) -> None:
    """Read a format FILE and say what is wrong with it, line by line; of one that is right, what was
    understood."""
    definition = read_format(file, language)
    for line in _understood(definition, str(file), _words(language)):
        click.echo(line)


def read_format(file: Path, language: str | None = None) -> Definition:
    """The workshop of a format file, after everything that is worth a look was told; ends the command with
    all that is wrong with it. In ``language``, or that of the terminal."""
    from edp_app.core.formats import check_format
    from edp_app.web.definitions import library

    words = _words(language)
    checked = check_format(_content(file, words), str(file), library())
    for error in checked.errors:
        click.echo(error.sentence(words.gettext), err=True)
    for warning in checked.warnings:
        click.echo(words.gettext(_ALLOWED) % {"sentence": warning.sentence(words.gettext)}, err=True)
    if checked.definition is None:
        raise SystemExit(1)
    return checked.definition


def _understood(definition: Definition, file: str, words: NullTranslations) -> Iterator[str]:
    """Groups, territories and stages of a workshop, a line each, with the words that people will read."""
    count, minutes = len(definition.stages), sum(stage.minutes for stage in definition.stages)
    stages = words.ngettext("%(num)s stage", "%(num)s stages", count) % {"num": count}
    length = words.ngettext("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes}
    yield f"{file}: “{definition.title}”, {stages}, {length}."
    sides = definition.territories
    named = [*(one.id for one in definition.groups), *(one.id for one in sides)]
    wide = max(map(len, [*named, *(one.id for one in definition.stages)]))
    yield words.gettext("Groups")
    yield from (_line(one, wide, definition.language, words) for one in definition.groups)
    if sides:
        yield words.gettext("Territories")
        yield from (_line(one, wide, definition.language, words) for one in sides)
    yield words.gettext("Stages, each with when it begins and ends")
    begins, first = 0, _first(definition, minutes)
    for stage in definition.stages:
        ends = begins + stage.minutes
        when = f"{_clock(begins, first)}–{_clock(ends, first)}"
        yield f"  {stage.id:{wide}}  {when}  " + _stage(stage, definition, words)
        begins = ends


def _line(one: Group | Territory, wide: int, language: str, words: NullTranslations) -> str:
    expected = words.gettext(_EXPECTED) % {"num": one.expected} if one.expected is not None else ""
    return ", ".join(filter(None, (f"  {one.id:{wide}}  {in_language(one.name, language)}", expected)))


def _stage(stage: Stage, definition: Definition, words: NullTranslations) -> str:
    named = in_language(stage.title, definition.language)
    number = len(getattr(stage.settings, "statements", ()))
    brought = words.gettext(_BROUGHT) % {"num": number} if number else ""
    said = f"{stage.minutes:3} min  {kind_of(stage.settings):6}  {named}"
    return ", ".join(filter(None, (said, brought)))


def _first(definition: Definition, minutes: int) -> str:
    """The time of day at which stages of so many minutes begin: as prepared, or so that they end in time;
    empty where neither is said."""
    if definition.starts or not definition.ends:
        return definition.starts
    return shifted(definition.ends, -minutes)


def _clock(minutes: int, first: str) -> str:
    """So many minutes after the workshop began: by the clock, where it is known when that is."""
    return shifted(first, minutes) if first else f"{minutes // 60}:{minutes % 60:02}"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--owner", required=True, metavar="LOGIN", help="The account that will run the workshop.")
@click.option(
    "--bring", metavar="STAGE=LIST", multiple=True, help="Bring the statements of a CSV file into a stage."
)
@speaking
def new(file: Path, owner: str, bring: tuple[str, ...], language: str | None) -> None:
    """Make a workshop from a format FILE. A running server has it at once."""
    from edp_app.clock import milliseconds
    from edp_app.core.formats import check_format
    from edp_app.log import store
    from edp_app.opened import Opened
    from edp_app.web.definitions import library

    words = _words(language)
    checked = check_format(_content(file, words), str(file), library())
    if checked.definition is None:
        give_up("\n".join(error.sentence(words.gettext) for error in checked.errors))
    definition = _with_lists(checked.definition, bring, words)
    with Opened() as opened:
        account = opened.account(owner)
        made = opened.database.call(store.create_workshop, definition, account.id, milliseconds())
    code, base = made.code, opened.settings.base_url()
    click.echo(f"Code       {code}")
    click.echo(f"Join       {base}/j/{code}")
    click.echo(f"Console    {base}/workshops/{code}/console")
    click.echo(f"Screen     {base}/screen/{code}")


def _with_lists(definition: Definition, bring: tuple[str, ...], words: NullTranslations) -> Definition:
    """The same workshop with what these lists bring in; ends the command where one of them cannot be."""
    from edp_app.web.statements import brought_into

    for one in bring:
        stage, _sep, name = one.partition("=")
        _can_receive(definition, stage, one, words)
        path = Path(name)
        if not name or not path.is_file():
            _refuse(words, _NO_LIST, bring=one)
        found = brought_into(definition, stage, path.read_bytes())
        if isinstance(found, list):
            told = [
                {"file": name, "line": wrong.line or 1, "message": wrong.said(words.gettext)}
                for wrong in found
            ]
            give_up("\n".join(words.gettext(_AT) % params for params in told))
        definition, notes = found
        for note in notes:
            click.echo(f"{name}: {note.said(words.gettext)}", err=True)
    return definition


def _can_receive(definition: Definition, stage_id: str, bring: str, words: NullTranslations) -> None:
    """Ends the command unless something is written in this stage, naming those in which it is."""
    stages = [one.id for one in definition.stages if isinstance(one.settings, GatherSettings)]
    if stage_id in stages:
        return
    if not stages:
        _refuse(words, _NO_STAGES, bring=bring)
    message = _NO_STAGE if definition.stage(stage_id) is None else _NOT_WRITTEN
    _refuse(words, message, bring=bring, stage=stage_id, stages=", ".join(stages))
