"""How each kind of database is spoken to."""

# IMMEDIATE: without it 122 of 400 parallel writers met "database is locked" (findings.md).
# Pages are read where the system holds the file in memory anyway: a copy of each took a quarter of the time of SQL.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=1073741824;",
}
# PostgreSQL compiles a query to machine code when it expects it to be long, and expects that of any with a few joins:
# 180 ms for reading four contact channels, 1 ms without. No query here is long.
# A page off the path costs no turn of a disk: told otherwise, PostgreSQL reads whole tables past their index.
# The server keeps the plans of the queries that ask it to (outreach/prepared.py), each for as long as its connection,
# and makes each once, for any value: left alone it plans the first five anew, 30 ms for the head of a person's page.
# A pooler between the two must pass such statements on, as PgBouncer does from 1.21.
POSTGRESQL = {
    "options": "-c jit=off -c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan",
    "prepare_threshold": 0,
}


def tuned(config: dict) -> dict:
    """The connection that ``DATABASE_URL`` asks for, with what this project wants of that kind of database."""
    given = config.get("OPTIONS", {})
    kept = {"CONN_MAX_AGE": 600}  # seconds; to open one for each request took SQLite a third of the request
    if config["ENGINE"].endswith("sqlite3"):
        return config | kept | {"OPTIONS": given | SQLITE}
    return config | kept | {"OPTIONS": given | POSTGRESQL, "CONN_HEALTH_CHECKS": True}


def named(name: str, config: dict) -> dict:
    """A PostgreSQL connection of a process that works for no colleague: policies let it in by this name only."""
    options = config["OPTIONS"]
    return config | {"OPTIONS": options | {"options": f"{options['options']} -c app.system={name}"}}
