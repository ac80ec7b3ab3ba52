"""Debian's Chromium with an empty profile, spoken to over a pipe in its own protocol (Chrome DevTools Protocol)."""

import json
import os
import select
import subprocess
import time
from contextlib import contextmanager

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
         "--no-first-run", "--hide-scrollbars", "--window-size=390,844", "--remote-debugging-pipe"]
LIMIT = 60  # seconds for anything it is asked


class Chromium:
    """Runs while the `with` block runs; one page. `events`: what the page said, oldest first."""

    def __init__(self, folder):
        self._folder = folder
        self._last = 0
        self._unread = b""
        self._session = None
        self.events = []

    def __enter__(self):
        their_input, self._to = os.pipe()
        self._from, their_output = os.pipe()
        # Chromium reads from descriptor 3 and writes to 4; the shell puts them there.
        wiring = f'exec "$@" 3<&{their_input} 4>&{their_output}'
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", wiring, "bash", CHROMIUM, *FLAGS, f"--user-data-dir={self._folder}", "about:blank"],
            pass_fds=(their_input, their_output), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(their_input)
        os.close(their_output)
        targets = self._wait_for(lambda: self.call("Target.getTargets")["targetInfos"])
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self._session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(timeout=LIMIT)
        os.close(self._to)
        os.close(self._from)

    def call(self, method, **parameters):
        return self._call(self._session, method, parameters)

    @contextmanager
    def workers(self):
        """How to call each service worker that runs: what the page's network is made to be does not hold for them."""
        targets = self._call(None, "Target.getTargets", {})["targetInfos"]
        sessions = [self._call(None, "Target.attachToTarget", {"targetId": target["targetId"], "flatten": True})["sessionId"]
                    for target in targets if target["type"] == "service_worker"]
        yield [lambda method, session=session, **parameters: self._call(session, method, parameters) for session in sessions]
        for session in sessions:
            self._call(None, "Target.detachFromTarget", {"sessionId": session})

    def _call(self, session, method, parameters):
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next(LIMIT)
            if answer is None:
                raise SystemExit(f"the browser does not answer {method}")
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, until, what):
        """Takes events until `until()`."""
        end = time.monotonic() + LIMIT
        while not until():
            event = self._next(0.1)
            if event:
                self.events.append(event)
            elif time.monotonic() > end:
                raise SystemExit(f"the browser has not come to it: {what}")

    def settle(self, quiet=1.0):
        """Takes events until there were none for a while."""
        while event := self._next(quiet):
            self.events.append(event)

    def of(self, name):
        return [event["params"] for event in self.events if event.get("method") == name]

    def evaluate(self, expression):
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def take_cookies(self, url, jar, guest):
        """`jar`: (name, path) → value, as the harness' browser keeps them; with the page's own mark of whose they are."""
        mark = f"try {{ localStorage.setItem('account', '{guest} guest') }} catch {{}}"
        self.call("Page.addScriptToEvaluateOnNewDocument", source=mark)
        for (name, path), value in jar.items():
            self.call("Network.setCookie", name=name, value=value, url=url, path=path, httpOnly=True)

    def visit(self, url):
        self.events.clear()
        self.call("Page.navigate", url=url)

    def _wait_for(self, look):
        end = time.monotonic() + LIMIT
        while True:
            found = look()
            if any(each["type"] == "page" for each in found):
                return found
            if time.monotonic() > end:
                raise SystemExit("the browser has no page")
            time.sleep(0.05)

    def _next(self, seconds):
        """The next message, or nothing within the time."""
        end = time.monotonic() + seconds
        while b"\0" not in self._unread:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._from], [], [], left)[0]:
                return None
            part = os.read(self._from, 1 << 20)
            if not part:
                raise SystemExit("the browser has ended")
            self._unread += part
        message, _, self._unread = self._unread.partition(b"\0")
        return json.loads(message)
