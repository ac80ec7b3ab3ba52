#include <boost/describe.hpp>

#include "authority.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "handlers.hpp"
#include "json.hpp"
#include "sessions/sessions.hpp"
#include "sign_in/sign_in.hpp"

namespace dontgoback::core::moderation {
namespace {

using storage::Connection;

struct ReasonRequest {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReasonRequest, (), (reason))

struct SuspendRequest {
  std::string reason;
  std::optional<time::Day> until;
  std::optional<bool> stopAddress;
};
BOOST_DESCRIBE_STRUCT(SuspendRequest, (), (reason, until, stopAddress))

struct DecisionRequest {
  std::string decision;
  std::optional<std::string> reason;
  std::optional<time::Day> until;
};
BOOST_DESCRIBE_STRUCT(DecisionRequest, (), (decision, reason, until))

constexpr Failure kState{FailureKind::invalid, {"`state`는 open 또는 closed입니다.", "`state` is open or closed."}};
constexpr Failure kBy{FailureKind::invalid, {"`by`는 members 또는 guests입니다.", "`by` is members or guests."}};
constexpr Failure kNoCase{FailureKind::not_found, {"신고를 찾을 수 없습니다.", "There is no such report."}};
constexpr Failure kDecision{
    FailureKind::invalid,
    {"`decision`은 HIDE, DISMISS 또는 SUSPEND입니다.", "`decision` is HIDE, DISMISS or SUSPEND."}};
constexpr Failure kUntil{FailureKind::invalid,
                         {"`until`은 오늘 이후의 날이어야 합니다.", "`until` is a day after today."}};

Actor actor_of(const http::Request& request) { return {request.identity.user, request.identity.role}; }

std::string reason_of(const http::Request& request) {
  return http::unwrap(read_reason(http::unwrap(json::read<ReasonRequest>(request.body)).reason));
}

/// A suspension ends when the day begins.
std::optional<time::Timestamp> end_of(const Moderation& moderation, std::optional<time::Day> until) {
  if (!until) return std::nullopt;
  if (*until <= moderation.zone.day_of(moderation.clock.now())) throw http::Error(kUntil);
  return moderation.zone.at(*until, std::chrono::minutes(0));
}

Queue queue_of(const http::Request& request) {
  const auto state = http::query_text(request, "state").value_or("open");
  const auto by = http::query_text(request, "by").value_or("members");
  if (state != "open" && state != "closed") throw http::Error(kState);
  if (by != "members" && by != "guests") throw http::Error(kBy);
  if (state == "closed") return Queue::closed;
  return by == "guests" ? Queue::guests : Queue::members;
}

http::Response case_answer(const http::Request& request, Connection& connection, const Case& of) {
  return http::envelope(request, 200, {"신고입니다.", "The report."}, [&](json::Writer& writer) {
    write_case(writer, connection, of, Reports::written, request.language);
  });
}

http::Response done(const http::Request& request, const Standing& standing) {
  return http::envelope(request, 200, {"처리했습니다.", "Done."},
                        [&](json::Writer& writer) { write(writer, standing); });
}

using Act_ = Result<Standing> (*)(Connection&, const Actor&, const Target&, std::string_view, time::Timestamp);

http::Response act_on_text(const Moderation& moderation, const http::Request& request, Act_ act, TargetKind kind) {
  const Target target{kind, http::path_id(request, kind == TargetKind::feed ? "feedId" : "commentId")};
  const auto reason = reason_of(request);
  return done(request, moderation.database.write([&](Connection& connection) {
    return http::unwrap(act(connection, actor_of(request), target, reason, moderation.clock.now()));
  }));
}

}  // namespace

http::Response list_cases(const Moderation& moderation, const http::Request& request) {
  const auto queue = queue_of(request);
  const auto before = http::page_before(request, "lastReportId");
  const auto size = http::page_size(request);
  return moderation.database.read([&](Connection& connection) {
    return http::envelope(request, 200, {"신고 목록입니다.", "The reports."}, [&](json::Writer& writer) {
      writer.begin_object();
      writer.key("reports");
      writer.begin_array();
      for (const auto& each : cases(connection, queue, before, size)) {
        write_case(writer, connection, each, Reports::left_out, request.language);
      }
      writer.end_array();
      writer.field("openByMembers", count_cases(connection, Queue::members));
      writer.field("openByGuests", count_cases(connection, Queue::guests));
      writer.end_object();
    });
  });
}

http::Response get_case(const Moderation& moderation, const http::Request& request) {
  const CaseId id{http::path_id(request, "reportId")};
  return moderation.database.read([&](Connection& connection) {
    const auto found = find_case(connection, id);
    if (!found) throw http::Error(kNoCase);
    return case_answer(request, connection, *found);
  });
}

http::Response decide_case(const Moderation& moderation, const http::Request& request) {
  const CaseId id{http::path_id(request, "reportId")};
  const auto body = http::unwrap(json::read<DecisionRequest>(request.body));
  const auto decision = decision_named(body.decision);
  if (!decision) throw http::Error(kDecision);
  const bool needs_reason = *decision != Decision::dismiss;
  const auto given = body.reason.value_or("");
  const Deciding deciding{*decision,
                          {needs_reason || !given.empty() ? http::unwrap(read_reason(given)) : std::string(),
                           end_of(moderation, body.until)}};
  return moderation.database.write([&](Connection& connection) {
    const auto decided = http::unwrap(
        decide(connection, moderation.life_cycle, actor_of(request), id, deciding, moderation.clock.now()));
    return case_answer(request, connection, decided);
  });
}

http::Response hide_post(const Moderation& moderation, const http::Request& request) {
  return act_on_text(moderation, request, hide, TargetKind::feed);
}
http::Response restore_post(const Moderation& moderation, const http::Request& request) {
  return act_on_text(moderation, request, restore, TargetKind::feed);
}
http::Response hide_comment(const Moderation& moderation, const http::Request& request) {
  return act_on_text(moderation, request, hide, TargetKind::comment);
}
http::Response restore_comment(const Moderation& moderation, const http::Request& request) {
  return act_on_text(moderation, request, restore, TargetKind::comment);
}

http::Response suspend_user(const Moderation& moderation, const http::Request& request) {
  const UserId user{http::path_id(request, "userId")};
  const auto body = http::unwrap(json::read<SuspendRequest>(request.body));
  const Suspending suspending{http::unwrap(read_reason(body.reason)), end_of(moderation, body.until)};
  std::vector<sessions::ListedSession> were;
  const auto standing = moderation.database.write([&](Connection& connection) {
    were = sessions::list_sessions(connection, user);  // which end with it
    return http::unwrap(
        suspend(connection, moderation.life_cycle, actor_of(request), user, suspending, moderation.clock.now()));
  });
  if (body.stopAddress.value_or(false)) {
    for (const auto& session : were) {
      if (session.address) sign_in::stop_guests_from(moderation.limiter, *session.address);
    }
  }
  return done(request, standing);
}

http::Response lift_user(const Moderation& moderation, const http::Request& request) {
  const UserId user{http::path_id(request, "userId")};
  const auto reason = reason_of(request);
  return done(request, moderation.database.write([&](Connection& connection) {
    return http::unwrap(
        lift(connection, moderation.life_cycle, actor_of(request), user, reason, moderation.clock.now()));
  }));
}

}  // namespace dontgoback::core::moderation
