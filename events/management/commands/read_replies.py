from outreach.mail.reading import ReadingCommand


class Command(ReadingCommand):
    help = (
        "Read what calendars answered to the entries we mailed (.eml), for an officer to decide on. "
        "Says how many, without addresses; reading a file twice changes nothing."
    )
    reader = "replies"
