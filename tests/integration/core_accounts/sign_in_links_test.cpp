#include <algorithm>
#include <thread>

#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view kPath = "/api/sign-in-link";

/// The form that the page's button sends.
std::string form_of(const std::string& link) { return link.substr(link.find('?') + 1); }

std::int64_t feed_id(const Answer& answer) { return answer.number("/data/feedId"); }

}  // namespace

TEST_CASE("Opening a sign-in link uses nothing up; its button signs in once") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user("ADMIN");
  const auto link = world.node.sign_in_link(user);
  auto scanner = world.node.browser();
  for (int i = 0; i < 2; ++i) {
    const auto page = scanner.get(link);
    CHECK(page.status == 200);
    CHECK(page.field("content-type") == "text/html; charset=utf-8");
    CHECK(page.field("cache-control") == "no-store");
    CHECK_THAT(page.field("content-security-policy"),
               Catch::StartsWith("default-src 'none'; img-src 'self'; style-src 'sha256-"));
    CHECK_THAT(page.body, !Catch::Contains("keepPosts"));
    CHECK_FALSE(scanner.jar.contains("access_token"));
  }
  auto member = world.node.browser();
  const auto answer = member.post(kPath, form_of(link));
  CHECK(answer.status == 302);
  CHECK(answer.field("location") == "/");
  CHECK(member.get("/api/v1/users/me").at("/data/userId") == user.value);
  CHECK(member.get("/api/v1/users/me").at("/data/userRole") == "ADMIN");

  auto thief = world.node.browser();
  CHECK(thief.post(kPath, form_of(link)).field("location") == "/login?status=link-invalid");
  CHECK(thief.get(link).field("location") == "/login?status=link-invalid");
  CHECK(thief.jar.empty());
  CHECK(world.number("SELECT COUNT(*) FROM sign_in_links WHERE hash = '" + link.substr(link.find('=') + 1) + "'") == 0);
}

TEST_CASE("Whose answer was lost presses again for 30 seconds, in the same browser") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  const auto link = world.node.sign_in_link(user);
  auto guest = world.node.guest();
  guest.post("/api/v1/feeds", R"({"content":"손님"})");
  auto other = world.node.browser();
  CHECK(guest.get(link).status == 200);
  CHECK(other.get(link).status == 200);
  const auto before = guest.jar;
  const auto press = [&](Browser& browser) {
    return std::string(browser.post(kPath, form_of(link) + "&keepPosts=true").field("location"));
  };
  REQUIRE(press(guest) == "/");
  for (int i = 0; i < 2; ++i) {
    world.clock.advance(15s);
    guest.jar = before;  // the answer was lost
    CHECK(press(other) == "/login?status=link-invalid");
    CHECK(other.get(link).field("location") == "/login?status=link-invalid");
    CHECK(guest.get(link).status == 200);
    CHECK(press(guest) == "/");
    CHECK(guest.get("/api/v1/users/me").at("/data/userId") == user.value);
  }
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE user_id = " + std::to_string(user.value)) == 1);
  world.clock.advance(1ms);
  guest.jar = before;
  CHECK(guest.get(link).field("location") == "/login?status=link-invalid");
  CHECK(press(guest) == "/login?status=link-invalid");
}

TEST_CASE("A sign-in link ends after 15 minutes") {
  World world(ON_EACH_DATABASE());
  const auto link = world.node.sign_in_link(world.node.create_user());
  auto browser = world.node.browser();
  world.clock.advance(15min - 1ms);
  CHECK(browser.get(link).status == 200);
  world.clock.advance(1ms);
  CHECK(browser.get(link).status == 302);
  CHECK(browser.post(kPath, form_of(link)).field("location") == "/login?status=link-invalid");
  CHECK_FALSE(browser.jar.contains("access_token"));
}

TEST_CASE("A link that signed nobody in, as the account was suspended, does so once that is lifted") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  const auto link = world.node.sign_in_link(user);
  const auto set = [&](const char* command) {
    world.node.users(command, {{"id", std::to_string(user.value)}, {"reason", "x"}});
  };
  auto browser = world.node.browser();
  set("suspend");
  CHECK(browser.post(kPath, form_of(link)).field("location") == "/login?status=SUSPENDED");
  set("activate");
  CHECK(browser.post(kPath, form_of(link)).field("location") == "/");
  CHECK(browser.post(kPath, form_of(link)).field("location") == "/login?status=link-invalid");
}

TEST_CASE("There is no link for a guest, nor for nobody") {
  World world(ON_EACH_DATABASE());
  const UserId guest{world.node.guest().get("/api/v1/users/me").number("/data/userId")};
  CHECK_THROWS_WITH(world.node.sign_in_link(guest), Catch::Contains("guest cannot sign in"));
  CHECK_THROWS(world.node.sign_in_link(UserId{guest.value + 1}));
  CHECK(world.number("SELECT COUNT(*) FROM sign_in_links") == 0);
}

TEST_CASE("Bad links are refused") {
  World world(ON_EACH_DATABASE());
  const std::string query = GENERATE("", "token=", "token=x", "token=%3Cscript%3E", "other=1");
  auto browser = world.node.browser();
  CHECK(browser.get(std::string(kPath) + "?" + query).field("location") == "/login?status=link-invalid");
  CHECK(browser.post(kPath, query).field("location") == "/login?status=link-invalid");
  CHECK(browser.post(kPath, "token=a&token=b").field("location") == "/login?status=refused");
}

