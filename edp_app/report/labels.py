"""What the report says of labels beside contributions. Pure: contents and a wording in, sentences out."""

from edp_app.report.contents import Gathering, Report
from edp_app.report.wording import Wording


def unlabelled(report: Report, gathering: Gathering, words: Wording) -> str:
    """Why no group, or no territory, stands beside some contributions that people wrote; empty where both
    stand beside each."""
    said = []
    written = [entry for entry in gathering.entries if not entry.origin]
    if not all(entry.group for entry in written):
        said.append(
            words.gettext("Contributions of people who named no group carry no label.")
            if report.privacy == "open"
            else words.gettext(
                "Contributions of groups with fewer than three authors carry no label; nor do those of the "
                "next smallest group where they would be recognised otherwise."
            )
        )
    if report.territories and report.privacy == "grouped" and not all(entry.side for entry in written):
        said.append(
            words.gettext(
                "A territory stands beside those of a group only if three or more of its authors, or none, "
                "came from each side."
            )
        )
    return " ".join(said)
