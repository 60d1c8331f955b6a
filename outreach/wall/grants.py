"""Which database role may do what to which model. Default deny: a model nobody classified fails a test.

Letters: S select, I insert, U update, D delete. ``manage.py grants`` makes PostgreSQL agree with this table exactly;
row-level security (policies.py, inside.py) then narrows to which rows.
"""

from dataclasses import dataclass

LETTERS = {"S": "SELECT", "I": "INSERT", "U": "UPDATE", "D": "DELETE"}


@dataclass(frozen=True)
class Access:
    """What each role may do to one model."""

    public: str = ""
    internal: str = ""
    worker: str = ""

    def __post_init__(self):
        for letters in (self.public, self.internal, self.worker):
            if set(letters) - LETTERS.keys() or len(set(letters)) != len(letters):
                raise ValueError(f"Not a set of the letters S, I, U, D: {letters!r}")


# What many models share. Everything else is said in its own row.
NOBODY = Access()
REFERENCE = Access(public="S", internal="S", worker="S")
PUBLISHED = Access(public="S", internal="SIUD", worker="SIUD")  # the worker publishes and expires on time
EDITORIAL = Access(internal="SIUD", worker="SIUD")
EDITORS_ONLY = Access(internal="SIUD")

TABLE: dict[str, Access] = {
    # Colleagues: no other role reads a password hash or a second factor.
    "accounts.CacheEntry": Access(internal="SIUD", worker="SD"),
    "accounts.Session": Access(internal="SIUD", worker="SD"),
    "accounts.Tries": Access(internal="SIUD", worker="SD"),
    "accounts.Team": Access(internal="S", worker="S"),
    "accounts.FactorReset": Access(internal="SIU", worker="SD"),
    "accounts.User": Access(internal="SIU", worker="S"),
    "accounts.User_groups": Access(internal="SID"),  # follows the role
    "accounts.User_teams": Access(internal="SID", worker="S"),
    "accounts.User_user_permissions": Access(internal="S"),
    "account.EmailAddress": Access(internal="SIU"),
    "account.EmailConfirmation": NOBODY,
    "auth.Group": Access(internal="S"),
    "auth.Group_permissions": Access(internal="S"),
    "auth.Permission": Access(internal="S"),
    "mfa.Authenticator": Access(internal="SIUD"),
    # Contacts: the public process does not even install them.
    "contacts.Address": Access(internal="SIUD", worker="SD"),
    "contacts.Affiliation": Access(internal="SIUD", worker="SD"),
    "contacts.ContactGrant": Access(internal="SIUD", worker="S"),
    "contacts.Attachment": Access(internal="SIUD", worker="SD"),
    "contacts.ContactPoint": Access(internal="SIUD", worker="SD"),
    "contacts.DailyMail": Access(internal="SID", worker="SU"),  # notes the day it has looked
    "contacts.Dialogue": Access(internal="SIUD", worker="SUD"),
    "contacts.DialogueRevision": Access(internal="SI", worker="SD"),
    "contacts.DialogueRevision_note_named": Access(internal="SI", worker="SD"),
    "contacts.Dialogue_note_named": Access(internal="SID", worker="SD"),
    "contacts.Dialogue_officers": Access(internal="SID", worker="SD"),
    "contacts.Dialogue_organisations": Access(internal="SID", worker="SD"),
    "contacts.Dialogue_people": Access(internal="SID", worker="SD"),
    "contacts.Dialogue_topics": Access(internal="SID", worker="SD"),
    "contacts.Draft": Access(internal="SIUD", worker="SD"),
    "contacts.EventSubject": Access(internal="SIU", worker="SD"),
    "contacts.EventSubject_topics": Access(internal="SID", worker="SD"),
    "contacts.FollowUp": Access(internal="SIUD", worker="SUD"),  # lets go of an invitation that is erased
    "contacts.Initiative": Access(internal="SIU", worker="S"),
    "contacts.Language": Access(internal="S", worker="S"),
    "contacts.Organisation": Access(internal="SIUD", worker="SUD"),
    "contacts.Organisation_languages": Access(internal="SID", worker="SD"),
    "contacts.OrganisationKind": Access(internal="SIUD", worker="S"),
    "contacts.OtherName": Access(internal="SIUD", worker="SD"),
    "contacts.Person": Access(internal="SIUD", worker="SUD"),
    "contacts.Person_languages": Access(internal="SID", worker="SD"),
    "contacts.Refusal": Access(internal="SIUD", worker="SD"),  # the gate asks before every mail
    "contacts.RegistrationLink": Access(internal="SIUD", worker="SD"),
    "contacts.Relationship": Access(internal="SIUD", worker="SD"),
    "contacts.RelationshipKind": Access(internal="SIU", worker="S"),
    "contacts.RelationshipKind_branches": Access(internal="SID", worker="S"),
    "contacts.SavedView": Access(internal="SIUD", worker="SD"),
    "contacts.Snooze": Access(internal="SI", worker="SD"),
    "contacts.Topic": Access(internal="SIU", worker="S"),
    # Events: a visitor reads what is announced, and hands in; the rest goes through the door.
    "events.AgendaItem": Access(public="S", internal="SIUD", worker="S"),
    "events.Correction": Access(public="I", internal="SU", worker="SD"),
    "events.DialogueRequest": Access(public="I", internal="SU", worker="SUD"),
    "events.DialogueRequestToken": Access(worker="SIUD"),
    "events.Event": Access(public="S", internal="SIU", worker="SU"),
    "events.FormLink": Access(public="I", worker="SUD"),
    "events.HeldSeats": Access(public="S", internal="SIUD", worker="SU"),
    "events.Helper": Access(internal="SID", worker="SD"),
    "events.Invitation": Access(internal="SIUD", worker="SIUD"),  # a visitor: only through the door
    "events.InvitationToken": Access(internal="SD", worker="SIUD"),
    "events.MailAgain": Access(internal="SI", worker="SUD"),
    "events.MailboxLink": Access(public="I", worker="SUD"),
    "events.Material": Access(public="S", internal="SID", worker="S"),
    "events.Question": Access(public="S", internal="SIU", worker="SU"),  # retired, never deleted
    "events.Registration": Access(public="I", internal="SIU", worker="SUD"),
    "events.RegistrationToken": Access(internal="SIUD", worker="SIUD"),
    "events.Reminder": Access(internal="SIUD", worker="SU"),
    "events.Reply": Access(internal="SU", worker="SIUD"),
    "events.SeatCounter": Access(public="S", internal="SIU", worker="SU"),
    # Work in the background: a policy holds the list of tasks the public role may hand in.
    "django_tasks_database.DBTaskResult": Access(public="I", internal="SI", worker="SIUD"),
    "queue.PeriodicJob": Access(internal="S", worker="SIU"),
    # What the ground floor records: the trail grows only; a visitor's process sees no mail and leaves a hashed hit.
    "audit.Entry": Access(internal="SI", worker="SI"),
    "audit.Link": Access(internal="S", worker="S"),  # made by the database alone (audit/chain.py)
    "audit.Seen": Access(internal="SI", worker="SI"),
    "audit.Verification": Access(internal="S", worker="SI"),
    "mail.OutboxMessage": Access(internal="S", worker="SIUD"),  # colleagues: of contacts they see (inside.py)
    "mail.Wording": Access(internal="SI", worker="S"),  # versions are added, never changed
    "mail.Mailbox": Access(internal="S", worker="SIUD"),  # its owner chooses through the door
    "mail.Suppression": Access(internal="S", worker="SIUD"),
    "privacy.CaseWord": Access(internal="SID"),
    "privacy.Hit": Access(public="SI", internal="SI", worker="SID"),
    "privacy.Receipt": Access(internal="S", worker="SI"),
    "privacy.Siege": Access(public="S", internal="SIU", worker="SIU"),  # every public form asks
    # What editors publish
    "content.ChannelProposal": Access(internal="SIU", worker="S"),  # not public before it is approved
    "content.ClosedDays": PUBLISHED,
    "content.ContactChannel": PUBLISHED,
    "content.ContentVersion": Access(public="S", internal="SIU", worker="SIU"),  # renewed with each change
    "content.DirectoryEntry": PUBLISHED,
    "content.DirectorySource": PUBLISHED,
    "content.GuidancePage": PUBLISHED,
    "content.GuideAnswer": PUBLISHED,
    "content.GuideChoice": PUBLISHED,
    "content.GuideQuestion": PUBLISHED,
    "content.HomePage": PUBLISHED,
    "content.NewsListPage": PUBLISHED,
    "content.NewsPage": PUBLISHED,
    "content.Notice": PUBLISHED,  # in its time only: a policy
    "content.OpeningHours": PUBLISHED,
    "content.Owner": Access(internal="SIUD", worker="S"),  # names and addresses: the public face never reads them
    "content.OwnerQuestion": Access(internal="SD", worker="SIUD"),  # answered through the door
    "content.PracticeLibraryPage": PUBLISHED,
    "content.PracticePage": PUBLISHED,
    "content.PracticePage_themes": PUBLISHED,
    "content.ResourceLibraryPage": PUBLISHED,
    "content.ResourcePage": PUBLISHED,
    "content.ResourcePage_themes": PUBLISHED,
    "content.SearchEntry": PUBLISHED,
    "content.SectionPage": PUBLISHED,
    "content.Showing": PUBLISHED,
    "content.StandardPage": PUBLISHED,
    "content.StartingText": Access(internal="SU", worker="S"),  # loaded by the owner; a deleted page lets go
    "content.SynonymSet": PUBLISHED,
    "content.Theme": PUBLISHED,
    # Places
    "places.Municipality": REFERENCE,
    "places.PoliceDistrict": REFERENCE,
    "places.Region": REFERENCE,
    "places.RegionMembership": REFERENCE,
    # What the frame of every page asks
    "design.Demonstration": REFERENCE,
    # Pages and files
    "contenttypes.ContentType": REFERENCE,
    "wagtailcore.Locale": REFERENCE,
    "wagtailcore.Site": REFERENCE,
    "wagtailcore.Page": PUBLISHED,
    "wagtailcore.Collection": Access(public="S", internal="SIUD", worker="S"),
    "wagtaildocs.Document": Access(public="S", internal="SIUD", worker="S"),
    "wagtailimages.Image": Access(public="S", internal="SIUD", worker="S"),
    "wagtailimages.Rendition": PUBLISHED,
    "wagtailredirects.Redirect": PUBLISHED,
    # Serving asks whether a restriction exists; nobody can make one (architecture.md, decision 3).
    "wagtailcore.CollectionViewRestriction": Access(public="S", internal="SD", worker="S"),
    "wagtailcore.CollectionViewRestriction_groups": Access(internal="SD"),
    "wagtailcore.PageViewRestriction": Access(public="S", internal="SD", worker="S"),
    "wagtailcore.PageViewRestriction_groups": Access(internal="SD"),
    # Drafts, comments, logs and the search index hold what is not public.
    "taggit.Tag": EDITORS_ONLY,
    "taggit.TaggedItem": EDITORS_ONLY,
    "wagtailadmin.EditingSession": EDITORIAL,
    "wagtailadmin.FormState": EDITORIAL,
    "wagtailcore.Comment": EDITORIAL,
    "wagtailcore.CommentReply": EDITORIAL,
    "wagtailcore.ModelLogEntry": Access(internal="SI", worker="SI"),
    "wagtailcore.PageLogEntry": Access(internal="SI", worker="SI"),
    "wagtailcore.PageSubscription": EDITORIAL,
    "wagtailcore.ReferenceIndex": EDITORIAL,
    "wagtailcore.Revision": EDITORIAL,
    "wagtailcore.UploadedFile": EDITORS_ONLY,
    "wagtailsearch.IndexEntry": EDITORIAL,
    "wagtailsearch.SQLiteFTSIndexEntry": NOBODY,  # SQLite only: no roles there
    "wagtailusers.UserProfile": Access(internal="SIU", worker="S"),
    # Rights of editors: established by a command, read while they work.
    "wagtailcore.GroupApprovalTask": Access(internal="S", worker="S"),
    "wagtailcore.GroupApprovalTask_groups": Access(internal="S", worker="S"),
    "wagtailcore.GroupCollectionPermission": Access(internal="S"),
    "wagtailcore.GroupPagePermission": Access(internal="SD", worker="S"),  # goes with a deleted page
    "wagtailcore.GroupSitePermission": Access(internal="S"),
    "content.SecondPersonTask": Access(internal="S", worker="S"),
    "wagtailcore.Task": Access(internal="S", worker="S"),
    "wagtailcore.TaskState": EDITORIAL,
    "wagtailcore.Workflow": Access(internal="S", worker="S"),
    "wagtailcore.WorkflowContentType": Access(internal="S", worker="S"),
    "wagtailcore.WorkflowPage": Access(internal="SD", worker="S"),
    "wagtailcore.WorkflowState": EDITORIAL,
    "wagtailcore.WorkflowTask": Access(internal="S", worker="S"),
    # Never written: they carry permissions, cached embeds or the list of migrations.
    "migrations.Migration": NOBODY,
    "sessions.Session": NOBODY,  # accounts.Session stands in its place
    "simple_translation.SimpleTranslation": NOBODY,
    "wagtailadmin.Admin": NOBODY,
    "wagtailembeds.Embed": NOBODY,
}

