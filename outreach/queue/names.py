"""Every task there is, by name. The table is also the allow-list of what the public face may start."""

# name -> dotted path of the task function
TASKS: dict[str, str] = {
    "mail.drain_outbox": "outreach.mail.tasks.drain_outbox",
}

# What a visitor's click may start; on PostgreSQL a policy on the queue holds the same list.
PUBLIC: frozenset[str] = frozenset()
