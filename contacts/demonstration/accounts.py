"""Demonstration colleagues and their teams."""

from contacts.demonstration.files import key, read
from outreach.accounts.models import Role, Team, User
from outreach.places.models import PoliceDistrict

# Shown on purpose: these accounts exist only beside invented content, where DEBUG or an operator said so.
PASSWORD = "kun-til-fremvisning"  # noqa: S105
DOMAIN = "center.example"


def address(name: str) -> str:
    return f"{name}@{DOMAIN}"


def load_colleagues() -> dict[str, User]:
    """Make the teams and colleagues, or find them again; by the short name the other files use."""
    data = read("accounts")
    teams = {name: _team(name, **facts) for name, facts in data["teams"].items()}
    colleagues = {}
    for short, facts in data["colleagues"].items():
        user = User(
            id=key("user", short),
            email=address(short),
            name=facts["name"],
            role=Role(facts["role"]),
            language=facts["language"],
        )
        user.set_password(PASSWORD)
        user.save()
        user.teams.set([teams[name] for name in facts["teams"]])
        colleagues[short] = user
    return colleagues


def _team(name: str, *, district: str = "", subject: str = "") -> Team:
    facts = {"police_district": PoliceDistrict.objects.filter(name=district).first(), "subject": subject}
    return Team.objects.update_or_create(name=name, defaults=facts)[0]


def listed() -> list[str]:
    """A line for each account: address, role, language; the password stands above."""
    colleagues = read("accounts")["colleagues"].items()
    rows = [(address(short), facts["role"].replace("_", " "), facts["language"]) for short, facts in colleagues]
    return [f"  {mail:<24}{role:<26}{language}" for mail, role, language in rows]