TEST_CASE("Of many who press at once one is signed in") {
  World world(ON_EACH_DATABASE());
  const auto link = world.node.sign_in_link(world.node.create_user());
  std::vector<Browser> browsers(6, world.node.browser());
  std::vector<std::thread> threads;
  for (auto& browser : browsers) threads.emplace_back([&] { browser.post(kPath, form_of(link)); });
  for (auto& thread : threads) thread.join();
  CHECK(std::ranges::count_if(browsers, [](const Browser& browser) { return !browser.jar.empty(); }) == 1);
  CHECK(world.number("SELECT COUNT(*) FROM sessions") == 1);
}

TEST_CASE("Signing in makes an inactive account active, with a row of history") {
  World world(ON_EACH_DATABASE());
  const int status = GENERATE(1, 2);
  const auto user = world.node.create_user();
  world.execute(status == 1 ? "UPDATE accounts SET status = 1" : "UPDATE accounts SET status = 2");
  CHECK(world.node.signed_in(user).get("/api/v1/users/me").status == 200);
  const std::string reason = status == 1 ? "비활성화 해제" : "탈퇴 철회";
  CHECK(world.number("SELECT COUNT(*) FROM account_history WHERE status = 0 AND reason = '" + reason + "'") == 1);
}

TEST_CASE("A guest who signs in takes posts, comments and likes along when asked to") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto member = world.node.signed_in(user);
  auto guest = world.node.guest();
  const auto both = feed_id(member.post("/api/v1/feeds", R"({"content":"둘 다"})"));
  const auto own = feed_id(guest.post("/api/v1/feeds", R"({"content":"손님"})"));
  const auto like = "/api/v1/feedLikes/" + std::to_string(both);
  guest.send("PUT", like);
  member.send("PUT", like);
  guest.send("PUT", "/api/v1/feedLikes/" + std::to_string(own));
  const auto comment = guest.post("/api/v1/comments", R"({"feedId":)" + std::to_string(both) + R"(,"content":"댓글"})")
                           .number("/data/commentId");
  for (auto* who : {&guest, &member}) who->send("PUT", "/api/v1/commentLikes/" + std::to_string(comment));

  const auto link = world.node.sign_in_link(user);
  CHECK_THAT(guest.get(link).body, Catch::Contains("keepPosts"));
  CHECK_THAT(member.get(link).body, !Catch::Contains("keepPosts"));  // only a guest's posts are taken along
  const auto as_guest = guest.jar;
  CHECK(guest.post(kPath, form_of(link) + "&keepPosts=true").field("location") == "/");
  CHECK(guest.get("/api/v1/users/me").at("/data/userId") == user.value);
  CHECK(world.counts_are_right());
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 1);
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE user_id = " + std::to_string(user.value)) == 2);
  CHECK(world.number("SELECT COUNT(*) FROM comments WHERE user_id = " + std::to_string(user.value)) == 1);
  CHECK(world.number("SELECT COUNT(*) FROM post_likes") == 2);
  CHECK(world.number("SELECT like_count FROM posts WHERE id = " + std::to_string(both)) == 1);
  CHECK(world.number("SELECT COUNT(*) FROM comment_likes") == 1);
  CHECK(world.number("SELECT like_count FROM comments WHERE id = " + std::to_string(comment)) == 1);
  CHECK(world.number("SELECT comment_count FROM posts WHERE id = " + std::to_string(both)) == 1);
  guest.jar = as_guest;
  CHECK(guest.get("/api/v1/users/me").status == 401);
  CHECK(guest.post("/api/token").status == 401);
}

TEST_CASE("A guest who signs in may leave the posts; the guest's session ends") {
  World world(ON_EACH_DATABASE());
  const auto user = world.node.create_user();
  auto guest = world.node.guest();
  guest.post("/api/v1/feeds", R"({"content":"손님"})");
  const auto as_guest = guest.jar;
  CHECK(guest.post(kPath, form_of(world.node.sign_in_link(user))).field("location") == "/");
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE user_id = " + std::to_string(user.value)) == 0);
  CHECK(world.number("SELECT COUNT(*) FROM posts") == 1);
  guest.jar = as_guest;
  CHECK(guest.get("/api/v1/users/me").status == 401);
}

TEST_CASE("A link that is bad, and a member, take nobody's posts") {
  World world(ON_EACH_DATABASE());
  const auto first = world.node.create_user();
  const auto second = world.node.create_user();
  auto guest = world.node.guest();
  guest.post("/api/v1/feeds", R"({"content":"손님"})");
  guest.post(kPath, "token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&keepPosts=true");
  CHECK(guest.get("/api/v1/users/me").at("/data/userRole") == "GUEST");

  auto member = world.node.signed_in(first);
  member.post("/api/v1/feeds", R"({"content":"회원"})");
  member.post(kPath, form_of(world.node.sign_in_link(second)) + "&keepPosts=true");
  CHECK(member.get("/api/v1/users/me").at("/data/userId") == second.value);
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE user_id = " + std::to_string(first.value)) == 1);
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 3);
}