# What the public role reads but no page is kept with: a change of these makes no other page stale.
NOT_KEPT: frozenset[str] = frozenset(
    {
        "content.ContentVersion",
        "content.SearchEntry",
        "content.SynonymSet",
        "events.HeldSeats",
        "events.SeatCounter",
        "privacy.Hit",
    }
)

# Tables of no model that nobody reads, writes or locks but functions, as their owner (contacts/finding/near_words.py,
# audit/chain.py).
BEHIND_FUNCTIONS: frozenset[str] = frozenset({"audit_turn", "contacts_dialogue_near"})

# The narrow doors (events/door, content/door), what policies ask of tables that have policies themselves
# (contacts/sight.sql), and searches (contacts/finding): the only functions anybody but the owner may call.
FUNCTIONS: dict[str, str] = {
    "door_view": "public",
    "door_confirm": "public",
    "door_cancel": "public",
    "door_materials": "public",
    "door_answer": "public",
    "door_offer": "public",
    "door_come": "public",
    "door_mails": "public",
    "door_choose_mails": "public",
    "door_stop_mails": "public",
    "door_invited_view": "public",
    "door_invited_accept": "public",
    "door_invited_propose": "public",
    "door_invited_decline": "public",
    "door_invited_name": "public",
    "door_form": "public",
    "door_mailbox": "public",
    "door_own": "public",
    "door_mode": "public",
    "door_show": "public",
    "door_participants": "public",
    "door_swap": "public",
    "door_swap_end": "public",
    "door_take_over": "public",
    "door_dialogue_view": "public",
    "door_dialogue_confirm": "public",
    "door_dialogue_withdraw": "public",
    "upkeep_view": "public",
    "upkeep_confirm": "public",
    "upkeep_object": "public",
    "sight_of_people": "internal",
    "sight_of_organisations": "internal",
    "sight_was_there": "internal",
    "sight_runs": "internal",
    "sight_of_dialogue": "internal",
    "sight_newest_with_person": "internal",
    "sight_newest_with_organisation": "internal",
    "sight_newest_of_mine": "internal",
    "sight_linked": "internal",
    "sight_make_room": "internal",
    "sight_answers_for": "internal",
    "finding_contacts": "internal",
    "finding_all": "internal",
    "finding_dialogues": "internal",
}

# The views such policies look into, read as their owner: keys only.
VIEWS: dict[str, str] = {
    "sight_hidden_people": "internal",
    "sight_hidden_organisations": "internal",
    "sight_participants": "internal",
}
