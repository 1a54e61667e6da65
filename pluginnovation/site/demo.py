"""The demo content of the site itself: its text pages, and people to log in as."""

import base64
from datetime import timedelta
from hashlib import sha256

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page

from pluginnovation.core import second_factor
from pluginnovation.core.fixtures import read_folder
from pluginnovation.core.markdown import to_rich_text
from pluginnovation.core.models import User

from .editors import roles
from .models import HomePage, PlainPage

PASSWORD = "plugg-demo-2026"  # noqa: S105 (printed by `make run`, on loopback alone)

# address, groups, role, municipality, what one can try as that person
DEMO_USERS = (
    *(
        (email, name, [group], "", None, hint)
        for email, name, group, hint in (
            ("skribent@demo.example", "Siv Skribent", roles.CONTRIBUTORS, "skriver i /admin/"),
            ("redaktor@demo.example", "Edit Redaktör", roles.EDITORS, "redigerar i /admin/"),
            ("moderator@demo.example", "Mod Moderator", roles.MODERATORS, "publicerar i /admin/"),
            ("admin@demo.example", "Ada Administratör", roles.ADMINISTRATORS, "styr /admin/"),
        )
    ),
    (
        "goteborg@demo.example",
        "Gun Göteborg",
        [],
        User.Role.MUNICIPAL_READER,
        "1480",
        "kommunläsare, /personal/",
    ),
    (
        "kungalv@demo.example",
        "Kim Kungälv",
        [],
        User.Role.REPORTER,
        "1482",
        "uppgiftslämnare, /personal/",
    ),
    (
        "region@demo.example",
        "Reg Regionsson",
        [],
        User.Role.REGIONAL_READER,
        None,
        "regionläsare, /personal/",
    ),
    (
        "ansvarig@demo.example",
        "Ans Ansvarsson",
        [],
        User.Role.STATISTICS_MANAGER,
        None,
        "statistikansvarig, /personal/",
    ),
)
# Pages of the site and the page they lie below.
PARENTS = {"plug-in": "om", "kartlaggning": "om"}
NEEDS_CAPTION = "Behoven och hur plattformen möter dem"
REVIEW_AFTER = timedelta(days=365)


def load(home: HomePage, stdout) -> None:
    """Make the text pages that are missing; leave alone what is there."""
    items = {item["slug"]: item for item in read_folder("pages")}
    for slug in sorted(items, key=lambda slug: slug in PARENTS):
        _ensure_page(home, items[slug])
    stdout.write(f"  {len(items)} sidor om webbplatsen")


def _ensure_page(home: HomePage, item: dict) -> None:
    parent_slug = PARENTS.get(item["slug"])
    parent = home.get_children().get(slug=parent_slug) if parent_slug else home
    if Page.objects.child_of(parent).filter(slug=item["slug"]).exists():
        return
    reviewed = item.get("last_reviewed") or timezone.localdate()
    parent.specific.add_child(
        instance=PlainPage(
            title=item["title"],
            slug=item["slug"],
            summary=item["summary"].strip(),
            body=_body(item),
            figures=[("figure", figure) for figure in item.get("figures", ())],
            last_reviewed=reviewed,
            review_by=reviewed + REVIEW_AFTER,
        )
    )


def _body(item: dict) -> list[tuple]:
    """The blocks of a page; a table of needs stands before the list of sources."""
    body, heading, sources = item["body"].partition("### Källor")
    needs = item.get("needs")
    if not needs:
        return [("text", to_rich_text(item["body"], top_heading=2))]
    return [
        ("text", to_rich_text(body, top_heading=2)),
        ("needs_table", {"caption": NEEDS_CAPTION, "needs": needs}),
        ("text", to_rich_text(heading + sources, top_heading=2)),
    ]


def load_users(stdout) -> None:
    """Make the demo's people; passwords that were changed stay changed."""
    for email, name, groups, role, municipality, _ in DEMO_USERS:
        first, last = name.split()
        user, is_new = User.objects.get_or_create(
            email=email,
            defaults={
                "first_name": first,
                "last_name": last,
                "role": role,
                "municipality_id": municipality,
            },
        )
        if is_new:
            user.set_password(PASSWORD)
            user.save()
            user.groups.set(Group.objects.filter(name__in=groups))
            if user.needs_second_factor:
                second_factor.set_up(user, authenticator_secret(email))
    stdout.write(f"  {len(DEMO_USERS)} demoanvändare")


def authenticator_secret(email: str) -> str:
    """The key for the app of a demo person: known, as the password is."""
    return base64.b32encode(sha256(f"demo|{email}".encode()).digest()[:20]).decode()


def logins() -> list[str]:
    """Lines for each demo login: address, password, what to try; the key for the app."""
    lines = []
    for email, _, _, role, _, hint in DEMO_USERS:
        lines.append(f"{email:<26} {PASSWORD}   {hint}")
        if role:
            lines.append(f"{'':<26} nyckel till appen: {authenticator_secret(email)}")
    return lines


def site_is_empty() -> bool:
    """Whether nothing but the home page of the migration is there."""
    return not Page.objects.filter(depth__gt=2).exists()
