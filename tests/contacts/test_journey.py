"""An officer's day by HTTP: find, log, promise, link, and see it all on one timeline."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from contacts.models import Dialogue, FollowUp, Person, RegistrationLink
from tests.contacts.factories import (
    TODAY,
    AffiliationFactory,
    FollowUpFactory,
    OrganisationFactory,
    PersonFactory,
    RegistrationFactory,
    dialogue,
)


@pytest.fixture
def amina(officer):
    person = PersonFactory(name="Amina Rahbek", email="amina@example.dk", owner=officer, rhythm_weeks=8)
    organisation = OrganisationFactory(name="Kulturforeningen Åbne Døre", owner=officer)
    AffiliationFactory(person=person, organisation=organisation, role="chair")
    return person


def page(response):
    """What a reader sees: the text without the markup, spaces as one."""
    assert response.status_code == 200, response.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def logged(**fields):
    typed = {
        "kind": "call",
        "summary": "Agreed on an evening for parents.",
        "note_readers": "team",
        "date": TODAY.isoformat(),
        "promise_due": (TODAY + timedelta(days=7)).isoformat(),
        "with_organisation": "on",
    }
    return typed | fields


@pytest.mark.parametrize("spelling", ["åbne", "aabne doere", "ABNE"])
def test_the_organisation_is_found_by_any_spelling(desk, amina, spelling):
    assert "Kulturforeningen Åbne Døre" in page(desk.get(reverse("workspace:search"), {"q": spelling}))
    assert "Kulturforeningen Åbne Døre" in page(desk.get(reverse("workspace:organisations"), {"q": spelling}))


def test_a_dialogue_is_logged_from_the_person_in_one_form_and_stands_on_the_timeline(desk, amina, topics):
    form = desk.get(reverse("workspace:log"), {"person": amina.pk})
    assert f'value="person:{amina.pk}"' in form.content.decode()
    assert "Nobody gets a mail when you save" in page(form)

    typed = logged(who=f"person:{amina.pk}", topics=[topics[0].pk], promise="Send the material")
    response = desk.post(reverse("workspace:log"), typed, follow=True)

    assert response.request["PATH_INFO"] == amina.get_absolute_url()
    shown = page(response)
    assert "The dialogue is saved. Nobody got a mail." in shown
    assert "Agreed on an evening for parents." in shown
    assert "Parents" in shown
    assert "Send the material" in shown


def test_the_persons_organisation_is_there_too_unless_the_officer_says_no(desk, amina):
    organisation = amina.affiliations.get().organisation

    desk.post(reverse("workspace:log"), logged(who=f"person:{amina.pk}"))
    desk.post(reverse("workspace:log"), logged(who=f"person:{amina.pk}", with_organisation=""))

    assert organisation.dialogues.count() == 1
    assert amina.dialogues.count() == 2


def test_a_restricted_person_leaves_no_trace_on_the_organisation(desk, amina):
    amina.restricted = True
    amina.save()

    desk.post(reverse("workspace:log"), logged(who=f"person:{amina.pk}"))

    assert amina.affiliations.get().organisation.dialogues.count() == 0


def test_todays_meeting_comes_first_and_is_done_when_logged(desk, officer, amina):
    meeting = FollowUpFactory(
        owner=officer, person=amina, starts_at="08:30", minutes=45, kind="visit", title="Spring evening"
    )
    assert "Not logged" in page(desk.get(reverse("workspace:today")))
    form = desk.get(reverse("workspace:log")).content.decode()
    assert re.search(rf'value="meeting:{meeting.pk}"[^>]*checked', form)
    assert re.search(r'value="visit"[^>]*checked', form)

    desk.post(reverse("workspace:log"), logged(who=f"meeting:{meeting.pk}", kind="visit"))

    assert FollowUp.objects.get(pk=meeting.pk).held_as == Dialogue.objects.get()
    assert "Not logged" not in page(desk.get(reverse("workspace:today")))


def test_searching_for_somebody_else_brings_the_form_back_with_everything_typed(desk, amina):
    typed = logged(find="aabne", search="1", summary="Half a line", promise="Call back", note="Prefers texts")

    form = desk.post(reverse("workspace:log"), typed).content.decode()

    assert "Kulturforeningen Åbne Døre" in form
    assert "Half a line" in form
    assert 'value="Call back"' in form
    assert "Prefers texts" in form
    assert "form-error" not in form
    assert not Dialogue.objects.exists()


def test_what_a_search_finds_stands_between_the_one_chosen_and_the_other_plans(desk, officer, amina):
    chosen = FollowUpFactory(owner=officer, person=PersonFactory(), starts_at="15:00")
    other = FollowUpFactory(owner=officer, person=PersonFactory(), starts_at="13:00")

    form = desk.post(reverse("workspace:log"), {"who": f"meeting:{chosen.pk}", "find": "amina", "search": "1"})

    assert list(form.context["form"].options) == [f"meeting:{chosen.pk}", f"person:{amina.pk}", f"meeting:{other.pk}"]


def test_a_name_that_was_not_looked_for_yet_is_looked_for_before_anything_is_saved(desk, amina):
    typed = logged(who=f"person:{amina.pk}", find="aabne")  # Enter in the field presses no button of its own

    assert "Kulturforeningen Åbne Døre" in page(desk.post(reverse("workspace:log"), typed))
    assert not Dialogue.objects.exists()

    desk.post(reverse("workspace:log"), typed | {"found": "aabne"})
    assert Dialogue.objects.get().people.get() == amina


def test_a_refused_dialogue_keeps_what_was_found(desk, amina):
    typed = logged(find="aabne", found="aabne", summary="")

    refused = desk.post(reverse("workspace:log"), typed)

    assert refused.status_code == 422
    assert "Kulturforeningen Åbne Døre" in refused.content.decode()


def test_the_front_page_tells_what_the_day_holds(desk, officer, amina):
    FollowUpFactory(owner=officer, person=amina, title="Send the material", due_on=TODAY - timedelta(days=5))
    FollowUpFactory(owner=officer, title="Call Ibrahim", due_on=TODAY)
    PersonFactory(owner=officer, name="Ibrahim Sand", rhythm_weeks=8, last_dialogue_on=TODAY - timedelta(weeks=14))
    RegistrationFactory(event__owner=officer, event__title="Network meeting")

    shown = page(desk.get(reverse("workspace:today")))

    assert "Monday 23 November" in shown
    assert "Good morning, Mette. Today: 0 meetings, 1 follow-up, and 1 is overdue" in shown
    assert "Send the material" in shown and "5 days overdue" in shown
    assert "Ibrahim Sand 14 weeks ago" in shown
    assert "Never talked · 1" in shown
    assert "1 registration to link Network meeting" in shown


def test_an_empty_day_says_what_is_good_and_what_is_next(desk, officer):
    FollowUpFactory(owner=officer, due_on=TODAY + timedelta(days=20))

    shown = page(desk.get(reverse("workspace:today")))

    assert "Nothing is overdue The next follow-up is Sunday 13 December." in shown


def test_a_promise_is_marked_done_where_it_stands_and_can_be_opened_again(desk, officer, amina):
    follow_up = FollowUpFactory(owner=officer, person=amina)

    response = desk.post(reverse("workspace:followup_done", args=[follow_up.pk]), {"next": reverse("workspace:today")})

    assert response.url == reverse("workspace:today")
    follow_up.refresh_from_db()
    assert follow_up.done_at
    desk.post(reverse("workspace:followup_reopen", args=[follow_up.pk]))
    follow_up.refresh_from_db()
    assert follow_up.done_at is None


def test_done_never_leads_to_another_host(desk, officer):
    url = reverse("workspace:followup_done", args=[FollowUpFactory(owner=officer).pk])

    response = desk.post(url, {"next": "//elsewhere.example/"})

    assert response.url == reverse("workspace:followups")


def test_a_registration_is_linked_to_the_person_we_know(desk, officer, amina):
    registration = RegistrationFactory(event__owner=officer, event__title="Network meeting, Aarhus")
    listed = page(desk.get(reverse("workspace:proposals")))
    assert "Same e-mail, same name" in listed

    desk.post(reverse("workspace:link_proposal", args=[registration.pk]), {"person": amina.pk})

    assert RegistrationLink.objects.get().person == amina
    assert "Registered: Network meeting, Aarhus" in page(desk.get(amina.get_absolute_url()))
    assert "Nothing waits" in page(desk.get(reverse("workspace:proposals")))


def test_a_registration_becomes_a_new_person_as_the_officer_wrote_them(desk, officer):
    OrganisationFactory(name="Åbne Døre")
    registration = RegistrationFactory(event__owner=officer, organisation="aabne doere", role="treasurer")
    url = reverse("workspace:new_person") + f"?registration={registration.pk}"
    form = desk.get(url).content.decode()
    assert 'value="Amina Rahbek"' in form and 'value="amina@example.dk"' in form

    typed = {"name": "Amina R. Rahbek", "email": "", "source": "registered", "purpose": "dialogue"}
    response = desk.post(url, typed, follow=True)

    made = Person.objects.get()
    assert (made.name, made.email, made.owner) == ("Amina R. Rahbek", "", officer)
    assert "Treasurer , Åbne Døre" in page(response)
    assert RegistrationLink.objects.get().person == made


def test_somebody_else_is_found_for_a_registration_and_it_can_be_let_go(desk, officer):
    PersonFactory(name="Østen Ålykke")
    registration = RegistrationFactory(event__owner=officer)
    found = desk.get(reverse("workspace:proposal", args=[registration.pk]), {"q": "oesten"})
    assert "Østen Ålykke" in page(found)

    desk.post(reverse("workspace:ignore_proposal", args=[registration.pk]))

    assert RegistrationLink.objects.get().person is None


def test_a_role_is_added_by_searching_the_organisation_first(desk, amina):
    other = OrganisationFactory(name="Forældrenetværket Vest")
    url = reverse("workspace:new_role", args=[amina.pk])
    assert f"?organisation={other.pk}" in desk.get(url, {"q": "foraeldre"}).content.decode()

    desk.post(f"{url}?organisation={other.pk}", {"role": "board member", "started_on": "2024-01-01"})

    assert amina.affiliations.filter(organisation=other, role="board member").exists()


def test_a_person_is_closed_and_one_colleague_let_in(desk, officer, colleague, amina):
    url = reverse("workspace:person_access", args=[amina.pk])
    desk.post(url, {"do": "restrict", "reason-reason": "new board"})

    given = {"do": "give", "colleague": colleague.pk, "until": "2026-12-31", "reason": "visit"}
    desk.post(url, given)

    assert "Restricted · 2 can see" in page(desk.get(amina.get_absolute_url()))
    assert "Jonas Friis until 31 December 2026 · visit" in page(desk.get(amina.get_absolute_url()))
    assert set(Person.objects.visible_to(colleague)) == {amina}


def test_a_dialogue_is_corrected_by_whoever_was_in_it(desk, officer, colleague, amina):
    talk = dialogue(colleague, people=[amina], officers=[officer], note="Only mine", note_readers="me")
    url = reverse("workspace:edit_dialogue", args=[talk.pk])
    assert "Only mine" not in desk.get(url).content.decode()

    typed = logged(
        participants=[f"person:{amina.pk}"], summary="Agreed on March instead.", note="not mine to write", version=1
    )
    desk.post(url, typed)

    talk.refresh_from_db()
    assert (talk.summary, talk.note, talk.note_readers) == ("Agreed on March instead.", "Only mine", "me")


def test_the_tabs_count_what_waits(desk, officer):
    FollowUpFactory(owner=officer, due_on=TODAY)
    FollowUpFactory(owner=officer, due_on=TODAY + timedelta(days=1))
    RegistrationFactory(event__owner=officer)

    tabs = page(desk.get(reverse("workspace:search")))

    assert "Follow-ups 1 waiting" in tabs
    assert "Proposals 1 waiting" in tabs
