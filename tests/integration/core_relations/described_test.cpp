// Every call of the API's description, asked across a block.
#include <boost/json/parse.hpp>
#include <fstream>
#include <map>
#include <sstream>

#include "described_calls.hpp"
#include "integration/core_notifications/event_source.hpp"
#include "relations_talk.hpp"

using namespace dontgoback;
using namespace dontgoback::test;

namespace {

using Ids = std::map<std::string, std::string>;

/// `text` with the ids in place of their names in brackets.
std::string with(const Ids& ids, std::string_view text) {
  std::string filled(text);
  for (const auto& [name, id] : ids) {
    const auto placeholder = "{" + name + "}";
    for (auto at = filled.find(placeholder); at != std::string::npos; at = filled.find(placeholder, at + id.size())) {
      filled.replace(at, placeholder.size(), id);
    }
  }
  return filled;
}

/// What an answer is but for what no two have in common.
std::string seen(const Answer& answer) {
  std::string text = std::to_string(answer.status) + "\n";
  for (const auto& [name, value] : answer.fields) {
    if (name == "x-request-id" || name == "date" || name.starts_with("ratelimit")) continue;
    text.append(name).append(": ").append(value).append("\n");
  }
  return text.append("\n").append(answer.body);
}

/// The operations of the description but walkers', who are nobody's accounts: what calls them, `GET /api/v1/feeds`.
std::map<std::string, std::string, std::less<>> described() {
  std::ifstream file(OPENAPI);
  std::stringstream text;
  text << file.rdbuf();
  std::map<std::string, std::string, std::less<>> found;
  const auto paths = json_at(text.str(), "/paths");
  for (const auto& [path, methods] : paths.as_object()) {
    for (const auto& [method, operation] : methods.as_object()) {
      if (!operation.is_object() || !operation.as_object().contains("operationId")) continue;
      if (operation.at("tags").as_array().front() == "walk") continue;
      std::string verb(method);
      for (auto& c : verb) c = static_cast<char>(c - 'a' + 'A');
      found[std::string(operation.at("operationId").as_string())] = verb + " " + std::string(path);
    }
  }
  return found;
}

std::string method_of(std::string_view call) { return std::string(call.substr(0, call.find(' '))); }

/// Whether a target of ours calls what the description has: `/api/v1/feeds/{post}` of `/api/v1/feeds/{feedId}`.
bool calls(std::string_view target, std::string_view path) {
  target = target.substr(0, target.find('?'));
  while (!target.empty() && !path.empty()) {
    if (path.front() == '{') {
      path.remove_prefix(std::min(path.find('}') + 1, path.size()));
      target.remove_prefix(std::min(target.find('/'), target.size()));
    } else if (path.front() != target.front()) {
      return false;
    } else {
      path.remove_prefix(1);
      target.remove_prefix(1);
    }
  }
  return target.empty() && path.empty();
}

/// Ann and Bob, who block each other one way or the other, and what they have done before.
struct Pair : Circle {
  explicit Pair(World& in) : Circle(in) {
    of_third = write_post(third, "나무 셋");
    write_post(bob, "나무 밥");
    for (auto* ids : {&theirs, &gone, &plain, &plain_gone}) {
      auto& id = *ids;
      id["third"] = of_third;
      id["post"] = write_post(ann, "나무 앤이 썼다");
      id["comment"] = write_comment(ann, of_third, "앤이 한 말");
      id["reply"] = write_comment(ann, of_third, "앤이 한 답", write_comment(third, of_third));
    }
    for (const auto& id : {theirs, gone}) {
      write_comment(bob, id.at("post"), "밥이 한 말");
      write_comment(bob, of_third, "밥이 한 답", id.at("comment"));
      put(bob, "feedLikes/" + id.at("post"));
      put(bob, "commentLikes/" + id.at("comment"));
      put(bob, "feeds/" + id.at("post") + "/saved");
      put(bob, "feeds/" + id.at("post") + "/hidden");
      put(ann, "commentLikes/" + std::to_string(comments_in(bob.get("/api/v1/comments/mine")).front()));
    }
    for (const auto& id : {gone, plain_gone}) {
      ann.send("DELETE", "/api/v1/feeds/" + id.at("post"));
      ann.send("DELETE", "/api/v1/comments/" + id.at("comment"));
      ann.send("DELETE", "/api/v1/comments/" + id.at("reply"));
    }
    world.execute(
        "INSERT INTO audit_trail (at, actor_id, action, target_kind, target_id, reason) VALUES (0, 0, 1, 1, " +
        theirs.at("post") + ", 'x')");
    const auto ids_of_ann = [&](Ids& id) {
      id["user"] = of(ann_id);
      id["session"] = std::to_string(world.number("SELECT MAX(id) FROM sessions WHERE user_id = " + of(ann_id)));
      id["act"] = std::to_string(world.number("SELECT MAX(id) FROM audit_trail"));
    };
    ids_of_ann(theirs);
    ids_of_ann(plain);
    for (auto* id : {&gone, &plain_gone}) {
      for (const auto* name : {"user", "session", "act"}) (*id)[name] = "4711";
    }
  }

