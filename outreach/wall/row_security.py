"""Putting the policies in force, and seeing whether they are.

PostgreSQL rewrites the text of a policy, so the two cannot be compared. A comment on each policy therefore seals what
was meant together with what PostgreSQL made of it: whoever alters either breaks the seal.
"""

import hashlib
from typing import NamedTuple

from django.db import connection
from psycopg import sql

from . import catalogue
from .policies import Policy, policies

Key = tuple[str, str]  # table, name of the policy


class InForce(NamedTuple):
    """A policy as the catalogue has it."""

    permissive: bool
    command: str
    roles: list[str]
    using: str
    check: str
    seal: str

    def is_what_was_meant(self, policy: Policy) -> bool:
        return (
            self.permissive
            and self.command == policy.command
            and self.roles == sorted(policy.roles)
            and self.seal == seal(policy, self.using, self.check)
        )


def seal(policy: Policy, using: str, check: str) -> str:
    parts = (policy.using, policy.check, using, check)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def apply() -> None:
    """Secure the tables that have a rule and no other; write anew each policy that is not as it was meant."""
    wanted, found, secured = _wanted(), _found(), catalogue.secured_tables()
    tables = {table for table, _ in wanted}
    sound = {key for key in wanted.keys() & found.keys() if found[key].is_what_was_meant(wanted[key])}
    with connection.cursor() as cursor:
        for table, name in sorted(found.keys() - sound):
            cursor.execute(sql.SQL("DROP POLICY {} ON {}").format(sql.Identifier(name), sql.Identifier(table)))
        for table in sorted(tables ^ secured):
            verb = sql.SQL("ENABLE" if table in tables else "DISABLE")
            cursor.execute(sql.SQL("ALTER TABLE {} {} ROW LEVEL SECURITY").format(sql.Identifier(table), verb))
    for key in sorted(wanted.keys() - sound):
        _write(wanted[key])


def faults() -> list[str]:
    """Each difference between the rules and the database, in words."""
    wanted, found, secured = _wanted(), _found(), catalogue.secured_tables()
    tables = {table for table, _ in wanted}
    altered = [key for key in wanted.keys() & found.keys() if not found[key].is_what_was_meant(wanted[key])]
    return (
        [f"no row-level security: {table}" for table in sorted(tables - secured)]
        + [f"row-level security without a rule: {table}" for table in sorted(secured - tables)]
        + [f"missing policy: {name} on {table}" for table, name in sorted(wanted.keys() - found.keys())]
        + [f"unknown policy: {name} on {table}" for table, name in sorted(found.keys() - wanted.keys())]
        + [f"altered policy: {name} on {table}" for table, name in sorted(altered)]
    )


def _write(policy: Policy) -> None:
    table, name = sql.Identifier(policy.table), sql.Identifier(policy.name)
    using = sql.SQL(f" USING ({policy.using})" if policy.using else "")
    check = sql.SQL(f" WITH CHECK ({policy.check})" if policy.check else "")
    roles = sql.SQL(", ").join(map(sql.Identifier, policy.roles))
    command = sql.SQL(policy.command)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE POLICY {} ON {} FOR {} TO {}{}{}").format(name, table, command, roles, using, check)
        )
        made = _found()[policy.table, policy.name]
        sealed = sql.Literal(seal(policy, made.using, made.check))
        cursor.execute(sql.SQL("COMMENT ON POLICY {} ON {} IS {}").format(name, table, sealed))


def _wanted() -> dict[Key, Policy]:
    return {(policy.table, policy.name): policy for policy in policies()}


def _found() -> dict[Key, InForce]:
    return {(table, name): InForce(*rest) for table, name, *rest in catalogue.rows(catalogue.POLICIES)}
