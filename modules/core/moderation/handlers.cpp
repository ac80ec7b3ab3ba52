#include "handlers.hpp"

#include <boost/describe.hpp>

#include "authority.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "json.hpp"
#include "reports.hpp"

namespace dontgoback::core::moderation {
namespace {

struct ReportRequest {
  std::string targetType;
  std::int64_t targetId = 0;
  std::string reason;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(ReportRequest, (), (targetType, targetId, reason, text))

struct ObjectionRequest {
  ActId actId;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ObjectionRequest, (), (actId, text))

constexpr Failure kTargetType{
    FailureKind::invalid, {"`targetType`은 FEED, COMMENT 또는 USER입니다.", "`targetType` is FEED, COMMENT or USER."}};
constexpr Failure kTargetId{FailureKind::invalid, {"`targetId`가 올바르지 않습니다.", "`targetId` is no id."}};
NewReport report_of(const http::Request& request) {
  auto body = http::unwrap(json::read<ReportRequest>(request.body));
  const auto kind = target_kind_named(body.targetType);
  if (!kind) throw http::Error(kTargetType);
  if (body.targetId <= 0) throw http::Error(kTargetId);
  const auto reason = report_reason_named(body.reason);
  if (!reason) throw http::Error(kNoReportReason);
  // An empty field of a form says nothing.
  auto text = body.text && !body.text->empty() ? http::unwrap(feed::read_text(*body.text)) : std::string();
  return {{*kind, body.targetId}, *reason, std::move(text)};
}

}  // namespace

http::Response make_report(const Moderation& moderation, const http::Request& request) {
  const auto wanted = report_of(request);
  if (auto refused = moderation.reports.refuse(request)) return *std::move(refused);
  moderation.database.write([&](storage::Connection& connection) {
    http::unwrap(report(connection, request.identity, wanted, moderation.clock.now()));
  });
  return http::envelope(request, 201, {"신고를 접수했습니다.", "The report was received."});
}

http::Response list_own_acts(const Moderation& moderation, const http::Request& request) {
  const auto before = http::page_before(request, "lastActId");
  const auto size = http::page_size(request);
  const auto acts = moderation.database.read(
      [&](storage::Connection& connection) { return acts_about(connection, request.identity.user, before, size); });
  return http::envelope(request, 200, {"운영자의 조치입니다.", "What moderators did."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key("acts");
    writer.begin_array();
    for (const auto& act : acts) write(writer, act);
    writer.end_array();
    writer.end_object();
  });
}

http::Response make_objection(const Moderation& moderation, const http::Request& request) {
  const auto body = http::unwrap(json::read<ObjectionRequest>(request.body));
  const auto text = http::unwrap(feed::read_text(body.text));
  const auto act = moderation.database.write([&](storage::Connection& connection) {
    return http::unwrap(object(connection, request.identity.user, body.actId, text, moderation.clock.now()));
  });
  return http::envelope(request, 201, {"이의를 접수했습니다.", "The objection was received."},
                        [&](json::Writer& writer) { write(writer, act); });
}

}  // namespace dontgoback::core::moderation
