"""The words the register is made of, from the file beside this one."""

from pathlib import Path

import yaml

_read = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text())

GIVEN, FAMILY = _read["given"].split(), _read["family"].split()
HOUSES, CALLED = _read["houses"].split(), _read["called"].split()
ROLES, SUBJECTS = _read["roles"], _read["subjects"]
