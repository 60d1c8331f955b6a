"""The data inventory: every model of the project, and for those about people why, for whom and for how long.

Periods are the defaults of security.md, point 19; the owner of each register decides. A model in neither table fails a
test. Tables that join two models stand with the model that owns the relation.
"""

from typing import NamedTuple


class Row(NamedTuple):
    purpose: str
    may_see: str
    keep: str
    then: str


OFFICERS = "officers and team leads, through visible_to; a restricted contact only its owner and those granted"
ANSWERERS = "officers and team leads, through visible_to, once the address is confirmed"
HOSTS = "the event's owner and its team"
KNOWN = "who may read a registration or a contact with that address"
NOBODY = "nobody on a screen"
TRIAL = "36 months without contact, reviewed after 24"

INVENTORY: dict[str, Row] = {
    # The ground floor
    "accounts.CacheEntry": Row("to let a code open once", NOBODY, "an hour", "erase"),
    "accounts.FactorReset": Row(
        "to remove a lost second factor by two administrators", "administrators", "1 year", "erase"
    ),
    "accounts.Session": Row("to stay signed in, and to see where one is", "the colleague", "10 hours", "erase"),
    "accounts.Tries": Row("to slow down guessing; a salted hash that changes daily", NOBODY, "a day", "erase"),
    "accounts.User": Row(
        "to let a colleague sign in and own work",
        "colleagues: the name; administrators: the account",
        "employment",
        "deactivate",
    ),
    "audit.Entry": Row(
        "to show who read and changed what",
        "auditors; of a contact its owner, and who leads a team of theirs",
        "5 years",
        "erase",
    ),
    "audit.Link": Row("to show that the trail was not changed; hashes only", "as the trail", "as the trail", "erase"),
    "audit.Seen": Row("to find in the trail who looked at a contact", "as the trail", "as the trail", "erase"),
    "mail.OutboxMessage": Row("to send a mail and show that it was sent", HOSTS, "6 months", "erase"),
    "mail.Wording": Row("to mail in our own words; names who wrote them", "editors", "as long as we mail", "erase"),
    "mail.Mailbox": Row(
        "to send no mail that the owner of an address said no to",
        KNOWN,
        "6 months after the latest mail; a no: until taken back",
        "erase",
    ),
    "mail.Suppression": Row("to send no more to an address", KNOWN, "until lifted", "erase"),
    "privacy.Hit": Row("to hold back floods of forms; a salted hash that changes daily", NOBODY, "2 days", "erase"),
    # Tables of others that hold our colleagues, or may quote a row
    "django_tasks_database.DBTaskResult": Row("to see why a task failed", NOBODY, "30 days", "erase"),
    "account.EmailAddress": Row("to sign in", "the colleague", "employment", "erase"),
    "mfa.Authenticator": Row("to sign in with a second factor", "the colleague", "employment", "erase"),
    "wagtailcore.ModelLogEntry": Row("to show who edited a snippet", "editors", "5 years", "erase"),
    "wagtailcore.PageLogEntry": Row("to show who edited a page", "editors", "5 years", "erase"),
    "wagtailcore.Revision": Row("to undo an edit; names the editor", "editors", "as its page", "erase"),
    "content.ChannelProposal": Row(
        "to have a second colleague look at a contact channel; names who proposed and who decided",
        "editors",
        "5 years",
        "erase",
    ),
    # Who answers for what is published
    "content.Owner": Row(
        "to ask whether an entry or a channel is still right", "editors", "while they answer", "erase"
    ),
    "content.OwnerQuestion": Row(
        "to ask the owner once, and to know the link again", "editors", "6 months after the link", "erase"
    ),
    # What visitors propose
    "events.Event": Row(
        "to hold a meeting; names its owner", "everyone: the facts; colleagues: the owner", "5 years", "erase"
    ),
    "events.AgendaItem": Row("to say who speaks at a meeting", "everyone", "as its event", "erase"),
    "events.Material": Row(
        "to hand out what an event was about", "everyone, or those with a seat", "as its event", "erase"
    ),
    "events.Registration": Row("to hold a seat at one event", HOSTS, "6 months after the event", "count, then erase"),
    "events.Helper": Row("to open a door's list of names to one colleague", HOSTS, "14 days after the event", "erase"),
    "events.MailAgain": Row("to send a mail once more with a word of why", HOSTS, "6 months", "erase"),
    "events.RegistrationToken": Row("to know a personal link again", NOBODY, "as its registration", "erase"),
    "events.Invitation": Row("to ask somebody to one event", HOSTS, "30 days after the event", "erase"),
    "events.InvitationToken": Row("to know a personal link again", NOBODY, "as its invitation", "erase"),
    "events.MailboxLink": Row("to send somebody a link to all their registrations", NOBODY, "2 days", "erase"),
    "events.FormLink": Row("to send somebody a link to a form while forms are flooded", NOBODY, "2 days", "erase"),
    "events.Correction": Row(
        "to correct what we hold about a registrant", HOSTS, "6 months, or 30 days after the decision", "erase"
    ),
    "events.Reply": Row("to know what somebody's calendar answered", HOSTS, "14 days after the event", "erase"),
    "events.DialogueRequest": Row(
        "to answer an association that invites us", ANSWERERS, "6 months after the answer", "erase"
    ),
    "events.DialogueRequestToken": Row("to know a personal link again", NOBODY, "as its invitation", "erase"),
    # The contacts
    "contacts.Organisation": Row("to keep a working relationship", OFFICERS, TRIAL, "erase"),
    "contacts.Person": Row("to keep a working relationship", OFFICERS, TRIAL, "erase"),
    "contacts.ContactPoint": Row("to reach a contact the way it prefers", OFFICERS, "as its contact", "erase"),
    "contacts.Address": Row("to visit and write to a contact", OFFICERS, "as its contact", "erase"),
    "contacts.OtherName": Row("to know a contact by any of its names", OFFICERS, "as its contact", "erase"),
    "contacts.Affiliation": Row("to know whom a person speaks for", OFFICERS, "as its person", "erase"),
    "contacts.Relationship": Row("to know who works with whom", OFFICERS, "as its ends", "erase"),
    "contacts.Refusal": Row("to use no channel a contact does not want", OFFICERS, "as its contact", "erase"),
    "contacts.Dialogue": Row("to remember what was talked about", OFFICERS, "as its participants", "erase"),
    "contacts.DialogueRevision": Row(
        "to lose nothing when two correct one dialogue; the note only for its readers then",
        OFFICERS,
        "as its dialogue",
        "erase",
    ),
    "contacts.Attachment": Row(
        "to keep what was handed over in a dialogue; not saved with one: 14 days", OFFICERS, "as its dialogue", "erase"
    ),
    "contacts.Draft": Row(
        "to lose nothing that is typed", "whoever types it, nobody else", "14 days after the last word", "erase"
    ),
    "contacts.SavedView": Row(
        "to open a list as a colleague left it", "the colleague, nobody else", "employment", "erase"
    ),
    "contacts.DailyMail": Row(
        "to tell a colleague who asked what waits", "the colleague, nobody else", "until unchosen", "erase"
    ),
    "contacts.FollowUp": Row("to keep what was promised", OFFICERS, "as its contact", "erase"),
    "contacts.Snooze": Row("to know why a promise was put off", OFFICERS, "as its follow-up", "erase"),
    "contacts.ContactGrant": Row(
        "to open a restricted contact to one colleague", OFFICERS, "2 years after its end", "erase"
    ),
    "contacts.RegistrationLink": Row("to know whose a registration is", OFFICERS, "as its registration", "erase"),
}

