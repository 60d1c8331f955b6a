"""Four eyes: a contact channel changes publicly only when a second colleague has approved it."""

from datetime import UTC, datetime, time
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from content.models import (
    ChannelProposal,
    ContactChannel,
    DirectoryEntry,
    GuideAnswer,
    GuideChoice,
    GuideQuestion,
    OpeningHours,
)
from content.services import approval
from content.services.approval import Refused
from outreach.accounts.models import Role, User
from outreach.audit.models import Entry
from outreach.mail.models import OutboxMessage

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
NAMES = [f"{name}_{code}" for name in ("name", "question", "description") for code in ("da", "en")]
EDIT = "wagtailsnippets_content_contactchannel:edit"


def new_user(name, role=Role.EDITOR, **facts):
    return User.objects.create_user(f"{name.lower()}@example.org", name=name, role=role, **facts)


def new_channel(key="hotline", **fields):
    texts = {f"{name}_{code}": name for name in ("name", "question", "description") for code in ("da", "en")}
    made = ContactChannel.objects.create(key=key, checked_on="2026-11-22", **{**texts, "number": "114", **fields})
    OpeningHours.objects.create(channel=made, weekday=0, opens=time(8), closes=time(22))
    return ContactChannel.objects.get(pk=made.pk)


@pytest.fixture
def ane(db):
    """Proposes."""
    return new_user("Ane")


@pytest.fixture
def bo(db):
    """Decides."""
    return new_user("Bo", language="en")


@pytest.fixture
def channel(db):
    return new_channel()


@pytest.fixture
def signed_in(client):
    def signed_in(user):
        client.force_login(user, backend="outreach.accounts.roles.RoleBackend")
        return client

    return signed_in


def propose(channel, by, **changes):
    for name, value in changes.items():
        setattr(channel, name, value)
    return approval.propose(channel, by, now=NOW)


def typed(channel, hours=(("0", "08:00", "22:00"),), **changes):
    """What the editor's form sends."""
    left_out = ("id", "always_open", "closed_on_holidays", "anonymous", "confidential")
    fields = [field.name for field in ContactChannel._meta.concrete_fields if field.name not in left_out]
    rows = [{"weekday": day, "opens": opens, "closes": closes} for day, opens, closes in hours]
    for row, present in zip(rows, channel.opening_hours.all() if channel.pk else [], strict=False):
        row["id"] = present.pk
    return nested_form_data(
        {
            **{name: "" if (value := getattr(channel, name)) is None else value for name in fields},
            "opening_hours": inline_formset(rows, initial=len(rows) if channel.pk else 0),
            "closed_days": inline_formset([]),
            **changes,
        }
    )


def decide(client, proposal, action="approve", **fields):
    return client.post(reverse("content_approvals:proposal", args=[proposal.pk]), {"action": action, **fields})


# What readers see


def test_a_number_changes_when_a_colleague_has_approved_it(channel, ane, bo):
    proposal = propose(channel, ane, number="70 10 20 30", what_happens_da="Nogen svarer.")
    assert ContactChannel.objects.get().number == "114"

    approval.approve(proposal, bo, now=NOW)

    changed = ContactChannel.objects.get()
    assert (changed.number, changed.what_happens_da) == ("70 10 20 30", "Nogen svarer.")
    assert [(rule.weekday, rule.opens) for rule in changed.hours] == [(0, time(8))]


def test_hours_wait_too_and_are_applied_as_shown(channel, ane, bo, signed_in):
    signed_in(ane).post(reverse(EDIT, args=[channel.pk]), typed(channel, [("0", "09:00", "21:00")]))
    assert [rule.opens for rule in ContactChannel.objects.get().hours] == [time(8)]

    approval.approve(ChannelProposal.objects.get(), bo, now=NOW)

    assert [(rule.opens, rule.closes) for rule in ContactChannel.objects.get().hours] == [(time(9), time(21))]


