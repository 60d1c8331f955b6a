"""The words a dialogue is sorted by. One in use is never deleted: it is taken off the offer."""

from contacts.forms.base import WorkspaceModelForm
from contacts.models import Initiative, Topic

OFFERED = ["name_da", "name_en", "on_offer"]


class TopicForm(WorkspaceModelForm):
    asks_about_words = False  # everybody reads them

    class Meta:
        model = Topic
        fields = OFFERED


class InitiativeForm(WorkspaceModelForm):
    asks_about_words = False

    class Meta:
        model = Initiative
        fields = ["number", "priority", *OFFERED]
