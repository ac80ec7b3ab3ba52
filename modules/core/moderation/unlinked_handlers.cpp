#include <boost/describe.hpp>

#include "authority.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "handlers.hpp"
#include "json.hpp"
#include "sessions/sessions.hpp"
#include "sign_in/sign_in.hpp"
#include "unlinked.hpp"

namespace dontgoback::core::moderation {
namespace {

using storage::Connection;

struct ReasonRequest {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReasonRequest, (), (reason))

std::string reason_of(const http::Request& request) {
  return http::unwrap(read_reason(http::unwrap(json::read<ReasonRequest>(request.body)).reason));
}

Target target_of(const http::Request& request, TargetKind kind) {
  return {kind, http::path_id(request, kind == TargetKind::feed ? "feedId" : "commentId")};
}

http::Response look_behind(const Moderation& moderation, const http::Request& request, TargetKind kind) {
  const auto target = target_of(request, kind);
  const auto reason = reason_of(request);
  const auto looked = moderation.database.write([&](Connection& connection) {
    return http::unwrap(look(connection, request.identity.user, target, reason, moderation.clock.now()));
  });
  return http::envelope(request, 200,
                        {"작성자를 확인했습니다. 기록에 남았습니다.", "Who wrote it. The trail has that you asked."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.field("userId", looked.author);
                          writer.end_object();
                        });
}

http::Response stop_author(const Moderation& moderation, const http::Request& request, TargetKind kind) {
  const auto target = target_of(request, kind);
  const auto reason = reason_of(request);
  const Actor actor{request.identity.user, request.identity.role};
  std::vector<sessions::ListedSession> of_guest;
  const auto stopped = moderation.database.write([&](Connection& connection) {
    auto done = http::unwrap(stop(connection, actor, target, reason, moderation.clock.now()));
    of_guest = done.guest ? sessions::list_sessions(connection, *done.guest) : std::vector<sessions::ListedSession>();
    return done;
  });
  // Who is a guest would come as another one.
  for (const auto& session : of_guest) {
    if (session.address) sign_in::stop_guests_from(moderation.limiter, *session.address);
  }
  return http::envelope(request, 200, {"처리했습니다.", "Done."},
                        [&](json::Writer& writer) { write(writer, stopped.hidden); });
}

}  // namespace

http::Response look_behind_post(const Moderation& moderation, const http::Request& request) {
  return look_behind(moderation, request, TargetKind::feed);
}
http::Response look_behind_comment(const Moderation& moderation, const http::Request& request) {
  return look_behind(moderation, request, TargetKind::comment);
}
http::Response stop_author_of_post(const Moderation& moderation, const http::Request& request) {
  return stop_author(moderation, request, TargetKind::feed);
}
http::Response stop_author_of_comment(const Moderation& moderation, const http::Request& request) {
  return stop_author(moderation, request, TargetKind::comment);
}

}  // namespace dontgoback::core::moderation
