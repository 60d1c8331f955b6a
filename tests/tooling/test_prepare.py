"""Steps and their stamps: what has not changed is not done again."""

import pytest

from tools import prepare
from tools.prepare import Step


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project with a file ``lock``; ``project.done`` lists the steps that ran."""
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "STAMPS", tmp_path / ".stamps")
    (tmp_path / "lock").write_text("django==5.2")
    return tmp_path


@pytest.fixture
def done():
    return []


@pytest.fixture
def steps(project, done, monkeypatch):
    """Three steps as in ``make run``: install, migrate (makes a file), load."""

    def action(name):
        def run():
            done.append(name)
            (project / "database").touch()
            return f"{name} is done"

        return run

    install = Step("install", "Installing", action("install"), reads=("lock",))
    migrate = Step("migrate", "Migrating", action("migrate"), reads=("*.sql",), makes=(project / "database",))
    load = Step("load", "Loading", action("load"), after=(migrate,))
    monkeypatch.setattr(prepare, "ALL", (install, migrate, load))
    prepare.prepare((install, migrate, load))
    done.clear()
    return install, migrate, load


def test_nothing_runs_twice(steps, done):
    prepare.prepare(steps)

    assert done == []


def test_a_changed_file_runs_its_step_again(project, steps, done):
    (project / "lock").write_text("django==5.2.1")

    prepare.prepare(steps)

    assert done == ["install"]


def test_a_new_file_runs_its_step_and_those_that_build_on_it(project, steps, done):
    (project / "0002.sql").touch()

    prepare.prepare(steps)

    assert done == ["migrate", "load"]


def test_a_product_that_is_gone_is_made_again(project, steps, done):
    (project / "database").unlink()

    prepare.prepare(steps)

    assert done == ["migrate", "load"]


def test_a_step_that_fails_is_tried_again_and_so_are_those_that_build_on_it(project, steps, done):
    install, migrate, _ = steps

    def fail():
        raise prepare.Failed("no disk")

    (project / "0002.sql").touch()
    broken = Step("migrate", "Migrating", fail, reads=migrate.reads)
    with pytest.raises(prepare.Failed, match="no disk"):
        prepare.prepare((install, broken))

    prepare.prepare(steps)

    assert done == ["migrate", "load"]


def test_what_a_step_printed_is_kept(steps):
    assert steps[2].output == "load is done"


def test_a_command_that_fails_says_which_and_why():
    with pytest.raises(prepare.Failed, match=r"No such thing[\s\S]*This failed: .*python"):
        prepare.run(prepare.sys.executable, "-c", "raise SystemExit('No such thing')")


@pytest.mark.parametrize("step", prepare.ALL, ids=lambda step: step.name)
def test_what_a_step_reads_is_there(step):
    """A glob that matches nothing notices nothing."""
    for pattern in step.reads:
        if not pattern.startswith(("locale/", "*/locale/")):
            assert any(prepare.ROOT.glob(pattern)), pattern
