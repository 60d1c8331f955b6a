from outreach.mail.reading import ReadingCommand


class Command(ReadingCommand):
    help = (
        "Read notices that mails came back (.eml) and mark the addresses that no longer work. "
        "Says how many, without addresses; reading a file twice changes nothing."
    )
    reader = "bounces"
