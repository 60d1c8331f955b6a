from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

import content
from outreach.accounts.models import Team
from outreach.mail.models import OutboxMessage
from outreach.mail.retention import RULES as MAIL_RULES
from outreach.privacy import retention
from outreach.privacy.checks import periods_name_rules
from outreach.privacy.models import Hit, Receipt
from outreach.privacy.retention import Rule

pytestmark = pytest.mark.django_db
NOW = timezone.now()


PRIVACY_PAGES = sorted((Path(content.__file__).parent / "starting" / "pages").glob("privacy.*.yaml"))


@pytest.mark.parametrize("page", PRIVACY_PAGES, ids=lambda page: page.stem)
def test_the_public_page_on_privacy_says_every_period(page):
    text = page.read_text()
    told = [rule for rule in retention.RULES.values() if not rule.name.startswith("accounts.")]  # those: of colleagues

    assert [rule.name for rule in told if rule.days and f" {rule.days} da" not in text] == []


@pytest.fixture
def rule(monkeypatch):
    """Hits are erased two days after they were made."""
    monkeypatch.setattr(retention, "RULES", {})
    monkeypatch.setattr("outreach.privacy.management.commands.retention.RULES", retention.RULES)
    rule = Rule(
        name="sample.hits",
        trigger="the hit",
        days=2,
        due=lambda moment: Hit.objects.older_than(moment),
        basis="a test",
    )
    retention.register(rule)
    for days in (1, 3, 5):
        Hit.objects.create(key="k", at=NOW - timedelta(days=days))
    return rule


def mail(state, *, days):
    sent = NOW if state == "sent" else None
    written = NOW - timedelta(days=days)
    return OutboxMessage.objects.create(
        kind="sample", to="bo@example.org", state=state, created_at=written, next_attempt_at=written, sent_at=sent
    )


def test_what_has_been_kept_long_enough_goes_and_leaves_a_receipt(rule):
    assert retention.run(NOW) == {"sample.hits": 2}

    assert Hit.objects.count() == 1
    assert (Receipt.objects.get().rule, Receipt.objects.get().count) == ("sample.hits", 2)


def test_a_second_run_finds_nothing_and_leaves_no_receipt(rule):
    retention.run(NOW)

    assert retention.run(NOW) == {"sample.hits": 0}
    assert Receipt.objects.count() == 1


def test_a_run_that_is_late_makes_up_for_it(rule):
    assert retention.run(NOW + timedelta(days=30)) == {"sample.hits": 3}


def test_the_owner_of_a_register_sets_the_period(rule, settings):
    settings.RETENTION_DAYS = {"sample.hits": 4}

    assert retention.run(NOW) == {"sample.hits": 1}


def test_a_rule_can_blank_a_text_and_keep_the_row(monkeypatch):
    monkeypatch.setattr(retention, "RULES", {})
    due = lambda moment: OutboxMessage.objects.filter(created_at__lt=moment).exclude(text="")  # noqa: E731
    retention.register(Rule(name="sample.text", trigger="", days=14, due=due, basis="a test", blank=("text",)))
    message = mail("sent", days=15)
    OutboxMessage.objects.update(text="Vegetarian")

    assert retention.run(NOW) == {"sample.text": 1}
    assert retention.run(NOW) == {"sample.text": 0}
    message.refresh_from_db()
    assert message.text == ""


def test_a_dry_run_says_what_would_go_and_touches_nothing(rule, capsys):
    call_command("retention", "--dry-run")

    assert capsys.readouterr().out == "sample.hits: erase 2 days after the hit: 2\n"
    assert Hit.objects.count() == 3


def test_the_command_erases(rule, capsys):
    call_command("retention")

    assert capsys.readouterr().out.endswith(": 2\n")
    assert Hit.objects.count() == 1


def test_two_rules_cannot_share_a_name(rule):
    with pytest.raises(ValueError, match=r"sample\.hits"):
        retention.register(rule)


def test_a_period_for_a_rule_that_does_not_exist_is_an_error(settings):
    settings.RETENTION_DAYS = {"mail.outbox": 90}
    assert periods_name_rules() == []

    settings.RETENTION_DAYS = {"mail.inbox": 90}
    assert [error.id for error in periods_name_rules()] == ["privacy.E001"]


def test_the_outbox_forgets_finished_mails_after_half_a_year_and_loses_none_that_waits():
    Team.objects.create(name="East")
    for state in ("sent", "skipped", "failed", "queued", "sending"):
        mail(state, days=183)
    mail("sent", days=181)

    assert MAIL_RULES[0].apply(NOW) == 3
    assert sorted(OutboxMessage.objects.values_list("state", flat=True)) == ["queued", "sending", "sent"]
