"""What the table of grants means in PostgreSQL, and what PostgreSQL has: two sets that must be equal."""

from typing import NamedTuple

from django.db import connection
from psycopg import sql

from . import catalogue
from .grants import BEHIND_FUNCTIONS, FUNCTIONS, LETTERS, TABLE, VIEWS
from .roles import FACES, ROLES, role_of
from .tables import concrete_models

PASSED_ON = " WITH GRANT OPTION"


class Grant(NamedTuple):
    """One privilege of one role (or PUBLIC) on one object of the schema ``public``."""

    role: str
    kind: str  # DATABASE, SCHEMA, TABLE, COLUMN, SEQUENCE or FUNCTION
    target: str  # a column as table.column, a function with the types of its arguments
    privilege: str

    def __str__(self) -> str:
        return f"{self.role}: {self.privilege} on {self.kind.lower()} {self.target}"


def expected() -> set[Grant]:
    """Everything the three roles may do, and nothing for anybody else."""
    on_tables = _on_tables()
    return _everywhere() | on_tables | _on_sequences(on_tables) | _on_functions() | _on_views()


def _everywhere() -> set[Grant]:
    database = connection.settings_dict["NAME"]
    objects = [("DATABASE", database, "CONNECT"), ("SCHEMA", "public", "USAGE")]
    return {Grant(role, *one) for role in ROLES for one in objects}


def _on_tables() -> set[Grant]:
    tables = catalogue.tables()
    return {
        Grant(role_of(face), "TABLE", model._meta.db_table, LETTERS[letter])
        for label, model in concrete_models().items()
        if model._meta.db_table in tables  # what SQLite alone has, PostgreSQL lacks
        for face in FACES
        for letter in getattr(TABLE[label], face)
    }


def _on_sequences(on_tables: set[Grant]) -> set[Grant]:
    """Whoever may insert may draw the number of the new row."""
    sequences = catalogue.sequences().items()
    inserting = [grant for grant in on_tables if grant.privilege == "INSERT"]
    return {
        Grant(grant.role, "SEQUENCE", sequence, "USAGE")
        for grant in inserting
        for sequence, table in sequences
        if table == grant.target
    }


def _on_functions() -> set[Grant]:
    return {
        Grant(role_of(FUNCTIONS[name]), "FUNCTION", signature, "EXECUTE")
        for name, signature in catalogue.functions()
        if name in FUNCTIONS
    }


def _on_views() -> set[Grant]:
    return {Grant(role_of(VIEWS[name]), "TABLE", name, "SELECT") for name in VIEWS.keys() & catalogue.tables()}


def actual() -> set[Grant]:
    """Every privilege anybody but the owner holds, from the catalogue; what can be passed on is marked so."""
    return {
        Grant(role, kind, target, privilege + (PASSED_ON if grantable else ""))
        for role, kind, target, privilege, grantable in catalogue.privileges()
    }


def apply() -> None:
    """Revoke what is too much, then grant what is missing."""
    wanted, found = expected(), actual()
    with connection.cursor() as cursor:
        for grant in sorted(found - wanted):
            cursor.execute(_statement("REVOKE", "FROM", grant))
        for grant in sorted(wanted - actual()):
            cursor.execute(_statement("GRANT", "TO", grant))


def faults() -> list[str]:
    """Each difference between the table and the database, in words. Other schemas are not ours to mend."""
    wanted, found = expected(), actual()
    elsewhere = [row for row in catalogue.privileges_elsewhere() if row[0] in (*ROLES, "PUBLIC")]
    known = {model._meta.db_table for model in concrete_models().values()} | VIEWS.keys() | BEHIND_FUNCTIONS
    return (
        [f"too much: {grant}" for grant in sorted(found - wanted)]
        + [f"too much: {role}: {privilege} on {target}" for role, privilege, target in sorted(elsewhere)]
        + [f"missing: {grant}" for grant in sorted(wanted - found)]
        + [f"unknown table: {table}" for table in sorted(catalogue.tables() - known)]
    )


def _statement(verb: str, direction: str, grant: Grant) -> sql.Composed:
    privilege, target = grant.privilege.removesuffix(PASSED_ON), sql.Identifier(grant.target)
    kind = grant.kind
    if kind == "COLUMN":
        table, column = grant.target.split(".")
        kind, target = "TABLE", sql.Identifier(table)
        privilege = sql.SQL("{} ({})").format(sql.SQL(privilege), sql.Identifier(column)).as_string()
    elif kind == "FUNCTION":
        target = sql.SQL(grant.target)  # regprocedure has quoted it
    role = sql.SQL("PUBLIC") if grant.role == "PUBLIC" else sql.Identifier(grant.role)
    return sql.SQL(f"{verb} {privilege} ON {kind} {{}} {direction} {{}}").format(target, role)
