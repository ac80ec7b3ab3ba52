#include <boost/describe.hpp>

#include "authority.hpp"
#include "dontgoback/http/error.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/json/reader.hpp"
#include "handlers.hpp"

namespace dontgoback::core::moderation {
namespace {

using ports::ReportedNames;

constexpr Failure kNoWalk{FailureKind::not_found,
                          {"이 서버는 걷기와 이어져 있지 않습니다.", "This server knows no walk."}};
constexpr Failure kState{FailureKind::invalid, {"`state`는 open 또는 closed입니다.", "`state` is open or closed."}};
constexpr Failure kDecision{
    FailureKind::invalid,
    {"`decision`은 KEEP, RENAME, REMOVE 또는 SUSPEND입니다.", "`decision` is KEEP, RENAME, REMOVE or SUSPEND."}};
constexpr Failure kName{
    FailureKind::invalid,
    {"`name`은 RENAME에, 그리고 RENAME에만 필요합니다.", "`name` is of RENAME, which needs it, and of nothing else."}};

struct DecisionRequest {
  std::string decision;
  std::optional<std::string> name;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(DecisionRequest, (), (decision, name, reason))

std::shared_ptr<ReportedNames> names_of(const Moderation& moderation) {
  auto names = moderation.walk_reports ? moderation.walk_reports() : nullptr;
  if (!names) throw http::Error(kNoWalk);
  return names;
}

audit::Action action_of(ReportedNames::Decision decision) {
  switch (decision) {
    case ReportedNames::Decision::rename:
      return audit::Action::rename;
    case ReportedNames::Decision::remove:
      return audit::Action::remove;
    case ReportedNames::Decision::suspend:
      return audit::Action::suspend;
    case ReportedNames::Decision::keep:
      break;
  }
  return audit::Action::dismiss;
}

void write(json::Writer& writer, const ReportedNames::Reported& reported) {
  writer.begin_object();
  writer.field("reportId", reported.id);
  writer.field("state", reported.decision ? "CLOSED" : "OPEN");
  writer.field("targetType", to_string(reported.kind));
  writer.field("name", reported.name);
  writer.field("nameNow", reported.name_now);
  writer.field("reportCount", reported.reports);
  writer.key("reasons");
  writer.begin_array();
  for (const auto& each : reported.reasons) {
    writer.begin_object();
    writer.field("reason", to_string(each.reason));
    writer.field("count", each.times);
    writer.end_object();
  }
  writer.end_array();
  writer.key("texts");
  writer.begin_array();
  for (const auto& each : reported.said) {
    writer.begin_object();
    writer.field("reason", to_string(each.reason));
    writer.field("text", each.text);
    writer.end_object();
  }
  writer.end_array();
  writer.field("openedOn", reported.opened_on);
  writer.field("decision", reported.decision ? std::optional(to_string(*reported.decision)) : std::nullopt);
  writer.field("decidedOn", reported.decided_on);
  writer.end_object();
}

}  // namespace

http::Response list_walk_reports(const Moderation& moderation, const http::Request& request) {
  const auto names = names_of(moderation);
  const auto state = http::query_text(request, "state").value_or("open");
  if (state != "open" && state != "closed") throw http::Error(kState);
  const auto page =
      http::unwrap(names->list(state == "open" ? ReportedNames::State::open : ReportedNames::State::decided,
                               http::page_before(request, "lastReportId"), http::page_size(request)));
  return http::envelope(request, 200, {"걷기 신고 목록입니다.", "What walkers reported."}, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key("reports");
    writer.begin_array();
    for (const auto& each : page.reports) write(writer, each);
    writer.end_array();
    writer.field("open", page.open);
    writer.end_object();
  });
}

http::Response decide_walk_report(const Moderation& moderation, const http::Request& request) {
  const auto names = names_of(moderation);
  const auto id = http::path_id(request, "reportId");
  const auto body = http::unwrap(json::read<DecisionRequest>(request.body));
  const auto decision = ports::reported_decision_named(body.decision);
  if (!decision) throw http::Error(kDecision);
  const auto name = body.name.value_or("");
  if ((*decision == ReportedNames::Decision::rename) == name.empty()) throw http::Error(kName);
  const auto given = body.reason.value_or("");
  const bool needs_reason = *decision != ReportedNames::Decision::keep;
  const auto reason = needs_reason || !given.empty() ? http::unwrap(read_reason(given)) : std::string();
  const ReportedNames::Deciding deciding{*decision, name};

  auto reported = http::unwrap(names->check(id, deciding));
  if (!reported.decision) {
    // Before it is done: what was done stands in the trail, whatever becomes of this node or of the answer.
    moderation.database.write([&](storage::Connection& connection) {
      audit::record(connection, request.identity.user, action_of(*decision), {TargetKind::walk_report, id}, reason,
                    moderation.clock.now());
    });
    reported = http::unwrap(names->decide(id, deciding));
  }
  return http::envelope(request, 200, {"처리했습니다.", "Done."},
                        [&](json::Writer& writer) { write(writer, reported); });
}

}  // namespace dontgoback::core::moderation
