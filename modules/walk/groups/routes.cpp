#include <boost/describe.hpp>

#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "rules.hpp"

namespace dontgoback::walk::groups {
namespace {

using storage::Connection;

constexpr std::size_t kSmallBody = 2048;
constexpr std::int64_t kMostDays = 30;

constexpr Failure kTerms{FailureKind::invalid,
                         {"uses는 1–100, days는 1–30이어야 합니다.", "uses is from 1 to 100, days from 1 to 30."}};
constexpr Failure kOwnerStays{
    FailureKind::forbidden,
    {"그룹을 만든 사람만 다른 사람을 내보낼 수 있습니다.", "Only the group's owner may remove somebody else."}};

struct Parts {
  storage::Database& database;
  const time::Clock& clock;
  const std::string public_url;
};

struct NameBody {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(NameBody, (), (name))
struct LinkBody {
  std::optional<std::int64_t> uses;
  std::optional<std::int64_t> days;
};
BOOST_DESCRIBE_STRUCT(LinkBody, (), (uses, days))
struct JoinBody {
  std::string link;
};
BOOST_DESCRIBE_STRUCT(JoinBody, (), (link))

http::Response done() {
  http::Response response;
  response.status = 204;
  return response;
}

void write(json::Writer& writer, const Group& group, WalkerId to) {
  writer.begin_object();
  writer.field("groupId", walkers::to_string(group.uuid));
  writer.field("name", group.name);
  writer.field("isOwner", group.owner == to);
  writer.end_object();
}

http::Response shown(const http::Request& request, int status, const Message& message, const Group& group) {
  return http::envelope(request, status, message,
                        [&](json::Writer& writer) { write(writer, group, request.identity.walker); });
}

std::string name_in(const http::Request& request) {
  return http::unwrap(read_name(http::unwrap(json::read<NameBody>(request.body)).name));
}

/// What is done to the group of the path.
template <class Act>
auto with_group(const Parts& parts, const http::Request& request, By by, Act act) {
  return parts.database.write([&](Connection& connection) {
    return act(connection,
               http::unwrap(find_as(connection, request.path_parameter("groupId"), request.identity.walker, by)));
  });
}

http::Response create(const Parts& parts, const http::Request& request) {
  const auto name = name_in(request);
  const auto group = parts.database.write([&](Connection& connection) {
    return http::unwrap(make(connection, request.identity.walker, name, parts.clock.now()));
  });
  return shown(request, 201, {"그룹을 만들었습니다.", "The group was made."}, group);
}

http::Response list(const Parts& parts, const http::Request& request) {
  const auto groups =
      parts.database.read([&](Connection& connection) { return groups_of(connection, request.identity.walker); });
  return http::envelope(request, 200, {"함께하는 그룹입니다.", "Your groups."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key("groups");
    writer.begin_array();
    for (const auto& group : groups) write(writer, group, request.identity.walker);
    writer.end_array();
    writer.end_object();
  });
}

http::Response rename(const Parts& parts, const http::Request& request) {
  const auto name = name_in(request);
  const auto group = with_group(parts, request, By::owner, [&](Connection& connection, Group named) {
    set_name(connection, named.id, name);
    named.name = name;
    return named;
  });
  return shown(request, 200, {"그룹 이름을 바꿨습니다.", "The group has another name."}, group);
}

http::Response remove(const Parts& parts, const http::Request& request) {
  with_group(parts, request, By::owner, [](Connection& connection, const Group& group) {
    close(connection, group);
    drop_group(connection, group.id);
    return 0;
  });
  return done();
}

http::Response list_members(const Parts& parts, const http::Request& request) {
  const auto found = parts.database.read([&](Connection& connection) {
    const auto group =
        http::unwrap(find_as(connection, request.path_parameter("groupId"), request.identity.walker, By::member));
    return members(connection, group.id);
  });
  return http::envelope(
      request, 200, {"그룹에 함께하는 사람입니다.", "The group's members."}, [&](json::Writer& writer) {
        writer.begin_object();
        writer.key("members");
        writer.begin_array();
        for (const auto& each : found) {
          writer.begin_object();
          writer.field("walkerId", walkers::to_string(each.uuid));
          writer.field("nickname", each.nickname.empty() ? std::nullopt : std::optional(each.nickname));
          writer.field("isOwner", each.is_owner);
          writer.field("isMe", each.walker == request.identity.walker);
          writer.end_object();
        }
        writer.end_array();
        writer.end_object();
      });
}

/// `me`, or a UUID, which may be one's own.
http::Response remove_member(const Parts& parts, const http::Request& request) {
  with_group(parts, request, By::member, [&](Connection& connection, const Group& group) {
    const auto named = request.path_parameter("walkerId");
    auto whom = request.identity.walker;
    if (named != "me") {
      const auto uuid = walkers::parse_uuid(named);
      const auto found = uuid ? walkers::find_by_uuid(connection, *uuid) : std::nullopt;
      if (!found) throw http::Error(walkers::kNoWalker);
      whom = found->id;
    }
    if (whom != request.identity.walker && group.owner != request.identity.walker) throw http::Error(kOwnerStays);
    leave(connection, group, whom);
    return 0;
  });
  return done();
}

http::Response make_own_link(const Parts& parts, const http::Request& request) {
  const auto body = http::unwrap(json::read<LinkBody>(request.body));
  const auto uses = body.uses.value_or(kMostMembers);
  const auto days = body.days.value_or(7);
  if (uses < 1 || uses > kMostMembers || days < 1 || days > kMostDays) throw http::Error(kTerms);
  const LinkTerms terms{uses, parts.clock.now() + std::chrono::hours(24 * days)};
  const auto token = with_group(parts, request, By::owner, [&](Connection& connection, const Group& group) {
    return make_link(connection, group, terms);
  });
  return http::envelope(request, 201, {"그룹에 초대하는 링크입니다.", "A link that invites to the group."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.field("link", parts.public_url + "/walk/groups/join#" + token);
                          writer.field("token", token);
                          writer.field("uses", terms.uses);
                          writer.field("expiresAt", terms.expires_at);
                          writer.end_object();
                        });
}

http::Response end_links(const Parts& parts, const http::Request& request) {
  with_group(parts, request, By::owner, [](Connection& connection, const Group& group) {
    drop_links(connection, group.id, 0);
    return 0;
  });
  return done();
}

http::Response join_by_link(const Parts& parts, const http::Request& request) {
  const auto body = http::unwrap(json::read<JoinBody>(request.body));
  const auto group = parts.database.write([&](Connection& connection) {
    return http::unwrap(join(connection, body.link, request.identity.walker, parts.clock.now()));
  });
  return shown(request, 200, {"그룹에 함께합니다.", "You are in the group."}, group);
}

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions) {
  using http::kNoBody, http::Lane, http::Method, http::RouteClass;
  using Handle = http::Response (*)(const Parts&, const http::Request&);

  const Parts parts{host.database, host.clock, host.node.public_url};
  const auto add = [&](Method method, std::string_view path, std::size_t body, Handle handle) {
    const bool reads = method == Method::get;
    host.router.add({method, path, http::Access::walker(sessions).as(reads ? RouteClass::read : RouteClass::write),
                     reads ? Lane::query : Lane::command, body,
                     [parts, handle](const http::Request& request) { return handle(parts, request); }});
  };
  add(Method::get, "/api/v1/groups", kNoBody, list);
  add(Method::post, "/api/v1/groups", kSmallBody, create);
  add(Method::post, "/api/v1/groups/join", kSmallBody, join_by_link);
  add(Method::patch, "/api/v1/groups/{groupId}", kSmallBody, rename);
  add(Method::del, "/api/v1/groups/{groupId}", kNoBody, remove);
  add(Method::get, "/api/v1/groups/{groupId}/members", kNoBody, list_members);
  add(Method::del, "/api/v1/groups/{groupId}/members/{walkerId}", kNoBody, remove_member);
  add(Method::post, "/api/v1/groups/{groupId}/links", kSmallBody, make_own_link);
  add(Method::del, "/api/v1/groups/{groupId}/links", kNoBody, end_links);
}

}  // namespace dontgoback::walk::groups
