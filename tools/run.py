"""``make run``: everything a first look needs, then the web server and the task worker until Ctrl-C."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from tools import prepare

GRACE = 10  # seconds a process gets to finish what it is doing


def port() -> int:
    """The port asked for, if it is one and free."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise prepare.Failed(f"PORT must be a number between 1 and 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            raise prepare.Failed(f"Port {text} needs more rights than you have. Try: PORT=8123 make run") from None
        except OSError:
            raise prepare.Failed(f"Port {text} is in use. Try another: PORT=8123 make run") from None
    return int(text)


def commands(number: int) -> dict[str, list[str]]:
    # No reloader: its child doubles the start, and may outlive it. The checks ran with the migrations.
    manage = [str(prepare.PYTHON), "manage.py"]
    return {
        "web server": [*manage, "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{number}"],
        "task worker": [*manage, "worker", "--skip-checks"],
    }


@contextlib.contextmanager
def running(number: int) -> Iterator[dict[str, subprocess.Popen]]:
    """Both processes, each in a group of its own: the terminal's Ctrl-C reaches only us, and we end both."""
    quiet = {"PYTHONUNBUFFERED": "1", "DJANGO_RUNSERVER_HIDE_WARNING": "true"}
    environment = prepare.environment(PORT=str(number), **quiet)
    processes = {}
    try:
        for name, command in commands(number).items():
            processes[name] = subprocess.Popen(
                command, cwd=prepare.ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
            )
        yield processes
    finally:
        end(list(processes.values()))


def end(processes: list[subprocess.Popen]) -> None:
    """End the processes and whatever they started, by force those that take too long."""
    deadline = time.monotonic() + GRACE
    for process in processes:
        signal_group(process, signal.SIGTERM)
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0, deadline - time.monotonic()))
        signal_group(process, signal.SIGKILL)
        process.wait()


def signal_group(process: subprocess.Popen, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def is_listening(number: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", number), timeout=1):
        return True
    return False


def watch(number: int, processes: dict[str, subprocess.Popen], stopped: list[int]) -> None:
    """Print the addresses when the server answers; return when told to stop, raise Failed when one of the two ends."""
    greeted = False
    while not stopped:
        for name, process in processes.items():
            if process.poll() is not None:
                others = " and ".join(other for other in processes if other != name)
                raise prepare.Failed(f"The {name} ended with code {process.returncode}; stopping the {others} too.")
        if not greeted and is_listening(number):
            print(greeting(number), flush=True)
            greeted = True
        time.sleep(0.2 if greeted else 0.05)


def greeting(number: int) -> str:
    address = f"http://127.0.0.1:{number}"
    return f"""
  The site        {address}/  (English: {address}/en/)
  The workspace   {address}/workspace/
  Editing         {address}/admin/
  Mail sent       var/mail/

{prepare.demonstration.output.strip()}

  Ctrl-C stops the web server and the task worker.
"""


def on_signals(handler: Callable[[int, object], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    stopped: list[int] = []
    on_signals(interrupt)
    try:
        chosen = port()
        prepare.prepare(prepare.RUN)
        # From here on a signal only leaves a note: an exception could fall between starting a process and knowing it.
        on_signals(lambda number, frame: stopped.append(number))
        with running(chosen) as processes:
            watch(chosen, processes, stopped)
    except KeyboardInterrupt:
        print("\nStopped before it was ready; the next make run goes on from here.")
        return 130
    except prepare.Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    print("\nStopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
