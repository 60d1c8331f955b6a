"""A colleague who signs in with password and phone."""

import base64
import hashlib
import hmac
import struct
import time

from tests.faces.running import Faces
from tests.journeys import officer
from tests.journeys.reader import Reader
from tests.journeys.words import da

PASSWORD = "fire ord uden sammenhæng"


def code(secret: str) -> str:
    """What the app on a phone shows: RFC 6238, written out so that it does not come from what it checks."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    (number,) = struct.unpack(">I", digest[digest[-1] & 15 :][:4])
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"


def enter(faces: Faces, email: str, name: str, role: str) -> Reader:
    """The operator enters a colleague, who chooses a password by the link and signs in with it."""
    link = faces.manage("create_colleague", email, name, role).split()[-1]
    reader = faces.reader("internal").open(link).press(password1=PASSWORD, password2=PASSWORD)
    return give_password(reader, email)


def give_password(reader: Reader, email: str) -> Reader:
    return officer.sign_in(reader, da, email=email, password=PASSWORD)


def add_phone(reader: Reader) -> str:
    """From the page that asks for it to the recovery codes; returns the key of the phone."""
    secret = reader.soup.find(class_="key").get_text().replace(" ", "")
    reader.press(code=code(secret))
    return secret