NOT_PERSONAL: frozenset[str] = frozenset(
    {
        "accounts.Team",
        "audit.Verification",
        "contacts.EventSubject",
        "contacts.Initiative",
        "contacts.Language",
        "contacts.OrganisationKind",
        "contacts.RelationshipKind",
        "contacts.Topic",
        "content.ClosedDays",
        "content.ContactChannel",
        "content.ContentVersion",
        "content.DirectoryEntry",
        "content.DirectorySource",
        "content.GuidancePage",
        "content.GuideAnswer",
        "content.GuideChoice",
        "content.GuideQuestion",
        "content.HomePage",
        "content.NewsListPage",
        "content.NewsPage",
        "content.Notice",
        "content.OpeningHours",
        "content.PracticeLibraryPage",
        "content.PracticePage",
        "content.ResourceLibraryPage",
        "content.ResourcePage",
        "content.SecondPersonTask",
        "content.SearchEntry",  # what is public already
        "content.SectionPage",
        "content.Showing",
        "content.StandardPage",
        "content.StartingText",
        "content.SynonymSet",
        "content.Theme",
        "design.Demonstration",
        "events.HeldSeats",
        "events.Question",
        "events.Reminder",
        "events.SeatCounter",
        "places.Municipality",
        "places.PoliceDistrict",
        "places.Region",
        "places.RegionMembership",
        "privacy.CaseWord",
        "privacy.Receipt",  # counts only
        "privacy.Siege",
        "queue.PeriodicJob",
    }
)
