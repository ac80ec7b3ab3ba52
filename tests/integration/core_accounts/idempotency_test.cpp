#include "core/idempotency/idempotency.hpp"

#include <thread>

#include "core/parts.hpp"
#include "dontgoback/http/error.hpp"
#include "support/core/world.hpp"

using namespace dontgoback;
using namespace dontgoback::test;
using namespace std::chrono_literals;

namespace {

struct OneField final : http::HeaderFields {
  explicit OneField(std::string_view text, std::size_t count = 1) : key(text), times(count) {}
  std::optional<std::string_view> find(std::string_view) const override { return key; }
  std::size_t count(std::string_view) const override { return times; }
  std::string_view key;
  std::size_t times;
};

/// Accounts that act once: each act is one more won.
struct Acting {
  Acting() : fresh(ON_EACH_DATABASE(), core_schema()) {
    first = make();
    second = make();
  }
  UserId make() {
    return fresh->write([this](storage::Connection& connection) {
      return parts.life_cycle.create(connection, {http::Role::user, std::nullopt, {}, {}});
    });
  }

  http::Response act(UserId user, std::string_view key, std::string_view body, int status = 201) {
    const OneField field(key);
    return act_with(field, user, body, status);
  }
  http::Response act_with(const OneField& field, UserId user, std::string_view body, int status) {
    http::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.headers = &field;
    request.identity.kind = http::Identity::Kind::account;
    request.identity.user = user;
    return core::idempotency::once(*fresh, clock, trust, request, body, [&](storage::Connection& connection) {
      connection.execute("UPDATE accounts SET amount = amount + 1 WHERE id = :id", user);
      const auto amount = parts.directory.find(connection, user, {})->amount.value;
      if (status == 500) throw http::Error(FailureKind::invalid, {"안 됨", "no"});
      return http::envelope(request, status, {"완료", "Done."}, [&](json::Writer& writer) {
        writer.begin_array();
        writer.value(amount);
        writer.value(body);
        writer.end_array();
      });
    });
  }
  std::int64_t acts(UserId user) {
    return fresh->read([&](auto& connection) { return parts.directory.find(connection, user, {}); })->amount.value -
           core::accounts::kFirstAmount.value;
  }

  std::int64_t number(const char* sql) {
    return fresh->read([&](auto& connection) { return std::get<0>(*connection.template one<std::int64_t>(sql)); });
  }

  const core::Parts parts;
  FreshDatabase fresh;
  SetClock clock;
  SetTrust trust{clock};
  UserId first, second;
  http::Method method = http::Method::post;
  std::string_view path = "/api/v1/feeds";
};

bool fails_with(FailureKind kind, const std::function<void()>& call) {
  try {
    call();
  } catch (const http::Error& error) {
    return error.failure().kind == kind;
  }
  return false;
}

}  // namespace

TEST_CASE("The same key and body act once and answer the same") {
  Acting it;
  const auto answer = it.act(it.first, "key", "{}");
  const auto again = it.act(it.first, "key", "{}");
  CHECK(again.status == 201);
  CHECK(again.body == answer.body);
  CHECK(it.acts(it.first) == 1);
  CHECK(fails_with(FailureKind::conflict, [&] { it.act(it.first, "key", "{ }"); }));
  CHECK(it.acts(it.first) == 1);

  it.act(it.first, "other", "{}");
  CHECK(it.acts(it.first) == 2);
  it.act(it.second, "key", "{}");
  CHECK(it.acts(it.second) == 1);
}

TEST_CASE("A key is of one method and path: with others it is another request's") {
  Acting it;
  const auto answer = it.act(it.first, "key", "{}");
  const auto refused = [&] { return fails_with(FailureKind::conflict, [&] { it.act(it.first, "key", "{}"); }); };
  it.path = "/api/v1/comments";
  CHECK(refused());
  it.path = "/api/v1/feeds";
  it.method = http::Method::put;
  CHECK(refused());
  it.method = http::Method::post;
  CHECK(it.act(it.first, "key", "{}").body == answer.body);
  CHECK(it.acts(it.first) == 1);
}

TEST_CASE("A key is kept for 24 hours") {
  Acting it;
  it.act(it.first, "key", "{}");
  it.clock.advance(24h - 1ms);
  it.act(it.first, "key", "{}");
  CHECK(it.acts(it.first) == 1);
  it.clock.advance(1ms);
  it.act(it.first, "key", "{ }");
  CHECK(it.acts(it.first) == 2);
  it.act(it.first, "key", "{ }");
  CHECK(it.acts(it.first) == 2);
}

