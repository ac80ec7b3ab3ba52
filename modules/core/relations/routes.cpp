#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "rules.hpp"

namespace dontgoback::core::relations {
namespace {

// kMostWords of kLongestWord code points, each escaped as two surrogates (12 bytes), with quotes and commas.
constexpr std::size_t kWordsBody = 64 * 1024;

struct Parts {
  storage::Database& database;
  const time::Clock& clock;
  const time::Zone& zone;
  const accounts::Directory& directory;
  const Listeners& listeners;
};

struct WordsRequest {
  std::vector<std::string> words;
};
BOOST_DESCRIBE_STRUCT(WordsRequest, (), (words))

http::Response done() {
  http::Response response;
  response.status = 204;
  return response;
}

UserId other_of(const http::Request& request) { return {http::path_id(request, "userId")}; }

template <auto turn>
http::Response turn_away(const Parts& parts, const http::Request& request) {
  const TurningAway turning{request.identity.user, other_of(request), parts.clock.now()};
  parts.database.write(
      [&](storage::Connection& connection) { http::unwrap(turn(connection, parts.listeners, turning)); });
  return done();
}

template <auto turn>
http::Response turn_back(const Parts& parts, const http::Request& request) {
  const auto other = other_of(request);
  parts.database.write(
      [&](storage::Connection& connection) { http::unwrap(turn(connection, request.identity.user, other)); });
  return done();
}

/// Whom one blocks is named all the same, so that it can be taken back. Who is hidden has no name, and neither has whom
/// one mutes and is blocked by.
void write(json::Writer& writer, const Related& related, const std::optional<accounts::Account>& account) {
  writer.begin_object();
  writer.field("userId", related.user);
  writer.key("userName");
  if (account && !accounts::is_hidden(account->status)) {
    writer.value(account->name());
  } else {
    writer.null();
  }
  writer.field("since", related.since);
  writer.end_object();
}

template <Kind kind>
http::Response list(const Parts& parts, const http::Request& request) {
  const auto before = http::page_before(request, "lastUserId");
  const auto size = http::page_size(request);
  const auto today = parts.zone.day_of(parts.clock.now());
  constexpr auto kBlocks = kind == Kind::blocks;
  return parts.database.read([&](storage::Connection& connection) {
    const auto found = related(connection, request.identity.user, kind, before, size);
    return http::envelope(request, 200,
                          kBlocks ? Message{"차단한 사용자입니다.", "Whom you block."}
                                  : Message{"뮤트한 사용자입니다.", "Whom you mute."},
                          [&](json::Writer& writer) {
                            writer.begin_object();
                            writer.key(kBlocks ? "blocks" : "mutes");
                            writer.begin_array();
                            for (const auto& each : found) {
                              const bool named = kBlocks || !are_apart(connection, request.identity.user, each.user);
                              write(writer, each,
                                    named ? parts.directory.find(connection, each.user, today) : std::nullopt);
                            }
                            writer.end_array();
                            writer.end_object();
                          });
  });
}

http::Response get_words(const Parts& parts, const http::Request& request) {
  const auto words = parts.database.read(
      [&](storage::Connection& connection) { return hidden_words(connection, request.identity.user); });
  return http::envelope(request, 200, {"숨긴 단어입니다.", "The words that you hide."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key("words");
    writer.begin_array();
    for (const auto& word : words) writer.value(word);
    writer.end_array();
    writer.end_object();
  });
}

http::Response set_words(const Parts& parts, const http::Request& request) {
  const auto words = http::unwrap(read_words(http::unwrap(json::read<WordsRequest>(request.body)).words));
  parts.database.write([&](storage::Connection& connection) { hide_words(connection, request.identity.user, words); });
  return done();
}

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions, const accounts::Directory& directory,
                const Listeners& listeners) {
  using http::kNoBody, http::Lane, http::Method, http::RouteClass;
  using Handle = http::Response (*)(const Parts&, const http::Request&);

  const Parts parts{host.database, host.clock, host.zone, directory, listeners};
  const auto add = [&](Method method, std::string_view path, std::size_t body, Handle handle) {
    const bool reads = method == Method::get;
    host.router.add({method, path, http::Access::account(sessions).as(reads ? RouteClass::read : RouteClass::write),
                     reads ? Lane::query : Lane::command, body,
                     [parts, handle](const http::Request& request) { return handle(parts, request); }});
  };
  add(Method::get, "/api/v1/blocks", kNoBody, list<Kind::blocks>);
  add(Method::put, "/api/v1/blocks/{userId}", kNoBody, turn_away<block>);
  add(Method::del, "/api/v1/blocks/{userId}", kNoBody, turn_back<unblock>);
  add(Method::get, "/api/v1/mutes", kNoBody, list<Kind::mutes>);
  add(Method::put, "/api/v1/mutes/{userId}", kNoBody, turn_away<mute>);
  add(Method::del, "/api/v1/mutes/{userId}", kNoBody, turn_back<unmute>);
  add(Method::get, "/api/v1/hidden-words", kNoBody, get_words);
  add(Method::put, "/api/v1/hidden-words", kWordsBody, set_words);
}

}  // namespace dontgoback::core::relations
