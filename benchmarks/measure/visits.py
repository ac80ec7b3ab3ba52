"""Visits to the page: what they load, and when it is there to see."""

from collections import defaultdict
from urllib.parse import urlsplit

# Marks the frame in which what a visitor came for is on the screen.
MARK = """
new MutationObserver((_, observer) => {
  if (!document.querySelector(%s)) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => performance.mark('shown')));
}).observe(document, { subtree: true, childList: true });
"""
POST = 'a[href^="/post/"]'
CHART = "canvas"


def watch_for(browser, selector):
    browser.call("Page.addScriptToEvaluateOnNewDocument", source=MARK % repr(selector))


def visit(browser, url):
    """Goes there and stays until what is watched for is shown and nothing more is loaded."""
    browser.visit(url)
    browser.wait(lambda: browser.evaluate("performance.getEntriesByName('shown').length"), f"{url} is shown")
    browser.settle()


def loaded(browser):
    """What the visit loaded: kind → list of (path, compressed bytes of the body). Not what a worker fetches behind it."""
    kinds = {event["requestId"]: event["type"] for event in browser.of("Network.responseReceived")}
    answers = {event["requestId"]: event["response"] for event in browser.of("Network.responseReceived")}
    finished = {event["requestId"] for event in browser.of("Network.loadingFinished")}
    found = defaultdict(list)
    for request, answer in answers.items():
        if request not in finished or answer["url"].startswith("data:"):
            continue
        fields = {name.lower(): value for name, value in answer["headers"].items()}
        found[kinds[request]].append((urlsplit(answer["url"]).path, int(fields["content-length"])))
    return found


def traced(browser, url):
    """A visit as Chromium's trace has it: milliseconds to the first contentful paint, and to what is watched for."""
    browser.call("Tracing.start", transferMode="ReportEvents",
                 traceConfig={"includedCategories": ["blink.user_timing", "loading", "devtools.timeline"]})
    visit(browser, url)
    browser.call("Tracing.end")
    browser.wait(lambda: browser.of("Tracing.tracingComplete"), "the trace is complete")
    events = [event for part in browser.of("Tracing.dataCollected") for event in part["value"]]
    began = [event for event in events if event["name"] == "navigationStart"
             and event["args"].get("data", {}).get("documentLoaderURL") == url]
    start = max(event["ts"] for event in began)
    moments = []
    for name in ("firstContentfulPaint", "shown"):
        moments.append(min(event["ts"] for event in events if event["name"] == name and event["ts"] >= start))
    return tuple((moment - start) / 1000 for moment in moments)
