#include "integration/walk_walkers/walkers_world.hpp"

#include "support/core/world.hpp"

namespace dontgoback::test {
namespace {

constexpr std::string_view kUrl = "http://walk.test";

config::Node settings_in(const std::filesystem::path& data_dir) {
  auto node = node_in(data_dir);
  node.public_url = kUrl;
  node.web_origins = {node.public_url};
  return node;
}

}  // namespace

storage::Migrations walk_and_core() {
  auto schema = core_schema();
  for (const auto& migration : walk::WalkModule().migrations()) schema.push_back(migration);
  return schema;
}

WalkersWorld::WalkersWorld(storage::Dialect dialect, const GivenOptions& more)
    : fresh(dialect, walk_and_core()),
      database(*fresh),
      node({.clock = clock,
            .node = settings_in(fresh.directory()),
            .database = &database,
            .services = std::make_shared<NoServices>()}) {
  // Members and phones of one provider, as most services have them.
  node.start(core, {{"sign-in-provider", "office=" + issuer.url()}, {"sign-in-client", "office=web.walk.test"}});
  GivenOptions given{{"walk-sign-in", "office=" + issuer.url() + " app.walk.test"},
                     {"walk-sign-in", "kakao=" + issuer.url() + " app.walk.test"},
                     {"walk-sign-in-without-nonce", "kakao"}};
  given.insert(given.end(), more.begin(), more.end());
  node.start(walk, given);
  node.run();
}

Answer WalkersWorld::send(const Phone& phone, std::string_view method, std::string_view target, std::string_view body) {
  return browser().send(method, target, body, {{"Authorization", "Bearer " + phone.access}});
}

std::string WalkersWorld::nonce() {
  return std::string(browser().post("/api/v1/walkers/nonce").at("/data/nonce").as_string());
}

Answer WalkersWorld::sign_in(const std::string& subject) {
  const auto given = nonce();
  return begin(R"({"provider":"office","idToken":")" + issuer.token({.subject = subject, .nonce = given}) +
               R"(","nonce":")" + given + "\"}");
}

Phone WalkersWorld::phone_in(const Answer& answer) {
  INFO(answer.body);
  REQUIRE(answer.status == 200);
  return {std::string(answer.at("/data/accessToken").as_string()),
          std::string(answer.at("/data/refreshToken").as_string()),
          std::string(answer.at("/data/walker/walkerId").as_string())};
}

Answer WalkersWorld::renew(std::string_view refresh_token) {
  return browser().post("/api/v1/walkers/token", R"({"refreshToken":")" + std::string(refresh_token) + "\"}");
}

Browser WalkersWorld::member(const std::string& subject) {
  const auto made = node.command(core.commands(), "users", "create", {{"member-role", "USER"}}, true).out;
  const auto user = std::to_string(json_at(made, "/userId").as_int64());
  if (!subject.empty()) {
    execute("INSERT INTO identities (issuer, subject, user_id, provider, linked_at) VALUES ('" + issuer.url() + "', '" +
            subject + "', " + user + ", 'office', 1)");
  }
  auto link = node.command(core.commands(), "users", "sign-in-link", {{"id", user}}).out;
  link.pop_back();
  auto browser = this->browser();
  browser.post("/api/sign-in-link", link.substr(link.find('?') + 1));
  REQUIRE(browser.get("/api/v1/users/me").number("/data/userId") == std::stoll(user));
  return browser;
}

std::string WalkersWorld::ticket(Browser& member) {
  const auto answer = member.post("/api/v1/users/me/walker-ticket");
  REQUIRE(answer.status == 201);
  return std::string(answer.at("/data/ticket").as_string());
}

std::string WalkersWorld::command(const std::string& name, const GivenOptions& given, bool json) {
  return node.command(walk.commands(), "walkers", name, given, json).out;
}

std::int64_t WalkersWorld::number(std::string_view sql) {
  return std::get<0>(
      database.read([sql](storage::Connection& connection) { return connection.one<std::int64_t>(sql); }).value());
}

void WalkersWorld::execute(std::string_view sql) {
  database.write([sql](storage::Connection& connection) { connection.execute(sql); });
}

}  // namespace dontgoback::test
