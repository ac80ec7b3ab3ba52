#include <algorithm>
#include <boost/describe.hpp>

#include "audit/audit.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "handlers.hpp"
#include "rules_store.hpp"

namespace dontgoback::core::moderation {
namespace {

struct RulesRequest {
  std::int64_t version = 0;
  std::vector<std::string> words;
  std::int64_t newcomerHours = 0;
  std::string newcomerLinks;
};
BOOST_DESCRIBE_STRUCT(RulesRequest, (), (version, words, newcomerHours, newcomerLinks))

constexpr Failure kTooMany{FailureKind::invalid, {"단어는 500개까지입니다.", "There are at most 500 words."}};
constexpr Failure kHours{FailureKind::invalid,
                         {"`newcomerHours`는 0에서 720까지입니다.", "`newcomerHours` is 0 to 720."}};
constexpr Failure kLinks{FailureKind::invalid,
                         {"`newcomerLinks`는 SHOW 또는 HOLD입니다.", "`newcomerLinks` is SHOW or HOLD."}};
constexpr Failure kChanged{
    FailureKind::conflict,
    {"그 사이에 바뀌었습니다. 다시 불러와 주세요.", "They were changed meanwhile. Read them again."}};

Rules rules_of(const http::Request& request) {
  const auto body = http::unwrap(json::read<RulesRequest>(request.body));
  if (body.words.size() > kMaxWords) throw http::Error(kTooMany);
  if (body.newcomerHours < 0 || body.newcomerHours > kMaxNewcomerHours) throw http::Error(kHours);
  if (body.newcomerLinks != "SHOW" && body.newcomerLinks != "HOLD") throw http::Error(kLinks);
  Rules rules{
      body.version, {}, static_cast<int>(body.newcomerHours), body.newcomerLinks == "HOLD" ? Links::hold : Links::show};
  for (const auto& word : body.words) rules.words.push_back(http::unwrap(read_word(word)));
  std::ranges::sort(rules.words);
  const auto twice = std::ranges::unique(rules.words);
  rules.words.erase(twice.begin(), twice.end());
  return rules;
}

http::Response answer(const http::Request& request, const Rules& rules) {
  return http::envelope(request, 200, {"검토 규칙입니다.", "What is held back."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("version", rules.version);
    writer.key("words");
    writer.begin_array();
    for (const auto& word : rules.words) writer.value(word);
    writer.end_array();
    writer.field("newcomerHours", rules.newcomer_hours);
    writer.field("newcomerLinks", rules.newcomer_links == Links::hold ? "HOLD" : "SHOW");
    writer.end_object();
  });
}

bool same(const Rules& a, const Rules& b) {
  return a.words == b.words && a.newcomer_hours == b.newcomer_hours && a.newcomer_links == b.newcomer_links;
}

}  // namespace

http::Response get_rules(const Moderation& moderation, const http::Request& request) {
  return answer(request, moderation.database.read(read_rules));
}

http::Response put_rules(const Moderation& moderation, const http::Request& request) {
  const auto wanted = rules_of(request);
  return answer(request, moderation.database.write([&](storage::Connection& connection) {
    const auto now = hold_rules(connection);
    if (same(now, wanted)) return now;  // the same again, whose answer was lost
    if (now.version != wanted.version) throw http::Error(kChanged);
    write_rules(connection, wanted);
    audit::record(connection, request.identity.user, audit::Action::change_rules, {}, "", moderation.clock.now());
    return read_rules(connection);
  }));
}

}  // namespace dontgoback::core::moderation
