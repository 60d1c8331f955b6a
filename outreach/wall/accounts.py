"""Which rows of colleagues' accounts the internal process changes: a lock behind the services of outreach/accounts.

Unlike what stands in inside.py, accounts are met before anybody has signed in, for that is how one signs in. What the
database holds here: only an administrator enters a colleague, changes a role, closes or opens an account, and none
their own; a second factor is removed by its owner, or by an administrator in the minutes after they granted what
another one asked for.
"""

from outreach.accounts.models import Role

from .context import ROLE
from .inside import READER, Inside, both, either, own

ADMINISTERS = f"(SELECT current_setting('{ROLE}', true) = '{Role.ADMINISTRATOR}')"
NOBODY_YET = f"{READER} IS NULL"  # somebody is signing in, or choosing a password by a link
STEADY = ("email", "role", "is_active", "is_staff", "is_superuser")  # what a colleague is to others
AS_IT_WAS = (
    "EXISTS (SELECT FROM accounts_user w WHERE w.id = @.id AND "
    + " AND ".join(f"w.{column} = @.{column}" for column in STEADY)
    + ")"
)
GRANTED = (
    "EXISTS (SELECT FROM accounts_factorreset r WHERE r.colleague_id = @.user_id "
    "AND r.outcome = 'approved' AND r.decided_at > now() - interval '5 minutes')"
)
IN_ONES_OWN_NAME = either(
    both("@.outcome = ''", own("asked_by_id")),
    both("@.outcome IN ('approved', 'refused')", own("decided_by_id")),
    "@.outcome IN ('withdrawn', 'expired')",
)

ACCOUNTS: dict[str, Inside] = {
    "accounts.User": Inside(
        sees="true",
        changes=either(ADMINISTERS, own("id"), NOBODY_YET),
        leaves=either(both(ADMINISTERS, f"@.id <> {READER}"), AS_IT_WAS),
    ),
    "accounts.User_teams": Inside(sees="true", changes=ADMINISTERS, leaves=ADMINISTERS),
    "accounts.User_groups": Inside(sees="true", changes=ADMINISTERS, leaves=ADMINISTERS),
    "accounts.FactorReset": Inside(sees=ADMINISTERS, changes=ADMINISTERS, leaves=both(ADMINISTERS, IN_ONES_OWN_NAME)),
    "mfa.Authenticator": Inside(
        sees=either(own("user_id"), NOBODY_YET, ADMINISTERS),
        changes=either(own("user_id"), NOBODY_YET, both(ADMINISTERS, GRANTED)),
        leaves=either(own("user_id"), NOBODY_YET),
    ),
}
