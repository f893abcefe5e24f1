"""Five platforms on this computer: each has an account, whose password is set by HTTP, and lets people sign in."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import Request, urlopen

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices


class Platforms:
    """The accounts by the host of their platform.

    Args:
        passwords: What each account has at first.
        roles: Who has a role, by host.
    """

    def __init__(self, passwords: Mapping[str, str], roles: Mapping[str, set[str]]) -> None:
        self.passwords, self.roles = dict(passwords), {host: set(names) for host, names in roles.items()}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def post(self, host: str, what: str, **said: str) -> bool:
        """Do something on a platform's page as a browser does; say whether the platform let it happen."""
        address = f"http://127.0.0.1:{self._server.server_port}/{what}"
        request = Request(address, json.dumps(said).encode(), {"X-Platform": host})
        with urlopen(request, timeout=10) as answer:
            return bool(json.load(answer))

    def close(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, host: str, what: str, said: Mapping[str, str]) -> bool:
        """Answer as the platform: a reset needs the office's mailbox, a change the old password."""
        match what:
            case "reset" if said["mailbox"] == "office":
                self.passwords[host] = said["new"]
                return True
            case "change" if self.passwords[host] == said["old"]:
                self.passwords[host] = said["new"]
                return True
            case "login":
                return self.passwords[host] == said["password"]
            case "grant":
                self.roles[host].add(said["name"])
                return True
            case "withdraw":
                self.roles[host].discard(said["name"])
                return True
            case "role":
                return said["name"] in self.roles[host]
        return False

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        platforms = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                answer = json.dumps(platforms.answer(self.headers["X-Platform"], self.path[1:], said)).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_args: Any) -> None:
                """Say nothing."""

        return Handler


class Browser(QObject):
    """Takes the place of the browser: remembers which page was opened last."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @property
    def host(self) -> str:
        """The host of the page."""
        return self.opened[-1].host()

    @Slot(QUrl)
    def open(self, page: QUrl) -> None:
        """Open a page."""
        self.opened.append(page)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Let every page that the program opens come here."""
    browser = Browser()
    slot: Any = "open"  # The stubs ask for bytes, which PySide itself refuses.
    QDesktopServices.setUrlHandler("https", browser, slot)
    yield browser
    QDesktopServices.unsetUrlHandler("https")
