#include <algorithm>
#include <regex>
#include <thread>

#include "dontgoback/mail/message.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view kAsk = "/api/v1/sign-in/email";
constexpr std::string_view kCode = "/api/v1/sign-in/email/code";
constexpr std::string_view kLink = "/api/sign-in/email";
constexpr std::string_view kExpired = "/login?status=expired";

Answer ask(Browser& browser, const std::string& email, const std::string& more = "") {
  return browser.post(kAsk, R"({"email":")" + email + "\"" + more + "}");
}

mail::Message last_mail(World& world) {
  const auto payload = world.database.read([](storage::Connection& connection) {
    return std::get<0>(connection.one<std::string>("SELECT payload FROM outbox ORDER BY id DESC LIMIT 1").value());
  });
  return mail::read(payload).value().message;
}

/// The path and query of the link in the last mail.
std::string last_link(World& world) {
  const auto text = last_mail(world).text;
  const auto at = text.find(std::string(kPublicUrl) + std::string(kLink));
  REQUIRE(at != std::string::npos);
  return text.substr(at + kPublicUrl.size(), text.find('\n', at) - at - kPublicUrl.size());
}

std::string form_of(const std::string& link) { return link.substr(link.find('?') + 1); }

std::string code_on(const Answer& page) {
  std::smatch found;
  const std::regex digits("id=\"code\">([0-9]{6})<");
  return std::regex_search(page.body, found, digits) ? found[1].str() : "";
}

/// The page with the digits, which another browser gets by its button.
std::string digits_in(Browser browser, const std::string& link) {
  return code_on(browser.post(kLink, form_of(link) + "&show=digits"));
}

std::string typed(const std::string& code) { return R"({"code":")" + code + "\"}"; }

std::string other_code(const std::string& code) { return code == "000000" ? "000001" : "000000"; }

UserId member(World& world, const std::string& email) {
  return UserId{json_at(world.node.users("create", {{"email", email}}, true), "/userId").as_int64()};
}

}  // namespace

TEST_CASE("A link in a mail signs in the browser that asked, once") {
  World world(ON_EACH_DATABASE());
  const auto user = member(world, "kim@example.com");
  auto browser = world.node.browser();
  const auto asked = ask(browser, "KIM@example.com");
  CHECK(asked.status == 200);
  CHECK(last_mail(world).to == "kim@example.com");
  const auto link = last_link(world);
  for (int i = 0; i < 2; ++i) {
    const auto page = browser.get(link);
    CHECK(page.status == 200);
    CHECK(page.field("cache-control") == "no-store");
    CHECK_THAT(page.body, Catch::Contains("<button>"));
    CHECK(code_on(page).empty());
  }
  auto replay = browser;
  const auto arrived = browser.post(kLink, form_of(link));
  CHECK(arrived.status == 303);
  CHECK(arrived.field("location") == "/");
  CHECK(browser.get("/api/v1/users/me").at("/data/userId") == user.value);

  auto thief = world.node.browser();
  CHECK(thief.post(kLink, form_of(link)).field("location") == kExpired);
  world.clock.advance(31s);
  CHECK(replay.post(kLink, form_of(link)).field("location") == kExpired);
  CHECK(replay.get(link).field("location") == kExpired);
  CHECK(world.number("SELECT COUNT(*) FROM sessions") == 1);
}

TEST_CASE("A link that was used, and whose answer was lost, does the same again for half a minute") {
  World world(ON_EACH_DATABASE());
  member(world, "kim@example.com");
  auto browser = world.node.browser();
  ask(browser, "kim@example.com");
  const auto link = last_link(world);
  auto again = browser;
  CHECK(browser.post(kLink, form_of(link)).field("location") == "/");
  world.clock.advance(30s);
  CHECK(again.post(kLink, form_of(link)).field("location") == "/");
}

TEST_CASE("A link in another browser signs nobody in and uses nothing up; its code is typed where it was asked for") {
  World world(ON_EACH_DATABASE());
  const auto user = member(world, "kim@example.com");
  auto browser = world.node.browser();
  ask(browser, "kim@example.com");
  const auto link = last_link(world);
  auto phone = world.node.browser();
  CHECK(phone.post(kLink, form_of(link)).field("location") == kExpired);
  const auto page = phone.get(link);
  CHECK_THAT(page.body, Catch::Contains("name=\"show\" value=\"digits\""));
  CHECK(code_on(page).empty());
  CHECK(world.number("SELECT COUNT(*) FROM email_links WHERE shown_at IS NULL") == 1);
  const auto code = digits_in(phone, link);
  REQUIRE(code.size() == 6);
  CHECK(digits_in(phone, link) == code);
  CHECK(phone.jar.empty());
  CHECK(phone.post(kCode, typed(code)).status == 410);
  CHECK_THAT(last_mail(world).text, !Catch::Contains(code));

  const auto wrong = browser.post(kCode, typed(other_code(code)));
  CHECK(wrong.status == 400);
  CHECK(wrong.number("/data/triesLeft") == 4);
  const auto right = browser.post(kCode, typed(code.substr(0, 3) + " " + code.substr(3)));
  CHECK(right.status == 200);
  CHECK(right.at("/data/location") == "/");
  CHECK(browser.get("/api/v1/users/me").at("/data/userId") == user.value);
  CHECK(phone.get(link).field("location") == kExpired);
}

