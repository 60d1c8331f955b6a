"""The parts a page is built of. No raw HTML and no embeds: nothing here can reach another host."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from .channels import ContactChannel, channel_choices

PROSE = ["bold", "ul", "ol", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "content/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "content/blocks/text.html"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        [("danger", _("Danger")), ("kind", _("A kind correction")), ("quiet", _("Quiet information"))],
        default="quiet",
        label=_("Kind"),
    )
    heading = blocks.CharBlock(max_length=120, label=_("Heading"))
    text = blocks.RichTextBlock(features=PROSE, label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "content/blocks/callout.html"


class PartBlock(blocks.StructBlock):
    """One step, or one fold of an accordion."""

    heading = blocks.CharBlock(max_length=160, label=_("Heading"))
    text = blocks.RichTextBlock(features=PROSE, label=_("Text"))


class StepsBlock(blocks.ListBlock):
    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "content/blocks/steps.html"


class AccordionBlock(blocks.ListBlock):
    class Meta:
        icon = "collapse-down"
        label = _("Accordion")
        template = "content/blocks/accordion.html"


class ContactBlock(blocks.ChoiceBlock):
    """One contact channel, by its key."""

    def to_python(self, value):
        """The key as it is kept; looking it up among the choices would cost every reader a query."""
        return value

    def extract_references(self, value):
        """The channel itself, so that whoever changes it sees this page."""
        for pk in ContactChannel.objects.filter(key=value).values_list("pk", flat=True):
            yield ContactChannel, str(pk), "", ""

    class Meta:
        icon = "mobile-alt"
        label = _("Contact card")
        template = "content/blocks/contact.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"))
    source = blocks.CharBlock(max_length=160, required=False, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "content/blocks/quote.html"


class RelatedBlock(blocks.ListBlock):
    class Meta:
        icon = "link"
        label = _("Related pages")
        template = "content/blocks/related.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(max_length=160, required=False, label=_("Title"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "content/blocks/document.html"


class PictureBlock(ImageBlock):
    """A picture and what it shows in words, in the language of the page; or the editor's word that it only adorns."""

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "content/blocks/picture.html"


class LevelBlock(blocks.StructBlock):
    """One level of the pyramid and the page that tells more about it."""

    title = blocks.CharBlock(max_length=24, label=_("Title"))
    short = blocks.CharBlock(max_length=50, required=False, label=_("In the drawing, below the title"))
    text = blocks.TextBlock(label=_("In the text beside the drawing"))
    page = blocks.PageChooserBlock(required=False, label=_("Page that tells more"))


class PyramidBlock(blocks.ListBlock):
    """The prevention pyramid, three levels from its top down: a drawing and the same in words."""

    class Meta:
        icon = "order-up"
        label = _("Prevention pyramid")
        template = "content/blocks/pyramid.html"


class DanishModelBlock(blocks.StructBlock):
    """The Danish model: who meets in the info-house, who stands behind it and before it; a drawing and the words."""

    national = LevelBlock(label=_("Above: national authorities"))
    meeting = LevelBlock(label=_("In the middle: where they meet"))
    partners = blocks.ListBlock(LevelBlock(), min_num=4, max_num=4, label=_("Who meets there"))
    civil = LevelBlock(label=_("Below: civil society"))

    def get_context(self, value, parent_context=None):
        """With all of it in one row, for the words."""
        levels = [value["national"], value["meeting"], *value["partners"], value["civil"]]
        return {**super().get_context(value, parent_context=parent_context), "levels": levels}

    class Meta:
        icon = "group"
        label = _("The Danish model")
        template = "content/blocks/danish_model.html"


class ChannelsBlock(blocks.StaticBlock):
    def extract_references(self, value):
        """All there are: a page that shows one of them shows the next as well."""
        for pk in ContactChannel.objects.values_list("pk", flat=True):
            yield ContactChannel, str(pk), "", ""

    class Meta:
        icon = "mobile-alt"
        label = _("Whom to contact: every channel")
        admin_text = _("Shows every contact channel with its state and opening hours.")
        template = "content/blocks/channels.html"


class LocalHelpBlock(blocks.StaticBlock):
    class Meta:
        icon = "site"
        label = _("Find local help: the lookup")
        admin_text = _("Shows the form that finds the info-house of a municipality.")
        template = "content/blocks/local_help.html"


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock(max_length=160)
    text = TextBlock(features=PROSE)
    callout = CalloutBlock()
    steps = StepsBlock(PartBlock())
    accordion = AccordionBlock(PartBlock())
    contact = ContactBlock(choices=channel_choices)
    quote = QuoteBlock()
    pyramid = PyramidBlock(LevelBlock(), min_num=3, max_num=3)
    danish_model = DanishModelBlock()
    channels = ChannelsBlock()
    local_help = LocalHelpBlock()
    document = DocumentBlock()
    picture = PictureBlock()
    related = RelatedBlock(blocks.PageChooserBlock())


class SourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=200, label=_("Title"))
    date = blocks.CharBlock(max_length=40, required=False, label=_("Date or year"))
    url = blocks.URLBlock(required=False, label=_("Address"))


class SourcesBlock(blocks.StreamBlock):
    source = SourceBlock(label=_("Source"))
