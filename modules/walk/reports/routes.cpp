#include <boost/describe.hpp>
#include <memory>

#include "dontgoback/http/action_limit.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/text/written.hpp"
#include "rules.hpp"

namespace dontgoback::walk::reports {
namespace {

// A text of text::kMostWritten code points, at worst each four before it is normalised and each of those escaped.
constexpr std::size_t kTextBody = 16 * 1024;

constexpr Failure kTargetType{
    FailureKind::invalid,
    {"`targetType`은 WALKER, GROUP 또는 CHEER입니다.", "`targetType` is WALKER, GROUP or CHEER."}};
constexpr Failure kTargetId{FailureKind::invalid, {"`targetId`는 UUID여야 합니다.", "`targetId` is a UUID."}};

// Members are named as on the wire.
struct ReportBody {
  std::string targetType;
  std::string targetId;
  std::string reason;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(ReportBody, (), (targetType, targetId, reason, text))

NewReport report_of(const http::Request& request) {
  const auto body = http::unwrap(json::read<ReportBody>(request.body));
  const auto kind = ports::reported_kind_named(body.targetType);
  if (!kind) throw http::Error(kTargetType);
  const auto target = walkers::parse_uuid(body.targetId);
  if (!target) throw http::Error(kTargetId);
  const auto reason = report_reason_named(body.reason);
  if (!reason) throw http::Error(kNoReportReason);
  // An empty field of a form says nothing.
  const bool says = body.text && !body.text->empty();
  return {*kind, *target, *reason, says ? http::unwrap(text::read_written(*body.text)) : std::string()};
}

http::ActionLimit report_limit(Host& host) {
  using http::Whose;
  constexpr std::chrono::hours kDay{24};
  return {host.limiter,
          host.metrics,
          "walk-report",
          {"신고가 너무 많습니다. 잠시 뒤에 다시 시도해 주세요.", "Too many reports were made lately."},
          {{Whose::account, {"walk-report-walker", kMostADay, kDay}},
           {Whose::address, {"walk-report-address", 8 * kMostADay, kDay}},
           {Whose::site, {"walk-report-site", 32 * kMostADay, kDay}},
           {Whose::total, {"walk-report-total", 1000 * kMostADay, kDay}}}};
}

}  // namespace

void add_routes(Host& host, const http::Authenticator& sessions) {
  const auto limit = std::make_shared<const http::ActionLimit>(report_limit(host));
  const auto make = [&database = host.database, &clock = host.clock, limit](const http::Request& request) {
    const auto wanted = report_of(request);
    if (auto refused = limit->refuse(request)) return *std::move(refused);
    database.write([&](storage::Connection& connection) {
      http::unwrap(report(connection, request.identity.walker, wanted, clock.now()));
    });
    return http::envelope(request, 201, {"신고를 접수했습니다.", "The report was received."});
  };
  host.router.add({http::Method::post, "/api/v1/walkers/reports",
                   http::Access::walker(sessions).as(http::RouteClass::write), http::Lane::command, kTextBody, make});
}

}  // namespace dontgoback::walk::reports