@pytest.mark.parametrize("free", [{"order": 7}, {"checked_on": "2026-11-24"}])
def test_what_misleads_nobody_is_saved_at_once(channel, ane, signed_in, free):
    response = signed_in(ane).post(reverse(EDIT, args=[channel.pk]), typed(channel, **free))

    assert response.status_code == 302
    assert not ChannelProposal.objects.exists()
    [(name, value)] = free.items()
    assert str(getattr(ContactChannel.objects.get(), name)) == str(value)


def test_a_new_channel_is_not_there_before_it_is_approved(ane, bo, signed_in):
    address = reverse("wagtailsnippets_content_contactchannel:add")
    assert signed_in(ane).get(address).status_code == 200
    form = typed(ContactChannel(checked_on="2026-11-22"), **dict.fromkeys(NAMES, "Ny"), key="ny", number="70 10 20 30")

    response = signed_in(ane).post(address, form)

    proposal = ChannelProposal.objects.get()
    assert response.url == reverse("content_approvals:proposal", args=[proposal.pk])
    assert not ContactChannel.objects.exists()
    assert decide(signed_in(ane), proposal).status_code == 302
    assert not ContactChannel.objects.exists()
    approval.approve(proposal, bo, now=NOW)
    assert [rule.closes for rule in ContactChannel.objects.get(key="ny", number="70 10 20 30").hours] == [time(22)]


def test_a_channel_disappears_when_a_colleague_has_approved_that(channel, ane, bo):
    proposal = approval.propose_removal(channel, ane, now=NOW)
    assert ContactChannel.objects.exists()

    approval.approve(proposal, bo, now=NOW)

    assert not ContactChannel.objects.exists()
    assert ChannelProposal.objects.get().name == "name"


def test_a_channel_the_guide_sends_readers_to_is_not_removed(channel, ane):
    GuideAnswer.objects.create(key="a", channel=channel)

    with pytest.raises(Refused):
        approval.propose_removal(channel, ane, now=NOW)


def test_a_rejected_change_changes_nothing_and_says_why(channel, ane, bo, signed_in):
    proposal = propose(channel, ane, number="70 10 20 30")

    decide(signed_in(bo), proposal, "reject")
    assert ChannelProposal.objects.get().waits
    decide(signed_in(bo), proposal, "reject", reason="Nummeret er forkert.")

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("rejected", "Nummeret er forkert.")
    assert ContactChannel.objects.get().number == "114"
    assert "Nummeret er forkert." in signed_in(ane).get(reverse("content_approvals:list")).content.decode()


@pytest.mark.parametrize("reason", ["Ring til 010190-1234", "x" * 301])
def test_a_reason_that_may_not_be_kept_is_refused_at_its_field_with_every_word(channel, ane, bo, signed_in, reason):
    proposal = propose(channel, ane, number="70 10 20 30")

    page = decide(signed_in(bo), proposal, "reject", reason=reason)

    assert page.status_code == 422
    assert page.context["reject_form"].errors["reason"]
    assert f'value="{reason}"' in page.content.decode()
    assert ChannelProposal.objects.get().reason == ""


# Nobody alone


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("action", ["approve", "reject"])
def test_nobody_decides_on_their_own_change(channel, signed_in, role, action):
    cleo = new_user("Cleo", role, is_superuser=role == Role.ADMINISTRATOR)
    proposal = propose(channel, cleo, number="70 10 20 30")

    decide(signed_in(cleo), proposal, action, reason="Fordi.")

    assert ChannelProposal.objects.get().waits
    assert ContactChannel.objects.get().number == "114"
    assert Entry.objects.filter(verb="refuse", actor_id=cleo.pk, object_id=str(proposal.pk)).exists()
    assert 'value="approve"' not in signed_in(cleo).get(decide(signed_in(cleo), proposal).url).content.decode()


def test_the_database_refuses_it_too(channel, ane):
    proposal = propose(channel, ane, number="70 10 20 30")

    with pytest.raises(IntegrityError), transaction.atomic():
        ChannelProposal.objects.filter(pk=proposal.pk).update(state="approved", decided_by=ane, decided_at=NOW)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.TEAM_LEAD, Role.AUDITOR])
