"""Sign-in with npm's oidc-provider, made to be like the providers that people have."""

import pytest
from conftest import CLIENT
from harness.keys import KeyPair
from harness.node_cases import node_command
from harness.openid_provider import SITE, OpenIdProvider

STATUS = "/login?status="
SECRET = "a secret of a test, 32 characters"


@pytest.fixture
def start_provider(request):
    started = []

    def start(**settings):
        folder = request.config.getoption("--node-cases")
        assert folder, "say where provider.mjs and its packages are: --node-cases"
        started.append(OpenIdProvider(node_command(request.config.getoption("--node")), folder, client=CLIENT, **settings))
        return started[-1]

    yield start
    for each in started:
        each.stop()


def redirect(provider):
    return f"{SITE}/api/login/oauth2/code/{provider}"


def sign_in_after_linking(world, provider):
    member = world.member()
    assert world.come_back(member, provider.visit(world.begin_linking(member))) == STATUS + "linked"
    browser = world.browser()
    assert world.come_back(browser, provider.visit(world.begin(browser))) == "/"
    assert browser.me()["userId"] == member.me()["userId"]
    return member


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_like_google(launch_with, start_provider, method):
    provider = start_provider(redirect=redirect("google"), secret=SECRET, method=method)
    provider.next("110169484474386276334", email="somebody@example.test", email_verified=True)
    world = launch_with("google", provider.url, secret=SECRET)
    sign_in_after_linking(world, provider)

    provider.next(error="access_denied")
    browser = world.browser()
    assert world.come_back(browser, provider.visit(world.begin(browser))) == STATUS + "cancelled"
    provider.next(error="temporarily_unavailable")
    assert world.come_back(browser, provider.visit(world.begin(browser))) == STATUS + "provider-away"


def test_a_code_is_good_once_at_the_provider_too(launch_with, start_provider):
    provider = start_provider(redirect=redirect("google"), secret=SECRET, method="client_secret_post")
    provider.next("1")
    world = launch_with("google", provider.url, secret=SECRET)
    sign_in_after_linking(world, provider)
    browser = world.browser()
    target = provider.visit(world.begin(browser))
    assert world.come_back(browser, target) == "/"
    fresh = world.browser()
    state = dict(part.split("=") for part in world.begin(fresh).split("?")[1].split("&"))["state"]
    stolen = "&".join(f"state={state}" if part.startswith("state=") else part for part in target.split("&"))
    assert world.come_back(fresh, stolen) == STATUS + "expired"


def test_like_kakao_which_tells_no_address(launch_with, start_provider):
    provider = start_provider(redirect=redirect("kakao"), secret=SECRET, method="client_secret_post")
    provider.next("3141592653")
    world = launch_with("kakao", provider.url, secret=SECRET)
    assert "scope=openid&" in world.begin(world.browser())
    sign_in_after_linking(world, provider)


def test_like_apple_with_a_form_and_a_signed_secret(launch_with, start_provider, workspace):
    key = KeyPair("ES256")
    file = workspace / "AuthKey.p8"
    file.write_text(key.private_pem())
    file.chmod(0o600)
    provider = start_provider(redirect=redirect("apple"), method="client_secret_post",
                              signer={"jwk": key.public_jwk(), "team": "TEAM000001", "keyId": "KEY0000001"})
    provider.next("001234.abcdef.5678")
    world = launch_with("apple", provider.url, f"--sign-in-key=apple=TEAM000001 KEY0000001 {file}",
                        "--sign-in-scope=apple=openid email name", secret=False)
    sign_in_after_linking(world, provider)

    browser = world.browser()
    answer = browser.get("/api/oauth2/authorization/apple")
    ((name, (_, attributes)),) = answer.cookies().items()
    assert name.startswith("__Host-") and attributes["samesite"] == "None"
    assert "secure" in attributes and "httponly" in attributes and attributes["path"] == "/"
    path, fields = provider.visit(answer.header("Location"))
    assert world.come_back(world.browser(), (path, fields)) == STATUS + "expired"  # another browser's
    assert world.come_back(browser, (path, {**fields, "state": "x"})) == STATUS + "expired"
    # By an address alone nobody comes back: what counts is what the form brought.
    assert world.come_back(browser, (path, fields)) == "/"
    me = browser.me()
    assert world.come_back(browser, (path, fields)) == "/" and browser.me() == me  # sent again
    assert world.come_back(world.browser(), (path, fields)) == STATUS + "expired"

    provider.next(error="access_denied")
    assert world.come_back(browser, provider.visit(world.begin(browser))) == STATUS + "cancelled"
    assert browser.me()

    provider.next("another.person.1")
    assert world.come_back(browser, provider.visit(world.begin_linking(browser))) == STATUS + "linked"
    first = world.identities(browser)[0]["identityId"]
    assert browser.delete(f"/api/v1/users/me/identities/{first}").status == 200
    provider.await_revoked()
