"""A partner finds a meeting, registers, confirms, cancels; the freed seat goes to the longest waiting."""

from zoneinfo import ZoneInfo

from events.models import Registration
from events.services import capacity
from events.services.capacity import SeatPlan
from tests.events.factories import EventFactory
from tests.journeys import partner
from tests.journeys.reader import Reader

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ANA = {"name": "Ana Ørsted", "email": "ana@example.org"}
BEN = {"name": "Ben Æbelø", "email": "ben@example.org"}
CIM = {"name": "Cim Åkjær", "email": "cim@example.org"}
Status = Registration.Status


def states(event):
    return dict(event.registrations.values_list("email", "status"))


def test_from_the_front_page_to_a_seat_a_calendar_entry_and_a_seat_given_up(says, reader, mailboxes, work):
    event = EventFactory(seats=1, title="Aften om tryghed og forebyggelse", public_title="Netværksmøde")

    partner.fill_in(reader, says, event, **ANA)
    assert (reader.heading, reader.language) == (says.look_in_mailbox, says.code)
    assert states(event) == {ANA["email"]: Status.PENDING}
    work()
    partner.confirm(reader, says, mailboxes, ANA["email"])
    assert reader.heading == says.seat
    work()
    letter = mailboxes.last(ANA["email"])
    entry = letter.calendar.events[0]
    assert entry.start == event.starts_at.astimezone(COPENHAGEN).replace(microsecond=0)
    assert str(entry["SUMMARY"]) == event.public_title
    reader.open(letter.link("events:manage"))
    assert says.has_seat in reader.text
    reader.follow(says.cancel)
    assert reader.heading == says.sure
    assert states(event) == {ANA["email"]: Status.CONFIRMED}, "only the button acts"
    reader.press(says.cancel)
    assert reader.heading == says.cancelled
    work()
    assert mailboxes.last(ANA["email"]).calendar["METHOD"] == "CANCEL"
    assert states(event) == {ANA["email"]: Status.CANCELLED}


def test_a_freed_seat_is_offered_to_the_longest_waiting_who_takes_it(says, db, mailboxes, work):
    event = EventFactory(seats=1)
    ana, ben, cim = Reader(), Reader(), Reader()
    partner.take_part(ana, says, event, mailboxes, work, **ANA)
    partner.take_part(ben, says, event, mailboxes, work, **BEN)
    assert ben.heading == says.number_one
    partner.take_part(cim, says, event, mailboxes, work, **CIM)
    assert cim.heading == says.number_two

    ana.open(mailboxes.last(ANA["email"]).link("events:manage")).follow(says.cancel).press(says.cancel)
    work()
    ben.open(mailboxes.last(BEN["email"]).link("events:offer"))
    assert ben.heading == says.offered
    ben.press(says.yes)
    work()

    assert ben.heading == says.seat
    assert mailboxes.last(BEN["email"]).calendar["METHOD"] == "REQUEST"
    assert states(event) == {
        ANA["email"]: Status.CANCELLED,
        BEN["email"]: Status.CONFIRMED,
        CIM["email"]: Status.WAITING,
    }


def test_an_offer_declined_goes_to_the_next(db, danish, mailboxes, work):
    event = EventFactory(full=True)
    for who in (BEN, CIM):
        partner.take_part(Reader(), danish, event, mailboxes, work, **who)
    capacity.resize(event, SeatPlan(2), officer=event.owner)
    work()
    ben = Reader().open(mailboxes.last(BEN["email"]).link("events:offer"))

    ben.press(danish.no)
    work()

    assert ben.heading == danish.thanks
    assert Reader().open(mailboxes.last(CIM["email"]).link("events:offer")).heading == danish.offered


def test_what_was_written_can_be_corrected_through_the_link(says, reader, mailboxes, work):
    event = EventFactory()
    partner.take_part(reader, says, event, mailboxes, work, **ANA)

    reader.open(mailboxes.last(ANA["email"]).link("events:manage")).follow(says.correct)
    assert reader.typed["role"] == partner.DETAILS["role"]
    reader.press(says.save_details, role="Næstformand", needs="")

    assert (reader.heading, reader.status) == (says.yours, 200)
    assert "Næstformand" in reader.text
    assert event.registrations.get().needs == ""


def test_the_pages_of_a_visitor_set_no_cookie(says, reader, mailboxes, work):
    event = EventFactory(seats=1)
    partner.take_part(reader, says, event, mailboxes, work, **ANA)
    reader.open(mailboxes.last(ANA["email"]).link("events:manage")).follow(says.cancel).press(says.cancel)

    assert len(reader.visited) > 8
    assert [answer.address for answer in reader.visited if answer.cookies] == []


def test_mail_goes_through_a_real_smtp_conversation(says, reader, post_office, work):
    event = EventFactory(public_title="Møde om børn og unge på Ærø")

    partner.take_part(reader, says, event, post_office.mailboxes, work, **ANA)

    letter = post_office.mailboxes.last(ANA["email"])
    assert reader.heading == says.seat
    assert letter.message.get_content_type() == "multipart/mixed"
    assert str(letter.calendar.events[0]["SUMMARY"]) == "Møde om børn og unge på Ærø"
    assert len({one.message["Message-ID"] for one in post_office.mailboxes.letters()}) == 2
