"""Reference data that editors keep in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from content.admin.channels import ApprovalPanel, ChannelAddView, ChannelEditView, ChannelForm
from content.models import ContactChannel, GuideAnswer, GuideQuestion, Theme
from content.services.guide import Guide, faults


def in_both_languages(heading, field):
    return MultiFieldPanel([FieldRowPanel([FieldPanel(f"{field}_da"), FieldPanel(f"{field}_en")])], heading=heading)


def day_and_night(channel: ContactChannel) -> str:
    return str(_("Yes")) if channel.always_open else ""


class ContactChannelViewSet(SnippetViewSet):
    model = ContactChannel
    icon = "mobile-alt"
    menu_label = _("Contact channels")
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "__str__",
        "kind",
        "number",
        Column("always_open", label=_("Day and night"), accessor=day_and_night),
        "checked_on",
        "review_by",
    ]
    list_filter = ["kind"]
    search_fields = ["name_da", "name_en", "number"]
    panels = [
        in_both_languages(_("Name"), "name"),
        in_both_languages(_("The caller's question"), "question"),
        in_both_languages(_("What it is for"), "description"),
        in_both_languages(_("What happens when you call"), "what_happens"),
        MultiFieldPanel(
            ["kind", "number", "number_abroad", "url", "mailbox", "postal_address", "anonymous", "confidential"],
            heading=_("How to reach it"),
        ),
        in_both_languages(_("Languages spoken"), "languages"),
        FieldPanel("always_open"),
        InlinePanel("opening_hours", label=_("Opening hours")),
        FieldPanel("closed_on_holidays"),
        InlinePanel("closed_days", panels=[FieldRowPanel(["first_day", "last_day"])], label=_("Closed days")),
        FieldRowPanel(["checked_on", "review_by"], heading=_("Checked")),
        MultiFieldPanel(["key", "order"], heading=_("Where it stands")),
    ]
    add_view_class, edit_view_class = ChannelAddView, ChannelEditView
    copy_view_enabled = False

    def get_edit_handler(self):
        """The form of every screen, so that none saves what a colleague has to look at first."""
        return ObjectList([ApprovalPanel(), *self.panels], base_form_class=ChannelForm).bind_to_model(self.model)


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    menu_label = _("Themes")
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["__str__", "key", "order"]
    search_fields = ["name_da", "name_en"]
    panels = [in_both_languages(_("Name"), "name"), MultiFieldPanel(["key", "order"], heading=_("Where it stands"))]


class GuideQuestionForm(WagtailAdminModelForm):
    """Refuses a change that would leave a reader of the guide without an answer."""

    def _post_clean(self):
        super()._post_clean()
        choices = self.formsets["choices"]
        if self.errors or not choices.is_valid():
            return
        before = Guide.load()
        known = set(faults(before))
        kept = [form.instance for form in choices.forms if form.cleaned_data and form not in choices.deleted_forms]
        question = self.instance
        after = Guide(
            {**before.questions, question.pk: question}, {**before.choices, question.pk: kept}, before.answers
        )
        for fault in faults(after):
            if fault not in known:
                self.add_error(None, fault)


class GuideQuestionViewSet(SnippetViewSet):
    model = GuideQuestion
    icon = "help"
    menu_label = _("Questions")
    list_display = ["__str__", "key", "order"]
    search_fields = ["text_da", "text_en"]
    edit_handler = ObjectList(
        [
            in_both_languages(_("Question"), "text"),
            in_both_languages(_("Help"), "hint"),
            InlinePanel(
                "choices",
                min_num=1,
                label=_("Choice"),
                panels=[
                    FieldRowPanel(["text_da", "text_en"]),
                    FieldRowPanel(["hint_da", "hint_en"]),
                    FieldRowPanel(["say_da", "say_en"]),
                    FieldRowPanel(["next_question", "answer"]),
                    "key",
                ],
            ),
            FieldPanel("place_answer"),
            FieldRowPanel(["key", "order"]),
        ],
        base_form_class=GuideQuestionForm,
    )


class GuideAnswerViewSet(SnippetViewSet):
    model = GuideAnswer
    icon = "tick"
    menu_label = _("Answers")
    list_display = ["__str__", "key", "channel"]
    search_fields = ["title_da", "title_en"]
    panels = [
        in_both_languages(_("What the reader does"), "title"),
        in_both_languages(_("Why"), "text"),
        in_both_languages(_("The first sentence to say"), "say"),
        FieldPanel("channel"),
        FieldPanel("key"),
    ]


class GuideViewSetGroup(SnippetViewSetGroup):
    items = (GuideQuestionViewSet, GuideAnswerViewSet)
    menu_icon = "help"
    menu_label = _("Whom should I call?")
    menu_order = 255
