"""The functions of the doors, as PostgreSQL knows them and as people read them."""

import pytest
from django.db import connection

from events.door import sql
from events.door.dialogue import sql as dialogue_sql
from events.door.invited import sql as invited_sql
from events.door.mails import sql as mails_sql
from events.door.materials import sql as materials_sql
from events.door.own import sql as own_sql


@pytest.mark.postgresql
@pytest.mark.django_db
def test_nobody_may_call_the_functions_unless_granted_and_their_search_path_is_fixed():
    with connection.cursor() as cursor:
        cursor.execute(
            """select proname, prosecdef, proconfig, coalesce(proacl::text, 'default') from pg_proc
               where proname like 'door\\_%%' order by proname"""
        )
        functions = cursor.fetchall()

    assert [name for name, *_ in functions] == [
        "door_answer",
        "door_cancel",
        "door_choose_mails",
        "door_come",
        "door_confirm",
        "door_dialogue_confirm",
        "door_dialogue_view",
        "door_dialogue_withdraw",
        "door_form",
        "door_invited_accept",
        "door_invited_decline",
        "door_invited_name",
        "door_invited_propose",
        "door_invited_view",
        "door_mailbox",
        "door_mails",
        "door_materials",
        "door_mode",
        "door_offer",
        "door_own",
        "door_participants",
        "door_show",
        "door_stop_mails",
        "door_swap",
        "door_swap_end",
        "door_take_over",
        "door_view",
    ]
    assert [name for name, definer, *_ in functions if not definer] == []
    for _, _, config, acl in functions:
        assert config == ["search_path=pg_catalog, pg_temp"]
        assert not acl.startswith("{=") and ",=" not in acl and acl != "default"


@pytest.mark.parametrize(
    ("source", "functions"),
    [
        (sql.FUNCTIONS, 10),
        (dialogue_sql.FUNCTIONS, 3),
        (invited_sql.FUNCTIONS, 10),
        (mails_sql.FUNCTIONS, 3),
        (materials_sql.FUNCTIONS, 1),
        (own_sql.FUNCTIONS, 13),
    ],
)
def test_each_function_can_be_read_at_a_glance(source, functions):
    bodies = [part.split("$door$")[1] for part in source.read_text().split("create or replace")[1:]]

    assert len(bodies) == functions
    for body in bodies:
        assert len(body.rpartition("begin\n")[2].replace("\nend ", "").strip().splitlines()) <= 16
