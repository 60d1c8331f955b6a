"""The guide "whom should I call?": questions, choices and answers that editors keep as data.

A choice leads to one more question or to an answer. What follows from that is worked out in services/guide.py.
"""

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, PreviewableMixin

from .bilingual import Bilingual, in_language
from .channels import ContactChannel
from .typed_ways import KnownWaysOnly

STAYS = _("Stands in the address. Keep it short and neutral, and do not change it.")


class GuideScreen(PreviewableMixin, Bilingual, KnownWaysOnly):
    """What a question and an answer share: a word of its own, and a preview in each language."""

    key = models.SlugField(_("key"), unique=True, help_text=_("The guide's own word for it. Readers do not see it."))

    class Meta:
        abstract = True

    @property
    def preview_modes(self):
        return [("da", _("Danish")), ("en", _("English"))]

    def serve_preview(self, request, mode_name):
        """The screen in the language asked for, whatever the editor's; rendered while that language is active."""
        with translation.override(mode_name):
            return super().serve_preview(request, mode_name).render()


class GuideAnswer(GuideScreen):
    """Where a path ends: one channel to use, and what to say there."""

    title_da = models.CharField(_("what to do, in Danish"), max_length=80)
    title_en = models.CharField(_("what to do, in English"), max_length=80)
    text_da = models.TextField(_("why, in Danish"))
    text_en = models.TextField(_("why, in English"))
    say_da = models.CharField(_("the first sentence to say, in Danish"), max_length=200, blank=True)
    say_en = models.CharField(_("the first sentence to say, in English"), max_length=200, blank=True)
    channel = models.ForeignKey(
        ContactChannel, models.PROTECT, related_name="guide_answers", verbose_name=_("contact channel")
    )

    title = in_language("title")
    text = in_language("text")
    say = in_language("say")

    class Meta:
        ordering = ["key"]
        verbose_name = _("answer of the guide")
        verbose_name_plural = _("answers of the guide")

    def __str__(self):
        return self.title

    def get_preview_template(self, request, mode_name):
        return "content/guide_answer.html"

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "answer": self, "sentences": [self.say]}


class GuideQuestion(GuideScreen, ClusterableModel):
    """One question on one page. The guide begins with the first in order."""

    order = models.PositiveSmallIntegerField(_("order"), default=100, help_text=_("The lowest is the first question."))
    text_da = models.CharField(_("question in Danish"), max_length=120)
    text_en = models.CharField(_("question in English"), max_length=120)
    hint_da = models.CharField(_("help in Danish"), max_length=200, blank=True)
    hint_en = models.CharField(_("help in English"), max_length=200, blank=True)
    place_answer = models.ForeignKey(
        GuideAnswer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="asked_by",
        verbose_name=_("answer once the municipality is known"),
        help_text=_("Leave it out unless the question asks for a municipality."),
    )

    text = in_language("text")
    hint = in_language("hint")

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("question of the guide")
        verbose_name_plural = _("questions of the guide")

    def __str__(self):
        return self.text

    def get_preview_template(self, request, mode_name):
        return "content/guide_question.html"

    def get_preview_context(self, request, mode_name):
        choices = [(choice, "#content") for choice in self.choices.all()]
        return {**super().get_preview_context(request, mode_name), "question": self, "choices": choices, "address": ""}


class GuideChoice(Orderable, Bilingual, KnownWaysOnly):
    """One way to answer a question. ``say`` is what a reader who chose it may say on the phone."""

    question = ParentalKey(GuideQuestion, on_delete=models.CASCADE, related_name="choices")
    key = models.SlugField(_("key"), max_length=20, help_text=STAYS)
    text_da = models.CharField(_("choice in Danish"), max_length=120)
    text_en = models.CharField(_("choice in English"), max_length=120)
    hint_da = models.CharField(_("help in Danish"), max_length=200, blank=True)
    hint_en = models.CharField(_("help in English"), max_length=200, blank=True)
    say_da = models.CharField(_("a sentence to say, in Danish"), max_length=200, blank=True)
    say_en = models.CharField(_("a sentence to say, in English"), max_length=200, blank=True)
    next_question = models.ForeignKey(
        GuideQuestion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reached_by",
        verbose_name=_("leads to the question"),
    )
    answer = models.ForeignKey(
        GuideAnswer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chosen_by",
        verbose_name=_("or to the answer"),
    )

    text = in_language("text")
    hint = in_language("hint")
    say = in_language("say")

    class Meta(Orderable.Meta):
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "key"],
                name="choice_is_known_by_its_key",
                violation_error_message=_("Two choices of a question cannot have the same key."),
            ),
            models.CheckConstraint(
                condition=Q(next_question=None, answer__isnull=False) | Q(next_question__isnull=False, answer=None),
                name="choice_leads_to_one_place",
                violation_error_message=_("A choice leads to a question or to an answer: choose one of them."),
            ),
        ]

    def __str__(self):
        return self.text
