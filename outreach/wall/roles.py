"""The database roles of the three processes. The owner migrates and grants; nobody serves requests as the owner."""

from django.db import connection
from environ import FileAwareEnv
from psycopg import sql

from . import catalogue

FACES = ("public", "internal", "worker")
LOCK = 7_020_119  # one grants command at a time, in whichever database of the server


def role_of(face: str) -> str:
    """The role a process connects as."""
    return f"outreach_{face}"


ROLES = tuple(role_of(face) for face in FACES)


def establish() -> None:
    """Make missing roles, and give each the password found in the environment.

    ``PUBLIC_DATABASE_PASSWORD`` (or ``…_FILE``) and so on. Without one a role keeps what it has; a new one then has no
    password and signs in only where the server asks for none (peer, certificate).
    """
    env = FileAwareEnv()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        for face in FACES:
            role = sql.Identifier(role_of(face))
            if not catalogue.rows("SELECT 1 FROM pg_roles WHERE rolname = %s", role_of(face)):
                cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
            if password := env.str(f"{face.upper()}_DATABASE_PASSWORD", default="").strip():
                cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, _verifier(password, role_of(face))))


def _verifier(password: str, role: str) -> sql.Literal:
    """What the server keeps of a password, made here: the password itself reaches no log."""
    made = connection.connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return sql.Literal(made.decode())


def faults() -> list[str]:
    """What a role is, or belongs to, that it must not."""
    found = {name: attributes for name, *attributes in catalogue.rows(ATTRIBUTES, list(ROLES))}
    memberships = catalogue.rows(MEMBERSHIPS, list(ROLES))
    return (
        [f"role {role}: missing" for role in ROLES if role not in found]
        + [f"role {role}: {word}" for role, words in found.items() for word in words if word]
        + [f"role {member}: is a member of {group}" for member, group in memberships]
    )


# Attributes that would walk around every grant and policy, each as the word for it.
ATTRIBUTES = """
    SELECT rolname,
           CASE WHEN NOT rolcanlogin THEN 'cannot sign in' END,
           CASE WHEN rolsuper THEN 'is a superuser' END,
           CASE WHEN rolbypassrls THEN 'bypasses row-level security' END,
           CASE WHEN rolcreaterole THEN 'may create roles' END,
           CASE WHEN rolcreatedb THEN 'may create databases' END,
           CASE WHEN rolreplication THEN 'may replicate' END
    FROM pg_roles WHERE rolname = ANY(%s)
"""
MEMBERSHIPS = """
    SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members
    WHERE member::regrole::text = ANY(%s)
"""
