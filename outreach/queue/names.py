"""Every task there is, by name. The table is also the allow-list of what the public face may start."""

# name -> dotted path of the task function
TASKS: dict[str, str] = {
    "accounts.password_asked_for": "outreach.accounts.tasks.password_asked_for",
    "accounts.sign_in_changed": "outreach.accounts.tasks.sign_in_changed",
    "contacts.dialogue_corrected": "contacts.tasks.dialogue_corrected",
    "contacts.daily_mail": "contacts.tasks.daily_mail",
    "content.ask_owner": "content.tasks.ask_owner",
    "content.change_waits": "content.tasks.change_waits",
    "content.owner_answered": "content.tasks.owner_answered",
    "content.review_answered": "content.tasks.review_answered",
    "content.review_asked": "content.tasks.review_asked",
    "events.address_works": "events.tasks.address_works",
    "events.ask_who_comes": "events.tasks.ask_who_comes",
    "events.dialogue_answered": "events.tasks.dialogue_answered",
    "events.dialogue_asked": "events.tasks.dialogue_asked",
    "events.dialogue_confirmed": "events.tasks.dialogue_confirmed",
    "events.event_cancelled": "events.tasks.event_cancelled",
    "events.event_changed": "events.tasks.event_changed",
    "events.invite": "events.invitation_tasks.invite",
    "events.invitation_named": "events.invitation_tasks.invitation_named",
    "events.mail_again": "events.tasks.mail_again",
    "events.mailbox_asked": "events.tasks.mailbox_asked",
    "events.mode_granted": "events.tasks.mode_granted",
    "events.offer_lapsed": "events.tasks.offer_lapsed",
    "events.registration_cancelled": "events.tasks.registration_cancelled",
    "events.registration_confirmed": "events.tasks.registration_confirmed",
    "events.registration_received": "events.tasks.registration_received",
    "events.remind_invited": "events.invitation_tasks.remind_invited",
    "events.registration_released": "events.tasks.registration_released",
    "events.registration_refused": "events.tasks.registration_refused",
    "events.remind": "events.tasks.remind",
    "events.seat_freed": "events.tasks.seat_freed",
    "events.seat_offered": "events.tasks.seat_offered",
    "events.try_mail_again": "events.tasks.try_mail_again",
    "events.seat_swapped": "events.tasks.seat_swapped",
    "events.swap_ended": "events.tasks.swap_ended",
    "events.swap_offered": "events.tasks.swap_offered",
    "mail.drain_outbox": "outreach.mail.tasks.drain_outbox",
}

# What a visitor's click may start; on PostgreSQL a policy on the queue holds the same list.
PUBLIC: frozenset[str] = frozenset(
    {
        "events.dialogue_asked",
        "events.dialogue_confirmed",
        "content.owner_answered",
        "events.invitation_named",
        "events.mailbox_asked",
        "events.registration_cancelled",
        "events.registration_confirmed",
        "events.registration_received",
        "events.seat_freed",
        "events.seat_swapped",
        "events.swap_ended",
        "events.swap_offered",
    }
)
