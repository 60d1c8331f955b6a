"""What the table of grants means in PostgreSQL, and what PostgreSQL has: two sets that must be equal."""

from typing import NamedTuple

from django.db import connection
from psycopg import sql

from . import catalogue
from .grants import FUNCTIONS, LETTERS, TABLE
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
    tables = catalogue.tables()
    everywhere = {
        grant
        for role in ROLES
        for grant in (
            Grant(role, "DATABASE", connection.settings_dict["NAME"], "CONNECT"),
            Grant(role, "SCHEMA", "public", "USAGE"),
        )
    }
    models = concrete_models()
    on_tables = {
        grant
        for label, model in models.items()
        if model._meta.db_table in tables  # what SQLite alone has, PostgreSQL lacks
        for face in FACES
        for grant in _on_table(face, label, model)
    }
    may_insert = {(grant.role, grant.target) for grant in on_tables if grant.privilege == "INSERT"}
    on_sequences = {
        Grant(role, "SEQUENCE", sequence, "USAGE")
        for sequence, table in catalogue.sequences().items()
        for role, target in may_insert
        if target == table
    }
    on_functions = {
        Grant(role_of(FUNCTIONS[name]), "FUNCTION", signature, "EXECUTE")
        for name, signature in catalogue.functions()
        if name in FUNCTIONS
    }
    return everywhere | on_tables | on_sequences | on_functions


def _on_table(face: str, label: str, model) -> set[Grant]:
    access, table = TABLE[label], model._meta.db_table
    letters = getattr(access, face)
    if face == "public" and access.public_columns:
        narrow = {
            Grant(role_of(face), "COLUMN", f"{table}.{model._meta.get_field(name).column}", "SELECT")
            for name in access.public_columns
        }
        letters = letters.replace("S", "")
    else:
        narrow = set()
    return narrow | {Grant(role_of(face), "TABLE", table, LETTERS[letter]) for letter in letters}


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
    """Each difference between the table and the database, in words."""
    wanted, found = expected(), actual()
    models = {model._meta.db_table for model in concrete_models().values()}
    return (
        [f"too much: {grant}" for grant in sorted(found - wanted)]
        + [f"missing: {grant}" for grant in sorted(wanted - found)]
        + [f"unknown table: {table}" for table in sorted(catalogue.tables() - models)]
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