def test_whoever_does_not_edit_does_not_decide(channel, ane, signed_in, role):
    proposal = propose(channel, ane, number="70 10 20 30")
    stranger = new_user("Dan", role)

    assert decide(signed_in(stranger), proposal).status_code == 403
    with pytest.raises(Refused):
        approval.approve(proposal, stranger, now=NOW)
    with pytest.raises(Refused):
        approval.withdraw(proposal, stranger, now=NOW)


def attempts(channel):
    """Every address of Wagtail's that could change a channel, with what a browser would send to it."""
    snippet = "wagtailsnippets_content_contactchannel"
    bulk = reverse("wagtail_bulk_action", args=["content", "contactchannel", "delete"])
    forged = typed(channel, number="70 10 20 30")
    return [
        (reverse(f"{snippet}:edit", args=[channel.pk]), forged | {"action-publish": "1"}),
        (reverse(f"{snippet}:delete", args=[channel.pk]), {}),
        (f"/admin/snippets/content/contactchannel/copy/{channel.pk}/", forged | {"key": "copy"}),
        (f"/admin/snippets/content/contactchannel/history/{channel.pk}/revisions/1/revert/", forged),
        (f"{bulk}?id={channel.pk}", {}),
        (f"{bulk}?id=all", {}),
        (reverse("content_approvals:removal", args=[channel.pk]), {}),
    ]


def test_no_address_changes_a_channel_for_one_colleague_alone(channel, signed_in):
    cleo = new_user("Cleo", Role.ADMINISTRATOR, is_superuser=True)
    new_channel("police")
    before = [approval.facts_of(row) for row in ContactChannel.objects.all()]

    for address, form in attempts(channel):
        response = signed_in(cleo).post(address, form)
        assert response.status_code in (200, 302, 404), address
        ChannelProposal.objects.waiting().delete()

    assert [approval.facts_of(row) for row in ContactChannel.objects.all()] == before


# One at a time, and exactly what was shown


def test_while_a_change_waits_nobody_proposes_another(channel, ane, bo, signed_in):
    propose(channel, ane, number="70 10 20 30")
    page = signed_in(bo).get(reverse(EDIT, args=[channel.pk])).content.decode()
    assert "Ane proposed a change of this channel on 23 November 2026" in page

    response = signed_in(bo).post(reverse(EDIT, args=[channel.pk]), typed(channel, number="70 40 50 60"))

    assert response.status_code == 200
    assert ChannelProposal.objects.count() == 1
    with pytest.raises(Refused):
        propose(ContactChannel.objects.get(), bo, number="70 40 50 60")


def test_the_proposer_withdraws_and_proposes_again(channel, ane, signed_in):
    proposal = propose(channel, ane, number="70 10 20 30")

    decide(signed_in(ane), proposal, "withdraw")

    assert propose(ContactChannel.objects.get(), ane, number="70 10 20 31").waits
    assert ContactChannel.objects.get().number == "114"


@pytest.mark.parametrize("meanwhile", [{"number": "112"}, {"mailbox": "a@example.org"}, {"always_open": True}])
def test_what_changed_since_it_was_proposed_is_not_approved(channel, ane, bo, signed_in, meanwhile):
    proposal = propose(channel, ane, number="70 10 20 30")
    ContactChannel.objects.update(**meanwhile)
    assert 'value="approve"' not in signed_in(bo).get(f"/admin/approvals/{proposal.pk}/").content.decode()

    with pytest.raises(Refused) as refused:
        approval.approve(proposal, bo, now=NOW)

    assert refused.value.sentence == approval.STALE
    assert ChannelProposal.objects.get().waits
    assert ContactChannel.objects.get().number != "70 10 20 30"


def test_hours_that_changed_since_count_as_a_change(channel, ane, bo):
    proposal = propose(channel, ane, number="70 10 20 30")
    OpeningHours.objects.update(closes=time(20))

    with pytest.raises(Refused):
        approval.approve(proposal, bo, now=NOW)


