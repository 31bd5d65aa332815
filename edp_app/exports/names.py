"""The words of exported tables in one language: headings, figures, groups, cells."""

from collections.abc import Mapping
from typing import Any

import msgspec

from edp_app.core.definition import in_language
from edp_app.core.parts import Words
from edp_app.core.results.cells import JOINT
from edp_app.exports.contents import Ask, Export, Vote
from edp_app.exports.figures import Figure
from edp_app.report.wording import Wording, wording


class Term(str):
    """Something that is known by an id, which it is as text, and its ``word``, for people."""

    __slots__ = ("word",)
    word: str

    def __new__(cls, id_: str, word: str) -> "Term":
        term = super().__new__(cls, id_)
        term.word = word
        return term


class Names:
    """What everything in an export is called in one language."""

    def __init__(self, export: Export, language: str) -> None:
        self.words: Wording = wording(language or export.workshop.language)
        self.headings = headings(self.words)
        self.measures = measures(self.words)
        self.values = values(self.words)
        self.groups = {group.id: self.say(group.name) for group in export.people.groups}
        self.territories = {place.id: self.say(place.name) for place in export.people.territories}

    def say(self, words: Words) -> str:
        """A text in this language, else in another."""
        return in_language(words, self.words.language)

    def value(self, id_: str, of: str = "") -> Term:
        """A method, rule, count, kind, step, or (``of``) a label, privacy or status."""
        return Term(id_, self.values.get(f"{of}:{id_}" if of else id_, id_))

    def stage(self, run: Vote | Ask) -> str:
        """A run's title, with its round if it is not the first."""
        title = self.say(run.title)
        if run.number == 1:
            return title
        again = self.words.gettext("round %(n)s", n=self.words.number(run.number))
        return f"{title} ({again})"

    def cells(self, run: Vote | Ask) -> dict[str, str]:
        """The cells of a run by their id."""
        result: dict[str, Any] = msgspec.to_builtins(run.result)
        return {cell["id"]: self._called(self._groups(cell)) for cell in result.get("cells", ())}

    def _groups(self, cell: Mapping[str, Any]) -> list[str]:
        names = [self.groups.get(group, group) for group in cell["groups"]]
        return [*names, self.words.gettext("Funders")] if cell.get("funders") else names

    def _called(self, names: list[str]) -> str:
        if len(names) == 1:
            return names[0]
        return self.words.gettext("Smaller groups together: %(groups)s", groups=", ".join(names))

    def part(self, run: Vote | Ask, figure: Figure) -> str:
        """The cell or territory of a figure; cells that stand together for an item as one."""
        if figure.counted == "territory" or not figure.part:
            return self.territories.get(figure.part, figure.part)
        result: dict[str, Any] = msgspec.to_builtins(run.result)
        cells = {cell["id"]: cell for cell in result.get("cells", ())}
        names = [name for cell in figure.part.split(JOINT) for name in self._groups(cells[cell])]
        return self._called(names)

    def aspects(self, run: Vote | Ask) -> dict[str, str]:
        """The criteria, axes, options or questions of a run by their id."""
        if isinstance(run, Ask):
            return {asked.id: self.say(asked.text) for asked in run.questions}
        method = run.method
        listed = [*method.get("criteria", ()), *method.get("options", ())]
        listed += [method[axis] for axis in ("x", "y") if axis in method]
        return {one["id"]: self.say(one["name"]) for one in listed}


