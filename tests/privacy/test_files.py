import io
import zipfile
from email.message import EmailMessage

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject, TextStringObject

from outreach.privacy.files import refuse_numbers

NUMBER = "010290-1234"


def upload(name, data):
    return SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())


def zipped(parts, **options):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()


def mail(text="Hello", *, html="", attached=None):
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Tak", "bo@example.org", "ana@example.org"
    message.set_content(text, cte="base64")
    if html:
        message.add_alternative(html, subtype="html", cte="quoted-printable")
    if attached:
        message.add_attachment(attached[1], maintype="application", subtype="octet-stream", filename=attached[0])
    return message.as_bytes()


def pdf(text):
    """One page that shows ``text``, by the bytes of the format (ISO 32000-1, 7.5)."""
    shown = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources " + font + b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    return (
        data
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start
    )


def kept_pdf(writer):
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def pdf_with(**held):
    """A page of text and what was put into it: by the names of ``PdfWriter``'s methods."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Tak"))))
    for method, arguments in held.items():
        getattr(writer, method)(**arguments)
    return kept_pdf(writer)


def note(kind, **fields):
    """A note of this kind (ISO 32000-1, 12.5.6)."""
    box = ArrayObject([FloatObject(place) for place in (10, 10, 50, 50)])
    texts = {NameObject(f"/{name}"): TextStringObject(text) for name, text in fields.items()}
    return DictionaryObject({NameObject("/Subtype"): NameObject(f"/{kind}"), NameObject("/Rect"): box, **texts})


def pdf_about(text):
    """A PDF that says what it is in XMP, and nowhere else (ISO 16684-1)."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Tak"))))
    about, began = StreamObject(), "<xmpMM:DocumentID>xmp.did:3112901234abcdef</xmpMM:DocumentID>"
    about.set_data(f"<x:xmpmeta>{began}<dc:title><rdf:li>{text}</rdf:li></dc:title></x:xmpmeta>".encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(about)
    return kept_pdf(writer)


def form_pdf(value):
    """A PDF whose only field was filled in (ISO 32000-1, 12.7.4.3)."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Tak"))))
    field = note("Widget", T="who", V=value)
    field[NameObject("/FT")] = NameObject("/Tx")
    fields = ArrayObject([writer._add_object(field)])
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): fields})
    return kept_pdf(writer)


def word(body):
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": f"<w:body>{body}</w:body>"})


def excel(*cells):
    row = "".join(f"<c><v>{cell}</v></c>" for cell in cells)
    return zipped({"xl/worksheets/sheet1.xml": f"<row>{row}</row>"})


def nested(depth):
    """An archive within an archive, and so on."""
    return zipped({"a.zip": nested(depth - 1)} if depth else {"a.txt": "x"})


HOLDING = {
    "text": ("a.txt", NUMBER),
    "text without an ending": ("a", NUMBER),
    "text of an older machine": ("a.txt", "Møde med Bo ".encode("cp1252") + NUMBER.encode()),
    "text of two bytes a letter": ("a.csv", f"Bo;{NUMBER}".encode("utf-16")),
    "a table": ("a.csv", f"Bo;{NUMBER};formand"),
    "Markdown": ("a.md", f"**{NUMBER}**"),
    "a page": ("a.html", "<p>Bo <b>010290</b>-<i>1234</i></p>"),
    "a page with entities": ("a.htm", "<p>010290&#45;1234</p>"),
    "a page that says it is text": ("a.txt", "<html><p>010290<b>-1234</b></p></html>"),
    "text in pointed brackets": ("a.txt", f"<Ali {NUMBER}>"),
    "text with a page in it": ("a.md", "Se: <b>010290</b>-1234"),
    "a page, as if it were a tag": ("a.html", f"<p>Tak</p><{NUMBER}>"),
    "text that begins with a remark": ("a.txt", f"<!-- {NUMBER} -->"),
    "Markdown that begins with an address": ("a.md", f"<http://x/{NUMBER}>"),
    "a drawing of lines": ("a.svg", f"<svg><text>{NUMBER}</text></svg>"),
    "rich text": ("a.rtf", r"{\rtf1 Bo \b " + NUMBER + r"\b0}"),
    "a mail": ("a.eml", mail(f"Bo {NUMBER}")),
    "a mail with a page": ("a.eml", mail(html=f"<p>{NUMBER}</p>")),
    "a mail with an attachment": ("a.eml", mail(attached=("b.txt", NUMBER.encode()))),
    "a mail with a named attachment": ("a.eml", mail(attached=(f"{NUMBER}.jpg", b"\0"))),
    "a mail with a document": ("a.eml", mail(attached=("b.docx", word(f"<w:p><w:t>{NUMBER}</w:t></w:p>")))),
    "Word": ("a.docx", word(f"<w:p><w:r><w:t>{NUMBER}</w:t></w:r></w:p>")),
    "Word, in two runs": ("a.docx", word("<w:p><w:r><w:t>010290</w:t></w:r><w:r><w:t>-1234</w:t></w:r></w:p>")),
    "Word, in a foot note": ("a.docx", zipped({"word/footnotes.xml": f"<w:p><w:t>{NUMBER}</w:t></w:p>"})),
    "Excel": ("a.xlsx", zipped({"xl/sharedStrings.xml": f"<sst><si><t>Bo</t></si><si><t>{NUMBER}</t></si></sst>"})),
    "Excel, a number": (
        "a.xlsx",
        excel("12", "3112901234"),
    ),
    "PowerPoint": ("a.pptx", zipped({"ppt/slides/slide1.xml": f"<a:p><a:t>{NUMBER}</a:t></a:p>"})),
    "OpenDocument": ("a.odt", zipped({"content.xml": f"<text:p>{NUMBER}</text:p>"})),
    "an archive": ("a.zip", zipped({"b.txt": NUMBER})),
    "an archive of a named file": ("a.zip", zipped({f"{NUMBER}.jpg": "x"})),
    "an archive of a document": ("a.zip", zipped({"b.docx": word(f"<w:p><w:t>{NUMBER}</w:t></w:p>")})),
    "a page, in the address of a link": ("a.html", f'<a href="https://example.org/?q={NUMBER}">her</a>'),
    "a page, in an address without quotes": ("a.html", "<a href=/010290%2D1234>her</a>"),
    "a page, in a remark": ("a.html", f"<p>Tak</p><!-- {NUMBER} -->"),
    "Word, in many runs": (
        "a.docx",
        word(
            '<w:p w:rsidR="00AB12CD"><w:r><w:rPr><w:b/><w:lang w:val="da-DK"/></w:rPr><w:t>0102</w:t></w:r>'
            '<w:proofErr w:type="spellStart"/><w:hyperlink r:id="rId4"><w:r><w:t>90</w:t></w:r></w:hyperlink>'
            '<w:r><w:noBreakHyphen/><w:t>12</w:t></w:r><w:ins w:id="1"><w:r><w:t>34</w:t></w:r></w:ins></w:p>'
        ),
    ),
    "Word, what a picture shows": ("a.docx", word(f'<wp:docPr id="1" name="Billede 1" descr="Kort, {NUMBER}"/>')),
    "Word, what a picture shows, with a sign": ("a.docx", word(f'<wp:docPr descr="{NUMBER} &lt; alt > x"/>')),
    "Word, where a link leads": (
        "a.docx",
        zipped({"word/_rels/document.xml.rels": '<Relationship Id="rId4" Target="https://x/010290%2D1234"/>'}),
    ),
    "Word, its title before its day": (
        "a.docx",
        zipped({"docProps/core.xml": f"<dc:title>{NUMBER}</dc:title><dcterms:created>2026-11-28</dcterms:created>"}),
    ),
    "Word, a value after a number": (
        "a.docx",
        zipped({"docProps/custom.xml": f"<vt:i4>7</vt:i4><vt:lpwstr>{NUMBER}</vt:lpwstr><vt:i4>7</vt:i4>"}),
    ),
    "Excel, the name of a sheet": ("a.xlsx", zipped({"xl/workbook.xml": f'<sheet name="{NUMBER}" sheetId="1"/>'})),
    "Excel, a plain name of a sheet": ("a.xlsx", zipped({"xl/workbook.xml": '<sheet name="3112901234"/>'})),
    "Excel, where a link leads": (
        "a.xlsx",
        zipped({"xl/worksheets/sheet1.xml": f"<hyperlink ref='A1' display='{NUMBER}'/>"}),
    ),
    "Excel, in two runs": (
        "a.xlsx",
        zipped({"xl/sharedStrings.xml": "<si><r><t>010290</t></r><r><rPr><sz val='11'/></rPr><t>-1234</t></r></si>"}),
    ),
    "OpenDocument, the name of a sheet": ("a.ods", zipped({"content.xml": f'<table:table table:name="{NUMBER}"/>'})),
    "OpenDocument, in two spans": (
        "a.odt",
        zipped({"content.xml": "<text:p>010290<text:span text:style-name='T1'>-1234</text:span></text:p>"}),
    ),
    "an archive of a named folder": ("a.zip", zipped({f"{NUMBER}/a.jpg": "x"})),
    "PDF": ("a.pdf", pdf(NUMBER)),
    "PDF, a note": (
        "a.pdf",
        pdf_with(add_annotation={"page_number": 0, "annotation": note("Text", Contents=f"Ring til {NUMBER}")}),
    ),
    "PDF, a text on top": (
        "a.pdf",
        pdf_with(add_annotation={"page_number": 0, "annotation": note("FreeText", Contents="Møde, 010290–1234 ✓")}),
    ),
    "PDF, a field that was filled in": ("a.pdf", form_pdf(NUMBER)),
    "PDF, a file within": ("a.pdf", pdf_with(add_attachment={"filename": "a.txt", "data": NUMBER.encode()})),
    "PDF, a document within": (
        "a.pdf",
        pdf_with(add_attachment={"filename": "a.docx", "data": word(f"<w:p><w:t>{NUMBER}</w:t></w:p>")}),
    ),
    "PDF, the name of a file within": ("a.pdf", pdf_with(add_attachment={"filename": f"{NUMBER}.png", "data": b"\0"})),
    "PDF, its title": ("a.pdf", pdf_about(NUMBER)),
    "PDF, a bookmark": ("a.pdf", pdf_with(add_outline_item={"title": NUMBER, "page_number": 0})),
}
HARMLESS = {
    "text": ("a.txt", "Mødet er 02.12.2026 kl. 16.30. Ring 41 74 90 90."),
    "nothing": ("a.txt", ""),
    "a picture": ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + NUMBER.encode()),
    "Word, in cells of their own": ("a.docx", word("<w:tc><w:t>010290</w:t></w:tc><w:tc><w:t>12345</w:t></w:tc>")),
    "Excel, cells side by side": (
        "a.xlsx",
        excel("1", "10290123"),
    ),
    "a mail": ("a.eml", mail("Vi ses den 2. december.")),
    "PDF": ("a.pdf", pdf("Kom den 2. december 2026")),
    "PDF, notes, fields and files": (
        "a.pdf",
        pdf_with(
            add_annotation={
                "page_number": 0,
                "annotation": note("Text", Contents="Ring 41 74 90 90", M="D:20261128164440+01'00'", NM="3112901234"),
            },
            add_attachment={"filename": "a.txt", "data": b"Tak"},
            add_outline_item={"title": "2. december 2026", "page_number": 0},
        ),
    ),
    "PDF, its title": ("a.pdf", pdf_about("2. december 2026")),
    "PDF, a field that was filled in": ("a.pdf", form_pdf("02.12.2026 kl. 16.30")),
    "Word, numbers of its own": (
        "a.docx",
        word(
            '<w:p w14:paraId="12019034" w:rsidR="00AB12CD"><w:pPr><w:pStyle w:val="Normal"/></w:pPr>'
            '<w:r><w:pict o:spid="_x0000_s1026" style="z-index:251659264"/></w:r></w:p>'
            '<wp:docPr id="1104629432" name="Billede 1104629432"/><w:sdt><w:id w:val="-1104629432"/></w:sdt>'
            '<p14:creationId val="1104629432"/><a16:creationId id="{11046294-1234-4B5C-8D6E-0102901234AB}"/>'
        ),
    ),
    "Word, a title before its day": (
        "a.docx",
        zipped({"docProps/core.xml": "<dc:title>Nr. 101290</dc:title><dcterms:created>2026-11-28</dcterms:created>"}),
    ),
    "an old Word file": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0" + NUMBER.encode()),
}


@pytest.mark.parametrize(("name", "data"), HOLDING.values(), ids=HOLDING)
def test_a_number_in_a_file_is_refused(name, data):
    with pytest.raises(ValidationError) as refused:
        refuse_numbers(upload(name, data))

    assert refused.value.code == "cpr"


@pytest.mark.parametrize(("name", "data"), HARMLESS.values(), ids=HARMLESS)
def test_a_file_without_a_number_passes_and_can_be_read_again(name, data):
    file = upload(name, data)

    refuse_numbers(file)

    assert file.tell() == 0


@pytest.mark.parametrize(
    "name",
    ["010290-1234.jpg", "Ali 0102901234.pdf", "bo_010290_1234.docx", "010290%2D1234.txt", "０１０２９０-1234.txt"],
)
def test_a_number_in_the_name_of_a_file_is_refused(name):
    with pytest.raises(ValidationError) as refused:
        refuse_numbers(upload(name, b"\0"))

    assert refused.value.code == "cpr"


BROKEN = {
    "no archive": ("a.docx", b"PK\x03\x04 and nothing more"),
    "cut off": ("a.docx", word("<w:p>Tak</w:p>")[:60]),
    "no document at all": ("a.docx", b"Hello"),
    "a damaged PDF": ("a.pdf", b"%PDF-1.4\nnothing"),
    "a PDF that names itself as its page": ("a.pdf", pdf("x").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")),
}


@pytest.mark.parametrize(("name", "data"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_read_is_refused_in_words(name, data):
    with pytest.raises(ValidationError) as refused:
        refuse_numbers(upload(name, data))

    assert refused.value.code in ("unreadable", "too_large")


def locked():
    """An archive that says it is locked: bit 0 of the flags (APPNOTE 4.4.4)."""
    data = bytearray(zipped({"b.txt": "x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


MUCH = "Tak for kaffe. " * 60_000
SWOLLEN = {
    "one letter a million times": zipped({"word/document.xml": "x" * 30_000_000}),
    "many small ones": zipped({f"{n}.xml": "x" for n in range(2500)}),
    "archives within archives": nested(5),
    "more text than anybody reads": zipped({f"{n}.txt": MUCH for n in range(7)}, compresslevel=0),
}


@pytest.mark.parametrize("data", SWOLLEN.values(), ids=SWOLLEN)
def test_an_archive_that_swells_is_refused_before_it_is_read(data):
    with pytest.raises(ValidationError) as refused:
        refuse_numbers(upload("a.docx", data))

    assert refused.value.code == "too_large"


def test_a_locked_archive_is_refused_in_words():
    with pytest.raises(ValidationError) as refused:
        refuse_numbers(upload("a.zip", locked()))

    assert refused.value.code == "unreadable"


def test_a_large_file_is_not_even_read():
    file = upload("a.txt", "x")
    file.size = 26 * 1024 * 1024

    with pytest.raises(ValidationError) as refused:
        refuse_numbers(file)

    assert refused.value.code == "too_large"
