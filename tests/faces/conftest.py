import pytest

from tests.faces.running import running


@pytest.fixture(scope="package")
def faces(migrated_roles, tmp_path_factory):
    """Everybody in this folder uses the same three processes, as people share a site."""
    with running(migrated_roles, tmp_path_factory.mktemp("faces")) as faces:
        yield faces


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failure shows what the processes wrote."""
    report = yield
    if report.failed and "faces" in getattr(item, "funcargs", {}):
        report.sections += [(f"The {name} process", text) for name, text in item.funcargs["faces"].said()]
    return report
