#include "handlers.hpp"

#include <algorithm>
#include <boost/describe.hpp>

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "links.hpp"
#include "rules.hpp"
#include "store.hpp"

namespace dontgoback::walk::friends {
namespace {

using storage::Connection;

constexpr Failure kNoLink{FailureKind::not_found,
                          {"만료되었거나 더 쓸 수 없는 링크입니다.", "This link has expired, or was taken back."}};
constexpr Failure kWhom{FailureKind::invalid,
                        {"walkerId와 link 가운데 하나를 보내야 합니다.", "It takes one of walkerId and link."}};
constexpr Failure kDirection{FailureKind::invalid, {"direction은 in이나 out이어야 합니다.", "direction is in or out."}};
constexpr Failure kNickname{FailureKind::invalid, {"nickname이 필요합니다.", "nickname is missing."}};
constexpr Failure kCursor{FailureKind::invalid, {"lastWalkerId는 UUID여야 합니다.", "lastWalkerId is a UUID."}};

struct AskBody {
  std::optional<std::string> walkerId;
  std::optional<std::string> link;
};
BOOST_DESCRIBE_STRUCT(AskBody, (), (walkerId, link))

/// Who takes part and has this UUID; as if not there: kNoWalker.
walkers::Walker walker_of(Connection& connection, std::string_view uuid) {
  const auto parsed = walkers::parse_uuid(uuid);
  const auto found = parsed ? walkers::find_by_uuid(connection, *parsed) : std::nullopt;
  if (!found || found->status != walkers::Status::active) throw http::Error(walkers::kNoWalker);
  return *found;
}

Doing doing_of(const Parts& parts, const http::Request& request, const walkers::Walker& other) {
  return {request.identity.walker, other.id, parts.clock.now()};
}

std::string_view word_of(Relation relation) {
  switch (relation) {
    case Relation::oneself:
      return "ME";
    case Relation::asked:
      return "REQUESTED";
    case Relation::asked_by:
      return "REQUESTED_ME";
    case Relation::friends:
      return "FRIEND";
    case Relation::blocked:
      return "BLOCKED";
    case Relation::none:
      break;
  }
  return "NONE";
}

void write_name(json::Writer& writer, const walkers::Uuid& uuid, const std::string& nickname) {
  writer.field("walkerId", walkers::to_string(uuid));
  writer.field("nickname", nickname.empty() ? std::nullopt : std::optional(nickname));
}

http::Response related(const http::Request& request, int status, const Message& message, const walkers::Walker& walker,
                       Relation relation) {
  return http::envelope(request, status, message, [&](json::Writer& writer) {
    writer.begin_object();
    write_name(writer, walker.uuid, walker.nickname);
    writer.field("relation", word_of(relation));
    writer.end_object();
  });
}

http::Response done() {
  http::Response response;
  response.status = 204;
  return response;
}

http::Response list(const Parts& parts, const http::Request& request, Kind kind, std::string_view name,
                    const Message& message) {
  const auto last = http::query_text(request, "lastWalkerId");
  const auto after = last ? walkers::parse_uuid(*last) : std::nullopt;
  if (last && !after) throw http::Error(kCursor);
  const auto size = static_cast<std::size_t>(http::page_size(request));
  const auto all =
      parts.database.read([&](Connection& connection) { return listed(connection, request.identity.walker, kind); });
  auto first = after ? std::ranges::upper_bound(all, *after, {}, &Listed::uuid) : all.begin();
  return http::envelope(request, 200, message, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key(name);
    writer.begin_array();
    for (std::size_t i = 0; i < size && first != all.end(); ++i, ++first) {
      writer.begin_object();
      write_name(writer, first->uuid, first->nickname);
      writer.end_object();
    }
    writer.end_array();
    writer.field("count", static_cast<std::int64_t>(all.size()));
    writer.end_object();
  });
}

/// What is done to the walker of the path.
template <class Act>
http::Response act_on(const Parts& parts, const http::Request& request, Act act) {
  parts.database.write([&](Connection& connection) {
    act(connection, doing_of(parts, request, walker_of(connection, request.path_parameter("walkerId"))));
  });
  return done();
}

}  // namespace

http::Response search(const Parts& parts, const http::Request& request) {
  const auto nickname = http::query_text(request, "nickname");
  if (!nickname) throw http::Error(kNickname);
  return parts.database.read([&](Connection& connection) {
    const auto found = walkers::find_by_nickname(connection, *nickname);
    if (!found || found->status != walkers::Status::active) throw http::Error(walkers::kNoWalker);
    return related(request, 200, {"걷는 사람을 찾았습니다.", "Who has this nickname."}, *found,
                   relation_of(connection, request.identity.walker, found->id));
  });
}

