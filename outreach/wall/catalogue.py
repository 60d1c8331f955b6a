"""What PostgreSQL says about itself: the schema ``public`` of this database, leaving out what extensions own."""

from django.db import connection


def rows(query: str, *parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters or None)
        return cursor.fetchall()


def tables() -> set[str]:
    """Every table and view."""
    return {name for (name,) in rows(TABLES)}


def sequences() -> dict[str, str]:
    """Each sequence that fills a column, with the table of that column."""
    return dict(rows(SEQUENCES))


def functions() -> list[tuple[str, str]]:
    """Each function: its name, and its name with the types of its arguments."""
    return rows(FUNCTIONS)


def definitions() -> dict[str, str]:
    """Each function and view as it would be made again; a function by its name with the types of its arguments."""
    return dict(rows(DEFINITIONS))


def privileges() -> list[tuple[str, str, str, str, bool]]:
    """Whatever anybody but the owner may do: role, kind, object, privilege, whether it can be passed on."""
    return rows(PRIVILEGES)


def privileges_elsewhere() -> list[tuple[str, str, str]]:
    """What opens other schemas, and what will be open on objects yet to be made: role, privilege, on what."""
    return rows(PRIVILEGES_ELSEWHERE)


def secured_tables() -> set[str]:
    """The tables with row-level security."""
    return {name for (name,) in rows(SECURED)}


TABLES = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT EXISTS (
        SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
"""
SEQUENCES = """
    SELECT s.relname, t.relname FROM pg_class s
    JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype IN ('a', 'i')
    JOIN pg_class t ON t.oid = d.refobjid
    WHERE s.relkind = 'S' AND d.refobjsubid > 0 AND s.relnamespace = 'public'::regnamespace
"""
FUNCTIONS = """
    SELECT p.proname, p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (
        SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
"""
DEFINITIONS = """
    SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
      AND NOT EXISTS (
        SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
    UNION ALL
    SELECT c.relname, pg_get_viewdef(c.oid) || coalesce(array_to_string(c.reloptions, ','), '') FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v'
      AND NOT EXISTS (
        SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
"""
# acldefault: an object nobody granted anything on has no list; what PUBLIC then may is the server's default.
PRIVILEGES = """
    SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
           o.kind, o.target, a.privilege_type, a.is_grantable
    FROM (
        SELECT 'DATABASE', datname::text, datdba, coalesce(datacl, acldefault('d', datdba))
        FROM pg_database WHERE datname = current_database()
        UNION ALL
        SELECT 'SCHEMA', nspname::text, nspowner, coalesce(nspacl, acldefault('n', nspowner))
        FROM pg_namespace WHERE nspname = 'public'
        UNION ALL
        SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, relname::text, relowner, relacl
        FROM pg_class c
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
          AND NOT EXISTS (
            SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
        UNION ALL
        SELECT 'COLUMN', c.relname || '.' || a.attname, c.relowner, a.attacl
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped
        UNION ALL
        SELECT 'FUNCTION', p.oid::regprocedure::text, proowner, coalesce(proacl, acldefault('f', proowner))
        FROM pg_proc p
        WHERE pronamespace = 'public'::regnamespace
          AND NOT EXISTS (
            SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
    ) AS o (kind, target, owner, acl), aclexplode(o.acl) AS a
    WHERE a.grantee <> o.owner
"""
PRIVILEGES_ELSEWHERE = """
    SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, a.privilege_type, o.target
    FROM (
        SELECT 'schema ' || nspname, nspowner, nspacl
        FROM pg_namespace WHERE nspname NOT IN ('public', 'information_schema') AND nspname !~ '^pg_'
        UNION ALL
        SELECT CASE defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
               WHEN 'T' THEN 'types' ELSE 'schemas' END || ' yet to be made by ' || defaclrole::regrole,
               defaclrole, defaclacl
        FROM pg_default_acl
    ) AS o (target, owner, acl), aclexplode(o.acl) AS a
    WHERE a.grantee <> o.owner
"""
SECURED = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relrowsecurity
"""
POLICIES = """
    SELECT c.relname, p.polname, p.polpermissive,
           CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
           WHEN '*' THEN 'ALL' ELSE p.polcmd::text END,
           ARRAY(SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE r::regrole::text END FROM unnest(p.polroles) r ORDER BY 1),
           coalesce(pg_get_expr(p.polqual, p.polrelid), ''),
           coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''),
           coalesce(obj_description(p.oid, 'pg_policy'), '')
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE c.relnamespace = 'public'::regnamespace
"""