def test_what_one_may_change_alone_meanwhile_is_kept(channel, ane, bo):
    proposal = propose(channel, ane, number="70 10 20 30")
    ContactChannel.objects.update(checked_on="2026-12-01")

    approval.approve(proposal, bo, now=NOW)

    assert str(ContactChannel.objects.get().checked_on) == "2026-12-01"


def test_an_approved_change_is_approved_once(channel, ane, bo):
    proposal = propose(channel, ane, number="70 10 20 30")
    approval.approve(proposal, bo, now=NOW)

    for decision in (approval.approve, lambda *a, **k: approval.reject(*a, reason="Nej.", **k)):
        with pytest.raises(Refused) as refused:
            decision(proposal, bo, now=NOW)
        assert refused.value.sentence == approval.NO_LONGER_WAITS


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_who_decide_at_once_one_is_told(channel, ane, bo):
    proposal, outcomes, start = propose(channel, ane, number="70 10 20 30"), [], Barrier(2)

    def decide(decision, by, **reason):
        start.wait()
        try:
            decision(proposal, by, now=NOW, **reason)
            outcomes.append(decision.__name__)
        except Refused as refused:
            outcomes.append(refused.sentence)
        finally:
            connection.close()

    cleo = new_user("Cleo")
    both = [
        Thread(target=decide, args=(approval.approve, bo)),
        Thread(target=decide, args=(approval.reject, cleo), kwargs={"reason": "Nej."}),
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(10)

    assert len(outcomes) == 2
    assert approval.NO_LONGER_WAITS in outcomes
    approved = ChannelProposal.objects.get().state == "approved"
    assert ContactChannel.objects.get().number == ("70 10 20 30" if approved else "114")


# Who is told, and what is kept


@pytest.mark.once
def test_the_other_editors_are_told_without_the_number(channel, ane, bo, work):
    new_user("Dan", Role.OFFICER)
    new_user("Else", Role.ADMINISTRATOR, is_active=False)
    propose(channel, ane, number="70 10 20 30")

    work()

    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.language) == (bo.email, "en")
    assert "70 10 20 30" not in mail.subject + mail.text
    assert "[personal link]" in mail.text


@pytest.mark.once
def test_the_front_page_of_editors_shows_what_waits(channel, ane, bo, signed_in):
    propose(channel, ane, number="70 10 20 30")

    for user, sentence in ((bo, "A colleague has proposed this."), (ane, "Det venter på en kollega.")):
        assert sentence in signed_in(user).get("/admin/").content.decode()


@pytest.mark.once
def test_old_and_new_stand_side_by_side(channel, ane, bo, signed_in):
    proposal = propose(channel, ane, number="70 10 20 30", always_open=True)

    page = signed_in(bo).get(reverse("content_approvals:proposal", args=[proposal.pk])).content.decode()

    for shown in ("Proposed by Ane on 23 November 2026 at 12:00", "70 10 20 30", "114", "Day and night"):
        assert shown in page


def test_the_trail_names_who_proposed_and_who_approved(channel, ane, bo):
    proposal = propose(channel, ane, number="70 10 20 30")
    approval.approve(proposal, bo, now=NOW)

    kept = Entry.objects.values_list("verb", "object_label", "actor_id", "ids").order_by("at")
    assert list(kept) == [
        ("create", "content.ChannelProposal", ane.pk, []),
        ("change", "content.ContactChannel", bo.pk, [str(proposal.pk)]),
    ]


@pytest.mark.parametrize("model", [DirectoryEntry, GuideAnswer, GuideChoice, GuideQuestion])
def test_words_that_one_colleague_saves_alone_bring_no_new_number(channel, model):
    ContactChannel.objects.update(number="41 74 90 90")
    name = "text_en" if hasattr(model, "text_en") else "body_en"
    model(**{name: "Call +45 41 74 90 90"}).clean()

    with pytest.raises(ValidationError):
        model(**{name: "Call 70 10 20 30"}).clean()
