"""What a browser at the service's own page does: keeps cookies by path, says where a request comes from, renews on 401."""

from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from harness.secrets import known_secrets
from harness.wire import call, expect_success, next_address

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class Browser:
    def __init__(self, node, source=None):
        self.node = node
        self.source = source or next_address()
        self.jar = {}  # (name, path) → value

    def send(self, method, target, body=None, headers=None, renew=False):
        answer = self._send_once(method, target, body, headers)
        if renew and answer.status == 401 and self._send_once("POST", "/api/token").status == 200:
            answer = self._send_once(method, target, body, headers)
        return answer

    def get(self, target, **options):
        return self.send("GET", target, **options)

    def post(self, target, body=None, **options):
        return self.send("POST", target, body, **options)

    def put(self, target, **options):
        return self.send("PUT", target, **options)

    def patch(self, target, body=None, **options):
        return self.send("PATCH", target, body, **options)

    def delete(self, target, **options):
        return self.send("DELETE", target, **options)

    def at(self, node):
        """The same browser's cookies, sent to another node of the same service."""
        other = Browser(node, self.source)
        other.jar = self.jar
        return other

    def tab(self):
        """What another tab had read of the cookies before this one changed them."""
        other = Browser(self.node, self.source)
        other.jar = dict(self.jar)
        return other

    def cookie(self, name):
        return next((value for (key, _), value in self.jar.items() if key == name), None)

    def cookie_header(self, target):
        path = urlsplit(target).path
        return "; ".join(f"{name}={value}" for (name, scope), value in self.jar.items() if _matches(path, scope))

    def take(self, answer):
        for name, (value, attributes) in answer.cookies().items():
            key = (name, attributes.get("path", "/"))
            if attributes.get("max-age") == "0" or not value:
                self.jar.pop(key, None)
            else:
                self.jar[key] = known_secrets.add("token", value)
        return answer

    # What people do.

    def sign_in_as_guest(self):
        expect_success(self.post("/api/guest"))
        return self

    def press_button(self, page, **changes):
        """Sends the form of a page, as its button does. `changes`: fields of another value, None for unchecked."""
        assert page.status == 200, page
        form = _Form(page.body.decode())
        fields = {**form.fields, **changes}
        body = urlencode({name: value for name, value in fields.items() if value is not None})
        return self.send(form.method, form.action, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def me(self):
        return expect_success(self.get("/api/v1/users/me")).data

    def write(self, content="오늘도 화이팅"):
        return expect_success(self.post("/api/v1/feeds", {"content": content}), 201).data

    def comment(self, feed, content="좋아요", parent=None):
        body = {"feedId": feed["feedId"], "content": content}
        if parent is not None:
            body["parentCommentId"] = parent["commentId"]
        return expect_success(self.post("/api/v1/comments", body), 201).data

    def feed(self, feed_id):
        return expect_success(self.get(f"/api/v1/feeds/{feed_id}")).data

    def _send_once(self, method, target, body=None, headers=None):
        fields = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "identity"}
        if method in UNSAFE:
            fields["Origin"] = self.node.url
        cookies = self.cookie_header(target)
        if cookies:
            fields["Cookie"] = cookies
        fields.update(headers or {})
        fields = {name: value for name, value in fields.items() if value is not None}
        return self.take(call(self.node.address, method, target, body, fields, source=self.source))


def _matches(path, scope):
    """RFC 6265 section 5.1.4."""
    return path == scope or (path.startswith(scope) and (scope.endswith("/") or path[len(scope)] == "/"))


class _Form(HTMLParser):
    """The one form of a page: where it goes, and what it sends when nobody changes anything."""

    def __init__(self, page):
        super().__init__()
        self.fields = {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.action, self.method = given["action"], given["method"].upper()
        elif tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.fields[given["name"]] = given.get("value", "")