TEST_CASE("What failed does not use the key up") {
  Acting it;
  CHECK(fails_with(FailureKind::invalid, [&] { it.act(it.first, "key", "{}", 500); }));
  CHECK(it.acts(it.first) == 0);
  CHECK(it.act(it.first, "key", "{}", 404).status == 404);
  CHECK(it.act(it.first, "key", "other").status == 201);
}

TEST_CASE("Without a key everything acts") {
  Acting it;
  const OneField none("", 0);
  it.act_with(none, it.first, "{}", 201);
  it.act_with(none, it.first, "{}", 201);
  CHECK(it.acts(it.first) == 2);
}

TEST_CASE("Keys are 1 to 64 printable ASCII characters, given once") {
  Acting it;
  for (const std::string& bad :
       {std::string(), std::string(65, 'k'), std::string("키"), std::string("a\tb"), std::string("\x7f")}) {
    CHECK(fails_with(FailureKind::invalid, [&] { it.act(it.first, bad, "{}"); }));
  }
  const OneField twice("key", 2);
  CHECK(fails_with(FailureKind::invalid, [&] { it.act_with(twice, it.first, "{}", 201); }));
  CHECK(it.acts(it.first) == 0);
  it.act(it.first, std::string(64, '~'), "{}");
  CHECK(it.acts(it.first) == 1);
}

TEST_CASE("Twins at the same moment act once and answer the same") {
  Acting it;
  for (int round = 0; round < 5; ++round) {
    const auto key = "twins" + std::to_string(round);
    std::vector<std::string> bodies(8);
    std::vector<std::thread> threads;
    for (auto& body : bodies) threads.emplace_back([&] { body = it.act(it.first, key, "{}").body; });
    for (auto& thread : threads) thread.join();
    CHECK_FALSE(bodies[0].empty());
    CHECK(bodies == std::vector(8, bodies[0]));
    CHECK(it.acts(it.first) == round + 1);
  }
}

TEST_CASE("What is kept is small, and answers the same to the byte") {
  Acting it;
  std::string text;
  for (int i = 0; i < 600; ++i) text += i % 3 == 0 ? "\"" : "글";
  const auto answer = it.act(it.first, "key", text);
  CHECK(answer.body.size() > text.size());
  CHECK(it.act(it.first, "key", text).body == answer.body);
  CHECK(it.acts(it.first) == 1);
  CHECK(it.number("SELECT LENGTH(body) FROM idempotency_keys") < 100);
  // Also where the text is what the envelope itself says.
  int number = 0;
  for (const std::string twin : {"S-201", "", "완료", "Done.", "message"}) {
    const auto key = std::to_string(++number);
    CHECK(it.act(it.first, key, twin).body == it.act(it.first, key, twin).body);
  }
}

TEST_CASE("An answer kept whole by an earlier version is repeated") {
  Acting it;
  const auto answer = it.act(it.first, "key", "{}");
  it.fresh->write([&](storage::Connection& connection) {
    connection.execute("UPDATE idempotency_keys SET body = :body, text_at = NULL, number = 0", answer.body);
  });
  CHECK(it.act(it.first, "key", "{}").body == answer.body);
  CHECK(it.acts(it.first) == 1);
}

TEST_CASE("Of an account the last 1000 keys are kept, whatever others do") {
  Acting it;
  it.act(it.second, "another's", "{}");
  const auto key = [](int number) { return "key" + std::to_string(number); };
  for (int i = 1; i <= 1000; ++i) it.act(it.first, key(i), "{}");
  it.act(it.first, key(1), "{}");
  CHECK(it.acts(it.first) == 1000);
  it.act(it.first, key(1001), "{}");
  it.act(it.first, key(1002), "{}");
  CHECK(it.number("SELECT COUNT(*) FROM idempotency_keys") == 1001);
  for (int i : {3, 500, 1002}) it.act(it.first, key(i), "{}");
  it.act(it.second, "another's", "{}");
  CHECK(it.acts(it.first) == 1002);
  CHECK(it.acts(it.second) == 1);
  it.act(it.first, key(2), "{}");  // forgotten
  CHECK(it.acts(it.first) == 1003);
}
