"""Nobody publishes alone: a page goes out when a colleague has read what another wrote."""

import json

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page, TaskState

from content.models import GuidancePage
from outreach.accounts.models import EDITING_ROLES, Role
from outreach.mail.models import OutboxMessage

from .conftest import add_page
from .editing import Editor, front_page, typed


@pytest.fixture
def page(db):
    """A page that is read as "Ny" until a change of it is published."""
    return add_page(front_page())


@pytest.fixture
def rikke(db):
    return Editor("Rikke")


@pytest.fixture
def lis(db):
    return Editor("Lis", Role.ADMINISTRATOR)


def title(page):
    """What the public reads."""
    return GuidancePage.objects.get(pk=page.pk).title


def mails(kind):
    return [(message.to, message.text) for message in OutboxMessage.objects.filter(kind=kind).order_by("created_at")]


@pytest.mark.parametrize("role", sorted(EDITING_ROLES))
def test_nobody_publishes_what_they_wrote_themselves(page, role):
    kim = Editor("Kim", role)

    kim.edit(page, action_publish="1")
    kim.client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/")
    kim.client.post(f"/admin/api/main/pages/{page.pk}/action/publish/")
    kim.ask(page)
    kim.answer(page)
    kim.edit(page, **{"action-workflow-action": "1", "workflow-action-name": "approve"})

    assert title(page) == "Ny"
    assert Page.objects.get(pk=page.pk).workflow_in_progress


def test_a_new_page_waits_for_a_colleague_too(rikke, lis):
    home = front_page()
    address = reverse("wagtailadmin_pages:add", args=["content", "guidancepage", home.pk])
    rikke.client.post(address, typed(**{"action-publish": "1"}))
    draft = GuidancePage.objects.get()
    assert not draft.live

    rikke.ask(draft)
    lis.answer(draft)

    assert GuidancePage.objects.get().live


@pytest.mark.parametrize(("writes", "reads"), [("rikke", "lis"), ("lis", "rikke")])
def test_two_people_are_enough_whichever_of_them_writes(page, writes, reads, request):
    writer, reader = request.getfixturevalue(writes), request.getfixturevalue(reads)
    writer.ask(page)

    reader.answer(page)

    assert title(page) == "Ny titel"
    assert GuidancePage.objects.get().live_revision.user == writer.user


@pytest.mark.once
def test_what_waits_stays_as_it_was_submitted_and_says_whose_turn_it_is(page, rikke, lis):
    rikke.ask(page)

    rikke.edit(page, title="Noget andet")

    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Ny titel"
    assert "en kollega godkender den" in rikke.sees(page)
    assert "Godkend og udgiv" not in rikke.sees(page)
    assert "Træk tilbage" in rikke.sees(page)
    assert "Træk tilbage" not in lis.sees(page)
    assert "En kollega beder dig gennemgå siden." in lis.sees(page)
    assert "Godkend og udgiv" in lis.sees(page)


def test_who_changes_a_page_while_approving_it_hands_it_to_the_other(page, rikke, lis, work):
    rikke.ask(page)
    approving = {"action-workflow-action": "1", "workflow-action-name": "approve"}

    response = lis.edit(page, title="Lis' titel", **approving)

    assert title(page) == "Ny"
    assert "en kollega skal godkende den" in lis.client.get(response.url).content.decode()
    work()
    assert [to for to, _text in mails("content.review_asked")] == ["rikke@example.dk"]
    rikke.answer(page)
    assert title(page) == "Lis' titel"


def test_each_review_is_told_by_mails_that_pass_the_gate(page, rikke, lis, work):
    """And by no other: Wagtail sends none of its own."""
    anna = Editor("Anna", Role.OFFICER)
    rikke.ask(page)
    assert mail.outbox == []
    work()
    ((to, asked),) = mails("content.review_asked")
    assert to == lis.user.email != anna.user.email
    assert "Rikke beder dig læse siden" in asked

    lis.answer(page, "reject", comment="Skriv kortere.")
    rikke.ask(page, title="Kortere")
    lis.answer(page)
    work()

    (returned, approved) = [text for to, text in mails("content.review_answered") if to == rikke.user.email]
    assert "beder om ændringer" in returned
    assert "Skriv kortere." in returned
    assert "Den er udgivet." in approved
    assert len(mail.outbox) == OutboxMessage.objects.count() == 3  # nobody is asked about what is answered


def test_a_page_is_taken_down_by_one_but_never_a_front_page(page, rikke):
    home = page.get_parent()
    for node in (page, home):
        rikke.client.post(reverse("wagtailadmin_pages:unpublish", args=[node.pk]))
    rikke.client.post(reverse("wagtailadmin_pages:delete", args=[home.pk]))

    assert list(Page.objects.filter(depth__gt=1).values_list("slug", "live")) == [("home-da", True), ("ny", False)]


def test_the_last_word_is_with_the_code_that_publishes(page, rikke):
    """Whatever way an approval came by."""
    rikke.ask(page)
    state = Page.objects.get(pk=page.pk).current_workflow_state

    with pytest.raises(PermissionDenied):
        state.finish(user=rikke.user)

    assert title(page) == "Ny"


@pytest.mark.once
def test_the_rule_stands_in_words_where_editors_begin(rikke):
    text = rikke.client.get("/admin/").content.decode()

    assert "Den, der sidst har ændret en side, kan ikke godkende den." in text


@pytest.mark.once
def test_a_copy_is_a_draft_and_offers_nothing_else(page, rikke):
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    typed = {"new_title": "Kopi", "new_slug": "kopi", "new_parent_page": page.get_parent().pk}

    rikke.client.post(address, typed | {"publish_copies": "on", "alias": "on"})

    copy = Page.objects.get(slug="kopi")
    assert (copy.live, copy.alias_of) == (False, None)
    form = rikke.client.get(address).content.decode()
    assert "new_slug" in form
    assert "publish_copies" not in form
    assert '"alias"' not in form


@pytest.mark.once
def test_a_reviewer_writes_no_civil_registration_number(page, rikke, lis):
    rikke.ask(page)
    number = {"comment": "Ring til 010190-1234."}

    lis.answer(page, "reject", **number)
    state = TaskState.objects.get()
    asked = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    told = lis.client.post(asked, number, headers={"X-Requested-With": "XMLHttpRequest"})
    lis.edit(
        page,
        **{
            "action-workflow-action": "1",
            "workflow-action-name": "reject",
            "workflow-action-extra-data": json.dumps(number),
        },
    )

    assert "CPR" in told.content.decode()
    assert Page.objects.get(pk=page.pk).workflow_in_progress
    assert not TaskState.objects.exclude(comment="").exists()
