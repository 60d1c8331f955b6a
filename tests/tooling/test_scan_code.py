"""Every scan of the code can fail: a fault is planted, and found."""

import pytest

from tools import scan_code

pytestmark = pytest.mark.once


@pytest.fixture
def room(tmp_path):
    (tmp_path / "contacts" / "views").mkdir(parents=True)
    return tmp_path / "contacts" / "views"


def test_a_planted_fault_of_our_own_rules_is_found(room, tmp_path):
    (room / "people.py").write_text("def one(request, pk):\n    return Person.objects.get(pk=pk)\n")
    (room / "host.py").write_text("def here(request):\n    return request.get_host()\n")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text("{{ name|safe }}")

    told = scan_code.broken_rules(tmp_path)

    assert all(rule in told for rule in ("rows-without-a-reader", "host-from-outside", "trusted-in-a-template"))


def test_a_planted_hole_is_found(room, tmp_path):
    (room / "a.py").write_text("import subprocess\nsubprocess.Popen(input(), shell=True)\n")

    assert "B602" in scan_code.holes(tmp_path)


def test_a_planted_secret_is_found(room, tmp_path):
    (room / "a.py").write_text('KEY = "AKIA' + 'IOSFODNN7EXAMPLF"\n')

    assert "contacts/views/a.py:1 AWS Access Key" in scan_code.secrets(tmp_path)
