"""Everything secret that a run makes or sees, so that its logs can be searched for it."""

import os
import secrets as generator
import threading


class Secrets:
    def __init__(self):
        self._lock = threading.Lock()
        self._known = {}

    def add(self, kind, text):
        if text:
            with self._lock:
                self._known[text] = kind
        return text

    def make_file(self, path, text=None):
        """A file of mode 0600 with a secret in it."""
        text = self.add("client secret", text or generator.token_urlsafe(32))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(text + "\n")
        return text

    def found_in(self, text):
        """The kinds of secrets the text holds; a JWT counts by its signature too, which no log may show either."""
        with self._lock:
            known = dict(self._known)
        kinds = set()
        for secret, kind in known.items():
            parts = [secret]
            if kind == "token" and secret.count(".") == 2:
                parts += secret.split(".")[1:]
            kinds.update(kind for part in parts if part in text)
        return kinds


known_secrets = Secrets()
