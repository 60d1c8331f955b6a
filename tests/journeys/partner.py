"""What a partner does, step by step; the journeys put the steps together."""

from tests.journeys.mailbox import Mailboxes
from tests.journeys.reader import Reader, words_of

DETAILS = {
    "organisation": "Foreningen Åben Dør",
    "role": "Formand",
    "needs": "Vegetarisk mad og plads til en kørestol",
    "consent": True,
}


def fill_in(reader: Reader, says, event, *, name: str, email: str, **fields) -> Reader:
    """From the front page over the list to the form, which is sent."""
    reader.open(says.front).follow(says.events).follow(event.title)
    return send(reader, says, name=name, email=email, **fields)


def send(reader: Reader, says, *, name: str, email: str, **fields) -> Reader:
    """From the page of the event."""
    full = any(words_of(link) == says.join_queue for link in reader.main.find_all("a"))
    reader.follow(says.join_queue if full else says.register)
    return reader.press(name=name, email=email, **{**DETAILS, **fields})


def confirm(reader: Reader, says, mailboxes: Mailboxes, email: str) -> Reader:
    """Open the link in the mail, and press the button."""
    reader.open(mailboxes.last(email).link("events:confirm"))
    assert reader.heading == says.confirm
    return reader.press(says.confirm_button)


def take_part(reader: Reader, says, event, mailboxes: Mailboxes, work, *, email: str, **fields) -> Reader:
    """The whole way to a seat or a place in the queue, and the mail about it."""
    fill_in(reader, says, event, email=email, **fields)
    work()
    confirm(reader, says, mailboxes, email)
    work()
    return reader
