"""The screens of dialogues: the log, its drafts and refusals, one dialogue and what it was before."""

from typing import Any

from contacts.models import Attachment, Dialogue, Draft
from tools.leading import write_of_somebody
from tools.samples import Samples
from tools.screen import Inside, mine, press, unfold, workspace

corrected = mine(Dialogue, version__gt=1)


def save_from_long_ago(page: Any) -> None:
    """As if a colleague had saved since the page was made. No draft is kept: nobody typed."""
    with page.expect_navigation():
        page.evaluate(
            "const form = document.querySelector('.logform'); form.version.value = 0;"
            "form.summary.value = 'Vi aftalte et nyt møde i april.'; form.place.value = 'Biblioteket'; form.submit();"
        )


def look_for_somebody(page: Any) -> None:
    """Whom the log form does not offer yet."""
    unfold(page)
    page.locator("[name=find]").fill("aarhus")
    with page.expect_navigation():
        page.locator("[name=find]").press("Enter")


def add_what_there_is_more_of(page: Any) -> None:
    """Two more who were there, and a second promise."""
    unfold(page)
    page.locator("[name=promise]").fill("Sender programmet")
    page.locator("[name=find_other]").fill("aarhus")
    with page.expect_navigation():
        page.locator("[name=find_other]").press("Enter")
    unfold(page)
    for box in page.locator("[name=others]").all()[:2]:
        box.check()
    with page.expect_navigation():
        page.locator("[name=add]").click()


def type_a_name(page: Any) -> None:
    """Whom the field suggests while one types."""
    unfold(page)
    page.locator("[name=find]").press_sequentially("aarhus")
    page.locator(".suggestions:not([hidden])").wait_for()
    page.locator("[name=find]").press("ArrowDown")


def begin_a_draft(page: Any) -> None:
    """Write something, and open the form anew."""
    page.locator("[name=summary]").fill("Aftalte en forældreaften i februar.")
    page.locator("[data-draft-state]:not(:empty)").wait_for()
    page.reload()
    Draft.objects.all().delete()  # no other screen is to show it


def run_out_of_the_session(page: Any) -> None:
    """Write on after the sign-in has run out."""
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.locator("[name=summary]").fill("Aftalte en forældreaften i februar.")
    page.locator("[data-draft-out]").wait_for()
    page.context.add_cookies(cookies)


def send_without_a_session(page: Any) -> None:
    """The form as it goes where no script runs."""
    cookies = page.context.cookies()
    page.locator("[name=summary]").fill("Aftalte en forældreaften i februar.")
    page.context.clear_cookies(name="sessionid")
    with page.expect_navigation():
        page.evaluate("document.querySelector('.logform').submit()")
    page.context.add_cookies(cookies)


def own_file(samples: Samples) -> Attachment:
    """Of a dialogue the officer may correct."""
    files = Attachment.objects.visible_to(samples.officer).exclude(dialogue=None).order_by("pk")
    return next(file for file in files if file.dialogue.can_be_changed_by(samples.officer))


def attach_what_is_refused(page: Any) -> None:
    """A program that calls itself a document."""
    unfold(page)
    program = {"name": "referat.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + bytes(100)}
    page.locator("input[type=file]").set_input_files(program)
    with page.expect_navigation():
        page.locator(".savebar button.button-primary").click()


DIALOGUES = workspace(
    ("log", Inside("workspace:log")),
    ("log-unfolded", Inside("workspace:log"), unfold),
    ("log-found", Inside("workspace:log"), look_for_somebody),
    ("log-several", Inside("workspace:log"), add_what_there_is_more_of),
    ("log-suggested", Inside("workspace:log"), type_a_name),
    ("log-mistakes", Inside("workspace:log"), press),
    ("log-file-refused", Inside("workspace:log"), attach_what_is_refused),
    ("log-asks", Inside("workspace:log"), write_of_somebody),
    ("log-draft", Inside("workspace:log"), begin_a_draft),
    ("log-signed-out", Inside("workspace:log"), run_out_of_the_session),
    ("log-sent-again", Inside("workspace:log"), send_without_a_session),
    ("log-signed-in-again", Inside("account_signed_in")),
    ("dialogues", Inside("workspace:dialogues")),
    ("dialogue", Inside("workspace:dialogue", corrected)),
    ("dialogue-edit", Inside("workspace:edit_dialogue", corrected), unfold),
    ("dialogue-conflict", Inside("workspace:edit_dialogue", corrected), save_from_long_ago),
    ("dialogue-versions", Inside("workspace:dialogue_versions", corrected)),
    ("file-remove", Inside("workspace:remove_attachment", own_file)),
)
