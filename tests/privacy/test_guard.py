import pytest
from django import forms

from outreach.accounts.models import Team
from outreach.privacy.guard import GuardedFormMixin, contains_cpr

NUMBERS = {
    "plain": "0102901234",
    "dash": "010290-1234",
    "space": "010290 1234",
    "dot": "010290.1234",
    "last day and month": "311299-4321",
    "first day and month": "010100-0000",
    "fails the modulus test, as numbers since 2007 may": "010107-4008",
    "February the thirtieth is not looked up": "300290-1234",
    "leap day": "290200-1111",
    "in a sentence": "Han hedder Bo og har cpr 010290-1234, ring til ham.",
    "after a colon": "CPR:010290-1234",
    "after a label": "CPR-nr.: 010290-1234",
    "in brackets": "Bo (010290-1234)",
    "in quotes": "\u00bb010290-1234\u00ab",
    "before a full stop": "Det er 010290-1234.",
    "before a comma": "010290-1234, 010390-1234",
    "after a letter": "nr010290-1234",
    "before a letter": "010290-1234x",
    "after a slash": "bo/010290-1234",
    "after a dash": "-010290-1234",
    "in an address": "https://example.org/?cpr=0102901234&next=1",
    "in an e-mail address": "010290-1234@example.org",
    "on the second line": "Hej\n010290-1234\nHilsen Bo",
    "after a tab": "cpr\t0102901234",
    "after another number": "12 010290-1234",
    "no-break space": "010290\u00a01234",
    "thin space": "010290\u20091234",
    "narrow no-break space": "010290\u202f1234",
    "figure space": "010290\u20071234",
    "ideographic space": "010290\u30001234",
    "hyphen": "010290\u20101234",
    "non-breaking hyphen": "010290\u20111234",
    "figure dash": "010290\u20121234",
    "en dash": "010290\u20131234",
    "em dash": "010290\u20141234",
    "horizontal bar": "010290\u20151234",
    "minus sign": "010290\u22121234",
    "hyphen bullet": "010290\u20431234",
    "small hyphen": "010290\ufe631234",
    "full-width hyphen": "010290\uff0d1234",
    "middle dot": "010290\u00b71234",
    "one dot leader": "010290\u20241234",
    "bullet": "010290\u20221234",
    "full-width digits": "\uff10\uff11\uff10\uff12\uff19\uff10-\uff11\uff12\uff13\uff14",
    "arabic digits": "\u0660\u0661\u0660\u0662\u0669\u0660-\u0661\u0662\u0663\u0664",
    "persian digits": "\u06f0\u06f1\u06f0\u06f2\u06f9\u06f0-\u06f1\u06f2\u06f3\u06f4",
    "devanagari digits": "\u0966\u0967\u0966\u0968\u096f\u0966 \u0967\u0968\u0969\u096a",
    "bengali digits": "\u09e6\u09e7\u09e6\u09e8\u09ef\u09e6\u09e7\u09e8\u09e9\u09ea",
    "bold digits": "\U0001d7ce\U0001d7cf\U0001d7ce\U0001d7d0\U0001d7d7\U0001d7ce-1234",
    "superscript digits": "\u2070\u00b9\u2070\u00b2\u2079\u2070-1234",
    "circled digits": "010290-\u2460\u2461\u2462\u2463",
    "negative circled digits": "010290-\u2776\u2777\u2778\u2779",
    "keycap emoji": "0\ufe0f\u20e31\ufe0f\u20e30290-1234",
    "underlined digits": "0\u03321\u03320\u03322\u03329\u03320\u0332-1234",
    "zero-width space between": "010290\u200b-\u200b1234",
    "zero-width space within": "0\u200b1\u200b0\u200b2\u200b9\u200b0\u200b1234",
    "zero-width joiner": "0102\u200d90-1234",
    "word joiner": "010290\u2060-1234",
    "byte order mark": "\ufeff010290-1234",
    "soft hyphen": "010290\u00ad1234",
    "soft hyphen beside a dash": "010290\u00ad-1234",
    "right-to-left mark": "010290\u200f-1234",
    "direction override": "\u202e010290-1234\u202c",
    "grapheme joiner": "010290\u034f-1234",
    "entity for a dash": "010290&#45;1234",
    "named entity for a dash": "010290&ndash;1234",
    "entity for a space": "010290&nbsp;1234",
    "soft hyphen entity": "010290&shy;1234",
    "entities for digits": "&#48;&#49;0290-1234",
    "hexadecimal entities": "&#x30;&#x31;0290-1234",
    "entity escaped twice": "010290&amp;#45;1234",
    "rich text": "<p>Bo <b>010290-1234</b></p>",
    "slash": "010290/1234",
    "fraction slash": "010290\u20441234",
    "underscore": "010290_1234",
    "two spaces": "010290  1234",
    "spaces around the dash": "010290 - 1234",
    "thin spaces around an en dash": "010290\u2009\u2013\u20091234",
    "over two lines": "010290\n1234",
    "over two lines, as forms send them": "010290-\r\n1234",
    "pairs apart by spaces": "01 02 90-1234",
    "pairs apart by dots": "01.02.90-1234",
    "pairs apart by dashes": "01-02-90-1234",
    "pairs apart by slashes": "01/02/90 - 1234",
    "replacement number": "610290-1234",
    "last replacement number": "911299-1234",
    "table cell": "<td>0102901234</td>",
}
OTHERS = {
    "nothing": "",
    "words": "Vi holder et m\u00f8de om foreningsliv.",
    "date with dots": "01.02.1990",
    "date with dashes": "01-02-1990",
    "date with spaces": "1 2 1990",
    "short date": "01.02.90",
    "six digits alone": "010290",
    "date and time in Danish": "02.12.2026 16.30",
    "date, kl., time": "02.12.26 kl. 16.30",
    "short date and time": "02.12.26 16.30",
    "short date and four digits": "02.12.26 1630",
    "short date with dashes and four digits": "02-12-26 1630",
    "date and time in English": "2 December 2026, 16:30",
    "date and period": "02.12.2026 16.30-18.00",
    "period of years": "2019-2024",
    "ISO date": "2026-12-02",
    "ISO date and time": "2026-12-02T16:30:00+01:00",
    "basic ISO date and time": "20261202T163000Z",
    "compact date and time": "202612021630",
    "compact date, time apart": "20261202 1630",
    "two dates": "01.02.2026-03.04.2026",
    "phone": "41749090",
    "grouped phone": "41 74 90 90",
    "phone with country": "+45 41 74 90 90",
    "phone with country, together": "+4541749090",
    "phone with 00": "004541749090",
    "phone in halves": "4174 9090",
    "phone in dots": "41.74.90.90",
    "phone that starts like a date": "31121990",
    "two phones": "31121990 41749090",
    "Swedish phone": "+46 70 123 45 67",
    "Norwegian phone": "+4722123456",
    "German phone": "+49 30 90182010",
    "three short numbers": "112, 114, 1813",
    "CVR": "CVR 31121990",
    "CVR with prefix": "DK31121990",
    "CVR and a year": "31121990 2024",
    "CVR with a dash and a year": "31121990-2024",
    "EAN": "5790001234567",
    "EAN that starts like a date": "0102901234567",
    "EAN grouped": "5790 0012 34567",
    "EAN with prefix": "EAN: 5798009811585",
    "P-number": "1003456789012",
    "IBAN": "DK50 0040 0440 1162 43",
    "IBAN together": "DK5000400440116243",
    "card number": "4571 0102 9012 3456",
    "card number together": "4571010290123456",
    "amount": "1.010.290 kr.",
    "amount with \u00f8re": "10.290,50 kr.",
    "long amount": "120.000.000,00 DKK",
    "amount in English": "1,010,290.12",
    "month that does not exist": "011390-1234",
    "month nought": "010090-1234",
    "day that does not exist": "320190-1234",
    "day nought": "000190-1234",
    "a digit before": "9010290-1234",
    "a digit after": "010290-12345",
    "an arabic digit after": "010290-1234\u0665",
    "a digit after something invisible": "010290-1234\u200b5",
    "three digits after": "010290-123",
    "a letter between": "010290x1234",
    "day between the months and the replacements": "320290-1234",
    "day after the replacements": "920290-1234",
    "replacement day nought": "600290-1234",
    "short date with slashes and four digits": "02/12/26 1630",
    "short period": "02.12.26-03.12.26",
    "phone in pairs and a postcode": "21 10 11 12 8000 Aarhus C",
    "a colon between": "010290:1234",
    "a comma between": "010290,1234",
    "postcode and town": "8000 Aarhus C, 2100 K\u00f8benhavn \u00d8",
    "address": "Polititorvet 14, 1567 K\u00f8benhavn V",
    "coordinates": "55.676098, 12.568337",
    "UUID": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "version": "5.2.19",
    "case number": "2026-000123-7",
    "fractions": "1/2 og 3/4",
    "percent": "10,5 % af 1.234 svar",
    "ISBN": "978-87-02-90123-4",
    "scores": "10-12-90",
}