TEST_CASE("Five wrong codes end the link, however many try at once") {
  World world(ON_EACH_DATABASE());
  member(world, "kim@example.com");
  auto browser = world.node.browser();
  ask(browser, "kim@example.com");
  const auto link = last_link(world);
  const auto code = digits_in(world.node.browser(), link);
  std::vector<Browser> tabs(5, browser);
  std::vector<std::thread> threads;
  for (auto& tab : tabs) threads.emplace_back([&] { tab.post(kCode, typed(other_code(code))); });
  for (auto& thread : threads) thread.join();
  CHECK(browser.post(kCode, typed(code)).status == 410);
  CHECK(browser.get(link).field("location") == kExpired);
  CHECK(browser.post(kLink, form_of(link)).field("location") == kExpired);
  CHECK(world.number("SELECT COUNT(*) FROM sessions") == 0);
}

TEST_CASE("The code of a link that nobody has asked for is of no use, whoever opened the link") {
  World world(ON_EACH_DATABASE());
  member(world, "kim@example.com");
  auto browser = world.node.browser();
  ask(browser, "kim@example.com");
  const auto code = digits_in(world.node.browser(), last_link(world));
  world.execute("UPDATE email_links SET shown_at = NULL");
  world.node.browser().get(last_link(world));
  CHECK(browser.post(kCode, typed(code)).status == 400);
}

TEST_CASE("Who is known and who is not get the same answer; nobody's address leads to a sign-up") {
  World world(ON_EACH_DATABASE());
  member(world, "kim@example.com");
  auto one = world.node.browser();
  auto other = world.node.browser();
  const auto known = ask(one, "kim@example.com");
  const auto unknown = ask(other, "lee@example.com");
  CHECK(known.status == unknown.status);
  CHECK(known.body == unknown.body);
  CHECK(other.post(kLink, form_of(last_link(world))).field("location") == "/welcome");
  CHECK(other.jar.count("sign_up") == 1);
}

TEST_CASE("Where nobody can sign up only the mail says so") {
  World world(ON_EACH_DATABASE(), {{"sign-up", "closed"}});
  member(world, "kim@example.com");
  auto browser = world.node.browser();
  const auto unknown = ask(browser, "lee@example.com");
  CHECK_THAT(last_mail(world).text, !Catch::Contains("token="));
  const auto known = ask(browser, "kim@example.com");
  CHECK(known.body == unknown.body);
  CHECK_THAT(last_mail(world).text, Catch::Contains("token="));
}

TEST_CASE("A link in a mail ends after 15 minutes, with its code") {
  World world(ON_EACH_DATABASE());
  member(world, "kim@example.com");
  auto browser = world.node.browser();
  ask(browser, "kim@example.com");
  const auto link = last_link(world);
  const auto code = digits_in(world.node.browser(), link);
  world.clock.advance(15min);
  CHECK(browser.get(link).field("location") == kExpired);
  CHECK(browser.post(kLink, form_of(link)).field("location") == kExpired);
  CHECK(browser.post(kCode, typed(code)).status == 410);
}

TEST_CASE("A browser that asks twice may use either mail") {
  World world(ON_EACH_DATABASE());
  member(world, "kim@example.com");
  auto browser = world.node.browser();
  ask(browser, "kim@example.com");
  const auto first = last_link(world);
  ask(browser, "kim@example.com");
  const auto code = digits_in(world.node.browser(), first);
  CHECK(browser.post(kCode, typed(code)).status == 200);
}

TEST_CASE("Mails are limited for each target") {
  World world(ON_EACH_DATABASE());
  int sent = 0;
  Answer answer;
  for (; sent < 20; ++sent) {
    auto browser = world.node.browser("127.0.0." + std::to_string(10 + sent));
    answer = ask(browser, "kim@example.com");
    if (answer.status != 200) break;
  }
  CHECK(sent == 6);
  CHECK(answer.status == 429);
  CHECK(!answer.field("retry-after").empty());
  CHECK(world.number("SELECT COUNT(*) FROM outbox") == 6);
  auto browser = world.node.browser();
  CHECK(ask(browser, "lee@example.com").status == 200);
}

TEST_CASE("What is not an address, and what is not asked well, is 400") {
  World world(ON_EACH_DATABASE());
  auto browser = world.node.browser();
  const std::string body =
      GENERATE("", "{}", R"({"email":""})", R"({"email":"a"})", R"({"email":"a@b\r\nBcc: c@d.com"})", R"({"email":7})",
               R"({"email":"a@b.com","keepPosts":"yes"})");
  CHECK(browser.post(kAsk, body).status == 400);
  CHECK(browser.jar.empty());
  CHECK(world.number("SELECT COUNT(*) FROM outbox") == 0);
}

TEST_CASE("Suspended members are told so when they have proved who they are") {
  World world(ON_EACH_DATABASE());
  member(world, "kim@example.com");
  world.execute("UPDATE accounts SET status = 3");
  auto browser = world.node.browser();
  ask(browser, "kim@example.com");
  CHECK(browser.post(kLink, form_of(last_link(world))).field("location") == "/login?status=SUSPENDED");
  CHECK(world.number("SELECT COUNT(*) FROM sessions") == 0);
}

TEST_CASE("What a guest wrote comes along by mail, too, when that was asked for") {
  World world(ON_EACH_DATABASE());
  const auto user = member(world, "kim@example.com");
  auto guest = world.node.guest();
  guest.post("/api/v1/feeds", R"({"content":"손님"})");
  ask(guest, "kim@example.com", R"(,"keepPosts":true)");
  CHECK(guest.post(kLink, form_of(last_link(world))).field("location") == "/");
  CHECK(world.number("SELECT COUNT(*) FROM posts WHERE user_id = " + std::to_string(user.value)) == 1);
  CHECK(world.number("SELECT COUNT(*) FROM accounts") == 1);
}