def headings(words: Wording) -> dict[str, str]:
    """Column id to heading."""
    _ = words.gettext
    return {
        "about": _("What"),
        "agreement": _("Agreement (A)"),
        "answer": _("Answer"),
        "aspect": _("Criterion, axis, option or question (id)"),
        "aspect_name": _("Criterion, axis, option or question"),
        "among": _("Of how many"),
        "asks": _("What it asks"),
        "before": _("Compared with run"),
        "beside": _("Beside the total"),
        "cell": _("Group as counted (id)"),
        "code": _("Code"),
        "column": _("Column (id)"),
        "column_name": _("Column"),
        "count": _("Count"),
        "cut_depends": _("A very small group decides whether it passes"),
        "expected": _("Expected"),
        "few": _("Too few for figures"),
        "field": _("Line of the card (id)"),
        "field_name": _("Line of the card"),
        "figure": _("Figure"),
        "filled": _("Filled up"),
        "group": _("Group (id)"),
        "group_name": _("Group"),
        "groups": _("Groups (ids)"),
        "high": _("High end"),
        "id": _("Id"),
        "item": _("Contribution (id)"),
        "kind": _("Kind"),
        "label": _("In a word"),
        "links": _("Rests on no."),
        "priorities": _("For priority no."),
        "listed": _("Listed as"),
        "lot": _("Decided by lot"),
        "low": _("Low end"),
        "measure": _("Figure (id)"),
        "merged": _("Merged from"),
        "method": _("Method"),
        "middle": _("Middle"),
        "minutes": _("Minutes"),
        "prepared": _("Minutes prepared"),
        "took": _("Minutes taken"),
        "n": _("No."),
        "name": _("Name"),
        "not_represented": _("No votes from"),
        "of": _("About the stage"),
        "order": _("Order"),
        "original": _("Merged no."),
        "own_title": _("As it was written"),
        "part": _("Group or territory (id)"),
        "part_name": _("Group or territory"),
        "passes": _("Passes"),
        "passes_balanced": _("Passes with every group the same"),
        "passes_headcount": _("Passes by one person, one vote"),
        "passes_most": _("How many pass"),
        "passes_portfolio": _("Passes with the list shared out among the groups"),
        "people": _("People"),
        "round": _("Round"),
        "rule": _("Rule"),
        "run": _("Run"),
        "sdgs": _("SDGs"),
        "passed_by": _("About what passed in"),
        "second_of": _("Second round of"),
        "settings": _("Settings"),
        "side": _("Side"),
        "small_group": _("A small group moves its rank"),
        "stage": _("Stage (id)"),
        "stage_title": _("Stage"),
        "status": _("State"),
        "step": _("Step"),
        "territories_withheld": _("Territories withheld"),
        "territory": _("Territory (id)"),
        "territory_name": _("Territory"),
        "territories_without": _("By territory without"),
        "text": _("Text"),
        "tied_out": _("Tied and not through"),
        "brought": _("Brought in"),
        "source": _("Source"),
        "translation_en": _("In English"),
        "translation_es": _("In Spanish"),
        "translation_pt": _("In Portuguese"),
        "title": _("Contribution"),
        "value": _("Value"),
        "voters": _("People who voted"),
        "weight": _("Weight"),
        "weights_agreed": _("Weights agreed on by the room"),
    }


def measures(words: Wording) -> dict[str, str]:
    """What a figure measures, by its id."""
    _ = words.gettext
    known = {
        "agree": _("agree"),
        "agreement": _("agreement (A)"),
        "backed_by": _("share of what backed it"),
        "borda": _("Borda share"),
        "budget_per_cell": _("each group’s budget"),
        "chosen": _("people who chose it"),
        "consensus": _("consensus"),
        "disagree": _("disagree"),
        "dont_know": _("people without a total"),
        "dots": _("dots"),
        "gap": _("gap between groups"),
        "high": _("people at 3.5 or more"),
        "low": _("people at 2.5 or less"),
        "mean": _("mean"),
        "mean_place": _("mean place"),
        "middle": _("people between"),
        "n": _("people"),
        "ones": _("people who gave 1"),
        "p": _("p of the permutation test"),
        "pass": _("neither"),
        "points": _("points"),
        "polarisation": _("polarisation"),
        "rank": _("rank"),
        "rankings": _("people who ranked"),
        "rated": _("people with a total"),
        "share": _("share"),
        "total": _("total"),
        "voters": _("people who voted"),
        "w": _("Kendall’s W"),
        "weight": _("weight"),
    }
    before = {
        f"before_{name}": _("before: %(figure)s", figure=known[name])
        for name in ("total", "rank", "agreement", "high", "middle", "low")
    }
    gave = {f"gave_{n}": _("how many gave %(n)s", n=words.number(n)) for n in range(11)}
    return known | before | gave


def values(words: Wording) -> dict[str, str]:
    """The words for what is known by an id; see :meth:`Names.value`."""
    _ = words.gettext
    return {
        "agree": _("agree or disagree"),
        "all": "",
        "analysis": _("analysis"),
        "ask": _("questions"),
        "axes": _("two axes"),
        "axis": _("axis"),
        "balanced": _("every group the same"),
        "both": _("both counts"),
        "card": _("cards"),
        "cell": _("group"),
        "choice": _("choice"),
        "criteria": _("score on criteria"),
        "criterion": _("criterion"),
        "dots": _("dots"),
        "gather": _("contributions"),
        "governance": _("governance"),
        "group": _("group"),
        "headcount": _("one person, one vote"),
        "label:divided": _("opinions are divided"),
        "label:groups_differ": _("groups differ"),
        "label:open": _("no clear picture"),
        "label:shared_no": _("most are against it"),
        "label:shared_yes": _("most are for it"),
        "monitoring": _("monitoring"),
        "option": _("option"),
        "points": _("points"),
        "policy_mix": _("policy mix"),
        "portfolio": _("list shared out among the groups"),
        "priorities": _("priorities"),
        "privacy:grouped": _("small groups are shown together"),
        "privacy:headcount": _("heads alone are counted"),
        "privacy:open": _("every group is shown"),
        "question": _("question"),
        "ranking": _("ranking"),
        "show": _("look and listen"),
        "sort": _("group and name"),
        "status:closed": _("closed"),
        "status:open": _("open"),
        "status:paused": _("paused"),
        "status:skipped": _("left out"),
        "status:waiting": _("not held"),
        "territory": _("territory"),
        "vision": _("vision"),
        "vote": _("vote"),
        "who": _("who is here"),
    }
