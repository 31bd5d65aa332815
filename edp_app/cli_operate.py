"""The commands of whoever operates a server: erasing, putting workshops away, rights, accounts.

All of them work beside a running server, which notices what they changed within seconds (its consoles within
half a minute).
"""

import sys
from collections import Counter

import click

from edp_app.clock import milliseconds
from edp_app.core.state import State
from edp_app.erasing import Target, erase_target, kinds_of, state_of
from edp_app.keeping import empty_journal, remove_reports
from edp_app.log import store
from edp_app.opened import Opened, give_up

PASSWORD_LENGTH = 12


# ---- erasing

_KINDS = {
    "item_added": "texts of items",
    "item_brought": "texts of items that were brought in",
    "item_changed": "earlier or later texts of items",
    "items_merged": "titles given when merging",
    "item_translated": "translations of items",
    "answered": "answers",
    "card_filled": "texts on cards",
    "named": "times a name was given",
    "ballot_cast": "votes",
}


@click.command()
@click.argument("code")
@click.option("--item", type=click.IntRange(1), metavar="N", help="The item's number, as in the report.")
@click.option("--person", type=click.IntRange(1), metavar="N", help="The person's number, as on the console.")
@click.option("--with-ballots", is_flag=True, help="The votes too. Results change, also published ones.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(code: str, item: int | None, person: int | None, with_ballots: bool, yes: bool) -> None:
    """Erase for good what somebody wrote in the workshop with this CODE.

    With --item: the item's texts, and what its card says. With --person: the texts of all their items, their
    open answers, what they wrote on cards, their name. Numbers and results stay as they are, and finished
    reports on this server are deleted. Copies that were downloaded, backups and exported files are out of
    reach.
    """
    if (item is None) == (person is None):
        raise click.UsageError("Say either --item N or --person N.")
    with Opened() as opened:
        found = opened.workshop(code)
        target, said = _target(opened.database.read(state_of, found.id), item, person)
        _tell(said, opened.database.read(kinds_of, found.id, target, ballots=with_ballots), with_ballots)
        if not yes:
            click.confirm("Erase this for good?", abort=True)
        erased = opened.database.call(erase_target, found.id, target, ballots=with_ballots)
        reports = remove_reports(opened.settings.data, found.id)
        clean = empty_journal(opened.database)
    click.echo(f"Entries erased: {erased}. Finished reports deleted: {reports}.")
    click.echo("A running server shows it within seconds.")
    if not clean:
        give_up(
            "The database was busy, so its journal may still hold the texts. Please run this command again."
        )


def _target(state: State, item: int | None, person: int | None) -> tuple[Target, str]:
    """What is to be erased, and how it is called on the terminal."""
    if item is not None:
        found = next((i for i in state.items.values() if i.n == item), None)
        if found is None:
            give_up(f"There is no item number {item} in this workshop.")
        said = f"Item {item}: “{found.title}”"
        top = state.top(found.id)
        if top is not None and top.id != found.id:
            said += f"\nIt stands under item {top.n}, “{top.called}”, which is not erased by this."
        return Target(item=found.id), said
    someone = next((p for p in state.everybody() if p.n == person), None)
    if someone is None:
        give_up(f"There is no person number {person} in this workshop.")
    return Target(person=someone.id), f"Person {person} ({someone.group or 'no group'})"


def _tell(said: str, kinds: Counter[str], ballots: bool) -> None:
    click.echo(said)
    for kind, count in kinds.items():
        click.echo(f"  {count:5} {_KINDS[kind]}")
    if not kinds:
        click.echo("  Nothing of it is left in the record.")
    if ballots:
        click.echo("Without these votes the results are other ones, also those that were published.")
        click.echo(
            "Whoever kept a result as it was shown, or a report made before, can see from the difference\n"
            "what these votes were. Without --with-ballots the words go and the figures stay as they are."
        )


# ---- putting away, rights, accounts


@click.command()
@click.argument("code")
@click.option("--undo", is_flag=True, help="Bring it back; the code is valid again.")
def archive(code: str, undo: bool) -> None:
    """Put the workshop with this CODE away: its code is not valid any more, nothing is deleted."""
    with Opened() as opened:
        found = opened.workshop(code)
        if undo:
            opened.database.call(store.unarchive_workshop, found.id)
        else:
            opened.database.call(store.archive_workshop, found.id, milliseconds())
    click.echo(f"“{found.title}” ({found.code}) is {'back' if undo else 'archived'}.")


@click.command()
@click.argument("code")
@click.option("--add", metavar="LOGIN", help="Let this account run the workshop, too.")
@click.option(
    "--remove",
    metavar="LOGIN",
    help="Take that back; of somebody who helps, say the name that begins with h: instead. Consoles are cut "
    "within half a minute.",
)
def access(code: str, add: str | None, remove: str | None) -> None:
    """Say or change which accounts may run the workshop with this CODE, beside its owner, and who helps in it
    without an account. Helpers are invited from the console."""
    with Opened() as opened:
        found = opened.workshop(code)
        if remove is not None and remove.startswith(store.HELPER):
            if not opened.database.call(store.remove_helper, found.id, remove):
                give_up(f"Nobody called “{remove}” helps in this workshop.")
        elif remove is not None:
            account = opened.account(remove)
            if account.id == found.owner_id:
                give_up(f"“{account.login}” is the owner of this workshop; that cannot be taken away.")
            opened.database.call(store.revoke_access, found.id, account.id)
        if add is not None:
            account = opened.account(add)
            if account.id != found.owner_id:
                opened.database.call(store.grant_access, found.id, account.id)
        for account in opened.database.read(store.facilitators, found):
            role = "owner" if account.id == found.owner_id else "facilitator"
            click.echo(f"{account.login}  {role}{'' if account.active else ', closed'}")
        for helper in opened.database.read(store.helpers_of, found.id, milliseconds()):
            if helper.since is not None:
                click.echo(f"{helper.actor}  assistant, {helper.name}")


@click.command()
@click.argument("login")
@click.option("--close/--open", "closing", default=None, help="Close the account, or open it again.")
@click.option("--password-stdin", is_flag=True, help="Read a new pass phrase from the standard input.")
def account(login: str, closing: bool | None, password_stdin: bool) -> None:
    """Close the account with this LOGIN, open it again, or give it a new pass phrase.

    A closed account cannot sign in; its workshops stay. Either way, and with a new pass phrase too, it is
    signed out everywhere: pages at once, consoles within half a minute.
    """
    from edp_app.web.passwords import hash_password

    if closing is None and not password_stdin:
        raise click.UsageError("Say --close, --open or --password-stdin.")
    values: dict[str, object] = {} if closing is None else {"active": not closing}
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
        if len(password) < PASSWORD_LENGTH:
            give_up(f"The pass phrase needs {PASSWORD_LENGTH} characters or more.")
        values["password_hash"] = hash_password(password)
    with Opened() as opened:
        found = opened.account(login)
        opened.database.call(lambda session: store.set_account(session, found.id, **values))
    if closing is not None:
        click.echo(f"The account “{found.login}” is {'closed' if closing else 'open'}.")
    if password_stdin:
        click.echo(f"The account “{found.login}” has the new pass phrase.")