http::Response list_friends(const Parts& parts, const http::Request& request) {
  return list(parts, request, Kind::friends, "friends", {"친구입니다.", "Your friends."});
}

http::Response list_requests(const Parts& parts, const http::Request& request) {
  const auto direction = http::query_text(request, "direction").value_or("in");
  if (direction != "in" && direction != "out") throw http::Error(kDirection);
  if (direction == "in") {
    return list(parts, request, Kind::asked_by, "requests", {"받은 친구 요청입니다.", "Who asks you."});
  }
  return list(parts, request, Kind::asked, "requests", {"보낸 친구 요청입니다.", "Whom you asked."});
}

http::Response list_blocks(const Parts& parts, const http::Request& request) {
  return list(parts, request, Kind::blocks, "blocks", {"차단한 사람입니다.", "Whom you block."});
}

http::Response ask_somebody(const Parts& parts, const http::Request& request) {
  const auto body = http::unwrap(json::read<AskBody>(request.body));
  if (body.walkerId.has_value() == body.link.has_value()) throw http::Error(kWhom);
  if (auto refused = parts.asking.refuse(request)) return std::move(*refused);
  return parts.database.write([&](Connection& connection) {
    std::optional<walkers::Walker> other;
    if (body.link) {
      const auto holder = holder_of_link(connection, *body.link, parts.clock.now());
      if (holder) other = walkers::find(connection, *holder);
      if (!other || other->status != walkers::Status::active) throw http::Error(kNoLink);
    } else {
      other = walker_of(connection, *body.walkerId);
    }
    const auto asked = http::unwrap(ask(connection, parts.listeners, doing_of(parts, request, *other)));
    return related(request, asked.is_new ? 201 : 200,
                   asked.relation == Relation::friends ? Message{"친구가 되었습니다.", "You are friends."}
                                                       : Message{"친구 요청을 보냈습니다.", "Your request was sent."},
                   *other, asked.relation);
  });
}

http::Response accept_request(const Parts& parts, const http::Request& request) {
  return parts.database.write([&](Connection& connection) {
    const auto other = walker_of(connection, request.path_parameter("walkerId"));
    http::unwrap(accept(connection, parts.listeners, doing_of(parts, request, other)));
    return related(request, 200, {"친구가 되었습니다.", "You are friends."}, other, Relation::friends);
  });
}

http::Response decline_request(const Parts& parts, const http::Request& request) {
  return act_on(parts, request, [](Connection& connection, const Doing& doing) { decline(connection, doing); });
}

http::Response remove_friend(const Parts& parts, const http::Request& request) {
  return act_on(parts, request,
                [&](Connection& connection, const Doing& doing) { part(connection, parts.listeners, doing); });
}

http::Response block_walker(const Parts& parts, const http::Request& request) {
  return act_on(parts, request, [&](Connection& connection, const Doing& doing) {
    http::unwrap(block(connection, parts.listeners, doing));
  });
}

http::Response unblock_walker(const Parts& parts, const http::Request& request) {
  return act_on(parts, request, [](Connection& connection, const Doing& doing) { unblock(connection, doing); });
}

http::Response make_own_link(const Parts& parts, const http::Request& request) {
  const auto now = parts.clock.now();
  const auto made =
      parts.database.write([&](Connection& connection) { return make_link(connection, request.identity.walker, now); });
  return http::envelope(request, 201, {"7일 동안 쓸 수 있는 링크입니다.", "This link is good for seven days."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          // Behind the `#`: no server's log has it.
                          writer.field("link", parts.public_url + "/walk/friends/add#" + made.token);
                          writer.field("token", made.token);
                          writer.field("linkId", made.id);
                          writer.field("expiresAt", now + kLinkLife);
                          writer.end_object();
                        });
}

/// Without the links themselves: only their hashes are kept.
http::Response list_own_links(const Parts& parts, const http::Request& request) {
  const auto links = parts.database.read(
      [&](Connection& connection) { return links_of(connection, request.identity.walker, parts.clock.now()); });
  return http::envelope(request, 200, {"쓸 수 있는 링크입니다.", "The links that are good."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.key("links");
                          writer.begin_array();
                          for (const auto& link : links) {
                            writer.begin_object();
                            writer.field("linkId", link.hash);
                            writer.field("expiresAt", link.expires_at);
                            writer.end_object();
                          }
                          writer.end_array();
                          writer.end_object();
                        });
}

http::Response end_own_link(const Parts& parts, const http::Request& request) {
  parts.database.write([&](Connection& connection) {
    if (!end_link(connection, request.identity.walker, request.path_parameter("linkId"))) throw http::Error(kNoLink);
  });
  return done();
}

http::Response end_own_links(const Parts& parts, const http::Request& request) {
  parts.database.write([&](Connection& connection) { end_links(connection, request.identity.walker); });
  return done();
}

}  // namespace dontgoback::walk::friends
