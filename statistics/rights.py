"""Who may do what with the records: the one place that says so.

Every function answers for a user as the request has it; whoever is not logged in, or whose
account is closed, may do nothing. A right to municipalities is one to every municipality that
is asked for; no municipality stands for the whole region.

| role               | sends for        | exact figures of | approves, withdraws, manages |
|--------------------|------------------|------------------|------------------------------|
| uppgiftslämnare    | its own sources  | none             | no                           |
| kommunläsare       | none             | its municipality | no                           |
| regionläsare       | none             | everything       | no                           |
| statistikansvarig  | every source     | everything       | yes                          |
"""

from collections.abc import Iterable

from pluginnovation.core.models import User

from .models import Source

REPORTER = User.Role.REPORTER
MUNICIPAL_READER = User.Role.MUNICIPAL_READER
REGIONAL_READER = User.Role.REGIONAL_READER
MANAGER = User.Role.STATISTICS_MANAGER


def _role(user) -> str:
    return user.role if user.is_authenticated and user.is_active else ""


def may_send(user, source: Source) -> bool:
    """Send in files of a source, see its reports and fetch its own files back."""
    if _role(user) == REPORTER:
        return source.senders.filter(pk=user.pk).exists()
    return _role(user) == MANAGER


def may_send_something(user) -> bool:
    """Open the pages for sending in; which sources, ``sources_of`` says."""
    return _role(user) in (REPORTER, MANAGER)


def sources_of(user):
    """The sources that the user may send for."""
    if _role(user) == REPORTER:
        return Source.objects.filter(senders=user)
    return Source.objects.all() if _role(user) == MANAGER else Source.objects.none()


def may_see_deliveries(user, source: Source) -> bool:
    """See what a source has delivered, and the history of its records, without identity."""
    return may_send(user, source)


def may_approve(user, source: Source, sent_by) -> bool:
    """Let a file count that somebody else has sent. ``sent_by`` is None for a command."""
    return _role(user) == MANAGER and user != sent_by


def may_withdraw(user, source: Source) -> bool:
    """Take a delivery back, together with the later ones of its source."""
    return _role(user) == MANAGER


def may_manage(user) -> bool:
    """Change sources, and who has which role."""
    return _role(user) == MANAGER


def may_publish(user) -> bool:
    """Make the next publication, and see before what it changes and holds back."""
    return _role(user) == MANAGER


def may_read_audit_log(user) -> bool:
    return _role(user) == MANAGER


def may_read_exact(user, municipalities: Iterable[str] = ()) -> bool:
    """Read exact figures of these municipalities; of the whole region where none is named."""
    role, asked = _role(user), set(municipalities)
    if role == MUNICIPAL_READER:
        return bool(asked) and bool(user.municipality_id) and asked == {user.municipality_id}
    return role in (REGIONAL_READER, MANAGER)


def may_read_something_exact(user) -> bool:
    """Open the exact view; which municipalities, ``exact_municipalities`` says."""
    role = _role(user)
    return role in (REGIONAL_READER, MANAGER) or (
        role == MUNICIPAL_READER and bool(user.municipality_id)
    )


def exact_municipalities(user) -> tuple[str, ...]:
    """The municipalities whose rows an exact view of this user is made of; empty for all.

    PermissionError where there is none: nobody gets everything by having no right.
    """
    if not may_read_something_exact(user):
        raise PermissionError("no right to exact figures")
    return (user.municipality_id,) if _role(user) == MUNICIPAL_READER else ()