  void set_away(bool away) {
    world.database.write([&](storage::Connection& c) {
      using enum core::accounts::AccountStatus;
      parts.life_cycle.set_status(c, ann_id, away ? suspended : active, "test", world.clock.now());
    });
    if (!away) ann = world.node.signed_in(ann_id);  // her sessions have ended
  }
  /// What Bob gets of the lists of that kind.
  std::map<std::string, std::string> lists(Known::Kind kind) {
    std::map<std::string, std::string> found;
    for (const auto& [operation, call] : known_calls()) {
      if (call.kind != kind) continue;
      for (const auto& way : call.ways) {
        const auto target = with(theirs, way.target);
        found[target] = seen(bob.get(target));
      }
    }
    return found;
  }
  /// What names Ann in an answer to Bob.
  std::string trace_of_ann(const std::string& text) const {
    for (const auto& trace :
         {std::string("앤이"), "\"userId\":" + theirs.at("user") + ",", "\"userId\":" + theirs.at("user") + "}"}) {
      if (text.find(trace) != std::string::npos) return trace;
    }
    return "";
  }

  std::string of_third;
  Ids theirs;  ///< what Bob has liked, saved and answered
  Ids gone;    ///< the same, deleted, and nobody
  Ids plain;   ///< what he has done nothing with
  Ids plain_gone;
};

}  // namespace

TEST_CASE("Each call of the description is known here, by what it has to do with others") {
  const auto calls_described = described();
  REQUIRE(calls_described.size() > 100);
  for (const auto& [operation, call] : calls_described) {
    INFO(operation << ": " << call << ": say in described_calls.hpp what it answers of who is blocked");
    CHECK(known_calls().contains(operation));
  }
  for (const auto& [operation, call] : known_calls()) {
    INFO(operation);
    REQUIRE(calls_described.contains(operation));
    const auto& described_call = calls_described.find(operation)->second;
    const auto path = described_call.substr(described_call.find(' ') + 1);
    using enum Known::Kind;
    CHECK((call.kind == of_nobody || call.kind == elsewhere) == call.ways.empty());
    CHECK((call.kind == names || call.kind == of_nobody || method_of(described_call) == "GET"));
    for (const auto& way : call.ways) {
      INFO(way.target);
      CHECK(calls(way.target, path));
    }
  }
}

TEST_CASE("Across a block each call answers as for what is deleted, and for nobody") {
  World world(ON_EACH_DATABASE());
  Pair pair(world);
  const bool by_ann = GENERATE(true, false);
  CAPTURE(by_ann);
  const auto as_before = pair.lists(Known::Kind::as_before);
  pair.set_away(true);
  const auto as_if_away = pair.lists(Known::Kind::as_if_away);
  pair.set_away(false);
  CHECK(pair.lists(Known::Kind::as_if_away) != as_if_away);
  REQUIRE((by_ann ? pair.put(pair.ann, "blocks/" + pair.of(pair.bob_id))
                  : pair.put(pair.bob, "blocks/" + pair.of(pair.ann_id))) == 204);

  for (const auto& [target, answer] : pair.lists(Known::Kind::as_if_away)) {
    CAPTURE(target);
    CHECK(answer == as_if_away.at(target));
    CHECK(pair.trace_of_ann(answer) == "");
  }
  for (const auto& [target, answer] : pair.lists(Known::Kind::as_before)) {
    CAPTURE(target);
    if (by_ann || target != "/api/v1/blocks") CHECK(answer == as_before.at(target));  // his own block, he may see
  }
  for (const auto& [target, answer] : pair.lists(Known::Kind::tells_nothing)) {
    CAPTURE(target);
    CHECK(pair.trace_of_ann(answer) == "");
  }
  EventSource stream(world.node, pair.bob, "?lastEventId=0");
  for (auto event = stream.block();; event = stream.block()) {
    CHECK(pair.trace_of_ann(event) == "");
    if (event.find("event: unread") != std::string::npos) break;
  }

  for (const auto& [operation, call] : described()) {
    const auto& known = known_calls().at(operation);
    if (known.kind != Known::Kind::names) continue;
    for (const auto& [target, body] : known.ways) {
      CAPTURE(operation, target, body);
      // Who blocks knows it: may repeat and lift it, and mute besides.
      if (!by_ann && (target.starts_with("/api/v1/blocks/") || target.starts_with("/api/v1/mutes/"))) continue;
      const auto ask = [&](const Ids& ids) {
        return pair.bob.send(method_of(call), with(ids, target), with(ids, body));
      };
      CHECK(seen(ask(pair.theirs)) == seen(ask(pair.gone)));
      const auto answer = ask(pair.plain);
      CHECK(answer.status >= 400);
      CHECK(seen(answer) == seen(ask(pair.plain_gone)));
    }
  }
}
