"""The read model of the report, from a folded state.

Nothing is computed here that the rules compute: items, results and counts are those of
:mod:`edp_app.core.views`, put into one language and typed. So a result that was not revealed, a hidden text
or a label that would name its author cannot come into the report by another way than onto the screen.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from edp_app.core.definition import GatherSettings, Stage, VoteSettings, in_language, kind_of
from edp_app.core.moderation import waiting
from edp_app.core.plan import minutes_taken
from edp_app.core.signing import called
from edp_app.core.stages import kind_by_id
from edp_app.core.stages.gather import shown_board, was_held
from edp_app.core.state import Run, State
from edp_app.core.views import view
from edp_app.report.cards import read_cards
from edp_app.report.contents import (
    Action,
    Column,
    Door,
    Entry,
    Gathering,
    Goal,
    GroupCount,
    Held,
    Mark,
    Original,
    Questionnaire,
    QuestionResult,
    Reference,
    Report,
    TerritoryCount,
    Vote,
)
from edp_app.report.goals import goal_name
from edp_app.report.signed import signed_reasons
from edp_app.report.votes import TELLINGS
from edp_app.report.votes.reading import Reading, read_cells, read_listing
from edp_app.report.wording import Wording, wording

Json = dict[str, Any]


def report_model(state: State, language: str = "", names: Mapping[str, str] | None = None) -> Report:
    """What the report of this workshop says, in ``language`` (empty: the workshop's own).

    Equal states and names give equal reports. A workshop that has not ended gives one marked as a draft. Of
    the ``names`` that people gave, by person or badge, those alone are in it that their owners set beside
    their reason: everybody else was told that the facilitator sees them, nobody else.
    """
    called_by = called(state, names or {})
    return _Building(state, wording(language or state.definition.language), called_by).report()


class _Building:
    """One reading of one state in one language."""

    def __init__(self, state: State, words: Wording, names: Mapping[str, str]) -> None:
        self.state, self.words, self.names = state, words, names
        self.shown = view(state, "screen")
        self.marks = {
            group["id"]: Mark(self._say(group["name"]), group["icon"], f"group-{group['id']}")
            for group in self.shown["groups"]
        }
        self.sides = {place["id"]: self._say(place["name"]) for place in self.shown["territories"]}
        self.columns = {
            stage.id: {column.id: self._say(column.name) for column in stage.settings.columns}
            for stage in state.definition.stages
            if isinstance(stage.settings, GatherSettings)
        }
        self.gatherings = self._gatherings()
        self.entries = {entry.id: entry for gathering in self.gatherings for entry in gathering.entries}

    def _say(self, words: Mapping[str, str]) -> str:
        return in_language(dict(words), self.words.language)

    def _asked(self, stage: Stage, words: Mapping[str, str]) -> str:
        return self._say(stage.asking(dict(words)))

    def _prompts_for(self, stage: Stage) -> tuple[tuple[str, str], ...]:
        """What groups were asked instead of what the others were."""
        return tuple(
            (mark.name, self._asked(stage, stage.prompt_for[group]))
            for group, mark in self.marks.items()
            if group in stage.prompt_for
        )

    def report(self) -> Report:
        shown, state = self.shown["workshop"], self.state
        people = self.shown["people"]
        votes, questionnaires = self._results()
        ran = self._day_it_ran()
        return Report(
            language=self.words.language,
            title=shown["title"],
            territory=shown["territory"],
            convener=shown["convener"],
            date=ran or shown["date"],
            date_is_planned=not ran,
            draft=not shown["ended"],
            privacy=shown["privacy"],
            credit=state.definition.credit,
            seq=state.seq,
            digest=state.digest,
            at=state.at,
            people=people["total"],
            undecided=people["undecided"],
            funders=people["funders"],
            paper=people["paper"],
            door=self._door(),
            groups=tuple(
                GroupCount(mark, people["by_group"][group], people["expected"].get(group))
                for group, mark in self.marks.items()
            ),
            territories=self._territories(),
            agenda=self._agenda(),
            gatherings=self.gatherings,
            votes=votes,
            questionnaires=questionnaires,
            unrevealed=self._unrevealed(),
            erased=state.erased,
            rehearsal=state.rehearsal,
            cards=read_cards(state, self._say),
        )

    def _door(self) -> Door:
        state = self.state
        persons = state.persons.values()
        return Door(
            way=state.definition.door,
            phones=sum(not person.paper for person in persons),
            heads=state.heads,
            admitted=sum(person.admitted for person in persons),
            by_badge=sum(bool(person.badge) for person in persons),
            badges=len(state.badges),
        )

    def _territories(self) -> tuple[TerritoryCount, ...]:
        persons = self.state.persons.values()
        return tuple(
            TerritoryCount(
                self._say(place["name"]),
                sum(p.territory == place["id"] for p in persons),
                self.state.expected_from().get(place["id"]),
            )
            for place in self.shown["territories"]
        )

    def _day_it_ran(self) -> str:
        """The day on which the first stage was opened, by the clock and in the time zone of this machine: no
        other zone is known. Empty before that."""
        opened = [run.opened_at for run in self.state.runs.values() if run.status != "cancelled"]
        if not opened:
            return ""
        return datetime.fromtimestamp(min(opened) / 1000, UTC).astimezone().date().isoformat()

    def _agenda(self) -> tuple[Held, ...]:
        return tuple(
            Held(
                title=self._say(stage.title),
                kind=kind_of(stage.settings),
                minutes=stage.minutes,
                held=bool(self.state.runs_of(stage.id)),
                planned=self.state.minutes_of(stage),
                took=minutes_taken(self.state, stage.id),
                skipped=self.state.is_skipped(stage.id),
                added=stage.id in self.state.added,
            )
            for stage in self.state.definition.stages
        )

    def _unrevealed(self) -> tuple[str, ...]:
        """Stages that have a result which nobody has been shown in any of their runs."""
        waiting = []
        for stage in self.state.definition.stages:
            runs = self.state.runs_of(stage.id)
            kind = kind_by_id(kind_of(stage.settings))
            if kind.reveals and runs and not any(run.revealed for run in runs):
                waiting.append(self._say(stage.title))
        return tuple(waiting)

    # ---- contributions

    def _gatherings(self) -> tuple[Gathering, ...]:
        found = []
        for stage in self.state.definition.stages:
            if not isinstance(stage.settings, GatherSettings) or not was_held(self.state, stage.id):
                continue
            items, is_all = shown_board(self.state, stage.id)
            columns = []
            for column in stage.settings.columns:
                entries = [self._entry(item, stage.settings) for item in items if item["column"] == column.id]
                name, prompt = self._say(column.name), self._asked(stage, column.prompt)
                columns.append(Column(column.id, name, prompt, tuple(entries)))
            written = list(self.state.items_of(stage.id))
            found.append(
                Gathering(
                    stage=stage.id,
                    title=self._say(stage.title),
                    prompt=self._asked(stage, stage.prompt),
                    step=stage.step,
                    columns=tuple(columns),
                    withdrawn=sum(item.withdrawn and not item.brought for item in written),
                    hidden=sum(self.state.is_hidden(item) and not item.withdrawn for item in written),
                    waiting=len(waiting(self.state, stage.id)),
                    not_shown_yet=not is_all,
                    prompts_for=self._prompts_for(stage),
                    feeds=stage.settings.feeds,
                    fields=tuple(self._say(field.name) for field in stage.settings.fields),
                    actions=self._actions(columns) if stage.settings.feeds == "actions" else (),
                )
            )
        return tuple(found)

    def _actions(self, columns: Iterable[Column]) -> tuple[Action, ...]:
        """What was committed to, with what its author said of who does it, and by when."""
        return tuple(
            Action(entry, said.get("who", ""), said.get("by_when", ""), column.name)
            for column in columns
            for entry in column.entries
            for said in [self.state.items[entry.id].fields]
        )

    def _entry(self, item: Json, settings: GatherSettings) -> Entry:
        written = item.get("fields", {})
        stage = self.state.items[item["id"]].stage
        return Entry(
            id=item["id"],
            n=item["n"],
            title=item["title"],
            own_title=self.state.items[item["id"]].title,
            column=self.columns[stage][item["column"]],
            fields=tuple((self._say(f.name), written[f.id]) for f in settings.fields if f.id in written),
            goals=tuple(Goal(n, goal_name(n, self.words)) for n in item.get("sdgs", [])),
            links=tuple(self._reference(link) for link in item.get("links", [])),
            merged=tuple(
                Original(
                    self.state.items[one["id"]].n,
                    one["title"],
                    **self._written(one),
                )
                for one in item.get("merged", [])
            ),
            **self._written(item),
        )

    def _written(self, item: Json) -> Json:
        """What stands beside an item, or beside one that was merged into it."""
        return {
            "group": self.marks.get(item.get("group", "")),
            "side": self.sides.get(item.get("territory", ""), ""),
            "translation": self._translation(item),
            "origin": self._origin(item),
        }

    def _origin(self, item: Json) -> str:
        if not item.get("brought"):
            return ""
        if source := item.get("source"):
            return self.words.gettext("brought in: %(source)s", source=source)
        return self.words.gettext("brought in")

    def _translation(self, item: Json) -> str:
        line: str = item.get("translations", {}).get(self.words.language, "")
        return line

    def _reference(self, item_id: str) -> Reference:
        item = self.state.items[item_id]
        return Reference(item.n, item.called, self.columns[item.stage][item.column])

    # ---- results

    def _results(self) -> tuple[tuple[Vote, ...], tuple[Questionnaire, ...]]:
        votes, questionnaires = [], []
        order = self.shown["results_order"]
        latest = {self.state.runs[run].stage.id: run for run in order}
        for run_id in order:
            run, past = self.state.runs[run_id], self.shown["results"][run_id]
            if isinstance(run.stage.settings, VoteSettings):
                votes.append(self._vote(run, past, run.stage.settings, last=latest[run.stage.id] == run_id))
            elif "questions" in past:
                questionnaires.append(self._questionnaire(run, past))
        return tuple(votes), tuple(questionnaires)

    def _reading(self, past: Json) -> Reading:
        cells = read_cells(past["result"], self.marks, self.words)
        return Reading(past, self._say, self.words, self.marks, self.sides, cells, self.entries)

    def _vote(self, run: Run, past: Json, settings: VoteSettings, *, last: bool) -> Vote:
        result, reading = past["result"], self._reading(past)
        telling = TELLINGS[result["method"]]
        names = {column["id"]: self._say(column["name"]) for column in past.get("columns", [])}
        return Vote(
            run=run.id,
            stage=run.stage.id,
            of=self.state.definition.gathered_in(settings.of),
            passed_by=past.get("passed_by", ""),
            passed_in=self._say(past.get("passed_in", {})),
            among=past.get("among", 0),
            title=self._say(past["title"]),
            prompt=self._asked(run.stage, run.stage.prompt),
            prompts_for=self._prompts_for(run.stage),
            number=run.number,
            last=last,
            method=telling.id,
            asked=telling.asked(reading),
            rule=result.get("rule"),
            passes=result.get("passes", 0),
            voters=result["voters"],
            few=bool(result.get("few")),
            cells=tuple(reading.cells.values()),
            absent=tuple(self.marks[g].name for g in result.get("not_represented", []) if g in self.marks),
            territories=tuple(
                (reading.sides.get(side["id"], side["id"]), side["voters"])
                for side in result.get("territories", [])
            ),
            territories_without=tuple(
                reading.cells[cell].mark.name for cell in result.get("territories_without", [])
            ),
            territories_withheld=bool(result.get("territories_withheld")),
            second_of=past.get("second_of", ""),
            before=result.get("before", ""),
            follows=past.get("both_rounds", {}).get("first", ""),
            kept=tuple(past.get("both_rounds", {}).get("kept", ())),
            listings=tuple(
                read_listing(listing, names.get(listing["column"], ""), telling, reading)
                for listing in result.get("columns", [])
            ),
            past=past,
            groups=tuple(self.shown["groups"]),
            signed=signed_reasons(run, result, self.names),
        )

    def _questionnaire(self, run: Run, past: Json) -> Questionnaire:
        result, reading = past["result"], self._reading(past)
        answered = {question["id"]: question for question in result.get("questions", [])}
        return Questionnaire(
            run=run.id,
            title=self._say(past["title"]),
            prompt=self._asked(run.stage, run.stage.prompt),
            prompts_for=self._prompts_for(run.stage),
            number=run.number,
            voters=result["voters"],
            few=bool(result.get("few")),
            questions=tuple(
                self._question(asked, answered[asked["id"]], reading)
                for asked in past["questions"]
                if asked["id"] in answered
            ),
            past=past,
            groups=tuple(self.shown["groups"]),
        )

    def _question(self, asked: Json, given: Json, reading: Reading) -> QuestionResult:
        means = reading.by_cell(given.get("by_cell"))
        together = len(means) == 1 and len(means[0][0].groups) > 1
        return QuestionResult(
            text=self._say(asked["text"]),
            scale=asked["type"] == "scale",
            n=given["n"],
            mean=given.get("mean"),
            balanced=given.get("balanced"),
            agreement=given.get("agreement"),
            gap=given.get("gap"),
            counts=tuple(given.get("counts", ())),
            low=self._say(asked.get("low", {})),
            high=self._say(asked.get("high", {})),
            first=asked.get("first", 1),
            by_cell=() if together else tuple((cell.mark.name, mean) for cell, mean in means),
            by_territory=reading.by_territory(given.get("territories")),
            together=together,
            texts=tuple(given.get("texts", ())),
        )
