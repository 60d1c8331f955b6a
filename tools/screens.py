"""Every kind of screen, in one list: the tests look at each, ``make shots`` takes a picture of each.

A screen is an address among the starting content and the demonstration, and what somebody does there before one looks.
Each part of the product has its list in a module of its own. Needs Django; addresses and links belong to the database
it reads. A page of the workspace without a screen fails a test.
"""

from tools.account_screens import ACCOUNT, SIGN_IN
from tools.asking_screens import ASKING
from tools.colleague_screens import COLLEAGUES
from tools.contact_screens import CONTACTS
from tools.day_screens import DAY
from tools.desk_screens import DESK
from tools.dialogue_screens import DIALOGUES
from tools.invitation_screens import INVITATIONS
from tools.mailing_screens import MAILING
from tools.public_screens import PUBLIC
from tools.self_screens import OWN

LANGUAGES = ("da", "en")
WIDTHS = (320, 768, 1280)
SCREENS = [
    *PUBLIC,
    *OWN,
    *SIGN_IN,
    *COLLEAGUES,
    *DAY,
    *CONTACTS,
    *DIALOGUES,
    *DESK,
    *INVITATIONS,
    *MAILING,
    *ASKING,
    *ACCOUNT,
]