@pytest.mark.parametrize("text", NUMBERS.values(), ids=NUMBERS)
def test_a_civil_registration_number_is_found(text):
    assert contains_cpr(text)


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_numbers_pass(text):
    assert not contains_cpr(text)


class Wish(GuardedFormMixin, forms.Form):
    name = forms.CharField()
    needs = forms.CharField(widget=forms.Textarea, required=False)
    email = forms.EmailField(required=False)
    kind = forms.ChoiceField(choices=[("0102901234", "A choice")], required=False)


class TeamForm(GuardedFormMixin, forms.ModelForm):
    class Meta:
        model = Team
        fields = ["name"]


def test_every_text_field_of_a_form_refuses_it_and_keeps_what_was_typed():
    form = Wish({"name": "Bo 010290-1234", "needs": "cpr 0102901234", "email": "010290-1234@example.org"})

    assert set(form.errors) == {"name", "needs", "email"}
    assert form.has_error("name", "cpr")
    assert "41 74 90 90" in form.errors["needs"][0]
    assert form["name"].value() == "Bo 010290-1234"


def test_a_form_without_it_is_valid():
    assert Wish({"name": "Bo", "needs": "Jeg kommer 02.12.2026 16.30", "kind": "0102901234"}).is_valid()


@pytest.mark.parametrize(
    "nothing", ["\u200b\u200c", "\u2060 \ufeff", "\u00ad", "\u202e", "\u3164", "\u2800", "&#8203;"]
)
def test_a_field_that_must_be_filled_in_takes_more_than_what_nobody_can_see(nothing):
    form = Wish({"name": nothing, "needs": nothing})

    assert set(form.errors) == {"name"}
    assert form.has_error("name", "required")


def test_a_form_keeps_its_other_errors():
    assert set(Wish({"needs": "010290-1234"}).errors) == {"name", "needs"}


def test_a_form_that_was_not_sent_has_no_errors():
    assert not Wish().errors


@pytest.mark.django_db
def test_a_model_form_refuses_it():
    form = TeamForm({"name": "010290-1234"})

    assert form.has_error("name", "cpr")
    assert TeamForm({"name": "East"}).is_valid()
