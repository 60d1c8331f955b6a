"""The data inventory: every model of the project, and for those about people why, for whom and for how long.

Periods are the defaults of security.md, point 19; the owner of each register decides. A model in neither table fails a
test. Tables that join two models stand with the model that owns the relation.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Row(NamedTuple):
    purpose: Promise
    may_see: Promise
    keep: Promise
    then: Promise


OFFICERS = _("officers and team leads; a restricted contact only its owner and those granted")
ANSWERERS = _("officers and team leads, once the address is confirmed")
HOSTS = _("the event's owner and its team")
KNOWN = _("who may read a registration or a contact with that address")
NOBODY = _("nobody on a screen")
TRIAL = _("36 months without contact, reviewed after 24")

INVENTORY: dict[str, Row] = {
    # The ground floor
    "accounts.CacheEntry": Row(_("to let a code open once"), NOBODY, _("an hour"), _("erase")),
    "accounts.FactorReset": Row(
        _("to remove a lost second factor by two administrators"), _("administrators"), _("1 year"), _("erase")
    ),
    "accounts.Session": Row(
        _("to stay signed in, and to see where one is"), _("the colleague"), _("10 hours"), _("erase")
    ),
    "accounts.Tries": Row(
        _("to slow down guessing; a salted hash that changes daily"), NOBODY, _("a day"), _("erase")
    ),
    "accounts.User": Row(
        _("to let a colleague sign in and own work"),
        _("colleagues: the name; administrators: the account"),
        _("employment"),
        _("deactivate"),
    ),
    "audit.Entry": Row(
        _("to show who read and changed what"),
        _("auditors; of a contact its owner, and who leads a team of theirs"),
        _("5 years"),
        _("erase"),
    ),
    "audit.Link": Row(
        _("to show that the trail was not changed; hashes only"), _("as the trail"), _("as the trail"), _("erase")
    ),
    "audit.Seen": Row(
        _("to find in the trail who looked at a contact"), _("as the trail"), _("as the trail"), _("erase")
    ),
    "mail.OutboxMessage": Row(_("to send a mail and show that it was sent"), HOSTS, _("6 months"), _("erase")),
    "mail.Wording": Row(
        _("to mail in our own words; names who wrote them"), _("editors"), _("as long as we mail"), _("erase")
    ),
    "mail.Mailbox": Row(
        _("to send no mail that the owner of an address said no to"),
        KNOWN,
        _("6 months after the latest mail; a no: until taken back"),
        _("erase"),
    ),
    "mail.Suppression": Row(_("to send no more to an address"), KNOWN, _("until lifted"), _("erase")),
    "privacy.Hit": Row(
        _("to hold back floods of forms; a salted hash that changes daily"), NOBODY, _("2 days"), _("erase")
    ),
    # Tables of others that hold our colleagues, or may quote a row
    "django_tasks_database.DBTaskResult": Row(_("to see why a task failed"), NOBODY, _("30 days"), _("erase")),
    "account.EmailAddress": Row(_("to sign in"), _("the colleague"), _("employment"), _("erase")),
    "mfa.Authenticator": Row(_("to sign in with a second factor"), _("the colleague"), _("employment"), _("erase")),
    "wagtailcore.ModelLogEntry": Row(_("to show who edited a snippet"), _("editors"), _("5 years"), _("erase")),
    "wagtailcore.PageLogEntry": Row(_("to show who edited a page"), _("editors"), _("5 years"), _("erase")),
    "wagtailcore.Revision": Row(_("to undo an edit; names the editor"), _("editors"), _("as its page"), _("erase")),
    "content.ChannelProposal": Row(
        _("to have a second colleague look at a contact channel; names who proposed and who decided"),
        _("editors"),
        _("5 years"),
        _("erase"),
    ),
    # Who answers for what is published
    "content.Owner": Row(
        _("to ask whether an entry or a channel is still right"), _("editors"), _("while they answer"), _("erase")
    ),
    "content.OwnerQuestion": Row(
        _("to ask the owner once, and to know the link again"), _("editors"), _("6 months after the link"), _("erase")
    ),
    # What visitors propose
    "events.Event": Row(
        _("to hold a meeting; names its owner"),
        _("everyone: the facts; colleagues: the owner"),
        _("5 years"),
        _("erase"),
    ),
    "events.AgendaItem": Row(_("to say who speaks at a meeting"), _("everyone"), _("as its event"), _("erase")),
    "events.Material": Row(
        _("to hand out what an event was about"), _("everyone, or those with a seat"), _("as its event"), _("erase")
    ),
    "events.Registration": Row(
        _("to hold a seat at one event"), HOSTS, _("6 months after the event"), _("count, then erase")
    ),
    "events.Helper": Row(
        _("to open a door's list of names to one colleague"), HOSTS, _("14 days after the event"), _("erase")
    ),
    "events.MailAgain": Row(_("to send a mail once more with a word of why"), HOSTS, _("6 months"), _("erase")),
    "events.RegistrationToken": Row(_("to know a personal link again"), NOBODY, _("as its registration"), _("erase")),
    "events.Invitation": Row(_("to ask somebody to one event"), HOSTS, _("30 days after the event"), _("erase")),
    "events.InvitationToken": Row(_("to know a personal link again"), NOBODY, _("as its invitation"), _("erase")),
    "events.MailboxLink": Row(
        _("to send somebody a link to all their registrations"), NOBODY, _("2 days"), _("erase")
    ),
    "events.FormLink": Row(
        _("to send somebody a link to a form while forms are flooded"), NOBODY, _("2 days"), _("erase")
    ),
    "events.Correction": Row(
        _("to correct what we hold about a registrant"),
        HOSTS,
        _("6 months, or 30 days after the decision"),
        _("erase"),
    ),
    "events.Reply": Row(
        _("to know what somebody's calendar answered"), HOSTS, _("14 days after the event"), _("erase")
    ),
    "events.DialogueRequest": Row(
        _("to answer an association that invites us"), ANSWERERS, _("6 months after the answer"), _("erase")
    ),
    "events.DialogueRequestToken": Row(_("to know a personal link again"), NOBODY, _("as its invitation"), _("erase")),
    # The contacts
    "contacts.Organisation": Row(_("to keep a working relationship"), OFFICERS, TRIAL, _("erase")),
    "contacts.Person": Row(_("to keep a working relationship"), OFFICERS, TRIAL, _("erase")),
    "contacts.ContactPoint": Row(
        _("to reach a contact the way it prefers"), OFFICERS, _("as its contact"), _("erase")
    ),
    "contacts.Address": Row(_("to visit and write to a contact"), OFFICERS, _("as its contact"), _("erase")),
    "contacts.OtherName": Row(_("to know a contact by any of its names"), OFFICERS, _("as its contact"), _("erase")),
    "contacts.Affiliation": Row(_("to know whom a person speaks for"), OFFICERS, _("as its person"), _("erase")),
    "contacts.Relationship": Row(_("to know who works with whom"), OFFICERS, _("as its ends"), _("erase")),
    "contacts.Refusal": Row(_("to use no channel a contact does not want"), OFFICERS, _("as its contact"), _("erase")),
    "contacts.Dialogue": Row(_("to remember what was talked about"), OFFICERS, _("as its participants"), _("erase")),
    "contacts.DialogueRevision": Row(
        _("to lose nothing when two correct one dialogue; the note only for its readers then"),
        OFFICERS,
        _("as its dialogue"),
        _("erase"),
    ),
    "contacts.Attachment": Row(
        _("to keep what was handed over in a dialogue; not saved with one: 14 days"),
        OFFICERS,
        _("as its dialogue"),
        _("erase"),
    ),
    "contacts.Draft": Row(
        _("to lose nothing that is typed"),
        _("whoever types it, nobody else"),
        _("14 days after the last word"),
        _("erase"),
    ),
    "contacts.SavedView": Row(
        _("to open a list as a colleague left it"), _("the colleague, nobody else"), _("employment"), _("erase")
    ),
    "contacts.DailyMail": Row(
        _("to tell a colleague who asked what waits"), _("the colleague, nobody else"), _("until unchosen"), _("erase")
    ),
    "contacts.FollowUp": Row(_("to keep what was promised"), OFFICERS, _("as its contact"), _("erase")),
    "contacts.Snooze": Row(_("to know why a promise was put off"), OFFICERS, _("as its follow-up"), _("erase")),
    "contacts.ContactGrant": Row(
        _("to open a restricted contact to one colleague"), OFFICERS, _("2 years after its end"), _("erase")
    ),
    "contacts.RegistrationLink": Row(
        _("to know whose a registration is"), OFFICERS, _("as its registration"), _("erase")
    ),
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
