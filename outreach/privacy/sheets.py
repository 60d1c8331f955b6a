"""The one writer of spreadsheets. Nothing in a cell is ever run: whatever somebody wrote about themselves stays text.

A cell that a spreadsheet program would take for a formula gets an apostrophe before it (OWASP, "CSV Injection"); in
XLSX each cell is also typed as text. The first row says who took the sheet, when, and under which entry of the trail.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

LONGEST_CELL = 32_767  # characters, what a cell of XLSX holds
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Rows = Iterable[Sequence[object]]


def harmless(value: object) -> str:
    """The value as text that no spreadsheet program computes, without characters that a sheet cannot hold."""
    text = ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value))
    if text.lstrip(" \N{NO-BREAK SPACE}").startswith(STARTS_A_FORMULA) or text.startswith(STARTS_A_FORMULA):
        text = f"'{text}"
    return text[:LONGEST_CELL]


def csv_sheet(mark: str, head: Sequence[object], rows: Rows) -> bytes:
    """UTF-8 with its mark and semicolons, as a Danish Excel opens it."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL)
    for row in ([mark], head, *rows):
        writer.writerow([harmless(value) for value in row])
    return written.getvalue().encode("utf-8-sig")


def xlsx_sheet(mark: str, head: Sequence[object], rows: Rows) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number, row in enumerate(([mark], head, *rows)):
        sheet.append([_text(sheet, value, bold=number == 1) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _text(sheet: Worksheet, value: object, *, bold: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=harmless(value))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


WRITERS: dict[str, tuple[str, Callable[[str, Sequence[object], Rows], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", csv_sheet),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_sheet),
}
