#include <limits>

#include "dontgoback/http/error.hpp"
#include "dontgoback/json/reader.hpp"
#include "refusals.hpp"
#include "reports.hpp"
#include "wire.hpp"

namespace dontgoback::walk::reports {
namespace {

using ports::ReportedNames;

constexpr std::size_t kSmallBody = 4096;
constexpr Message kReports{"신고입니다.", "What was reported."};

void write(json::Writer& writer, const ReportedNames::Reported& reported) {
  writer.begin_object();
  writer.field("id", reported.id);
  writer.field("kind", to_string(reported.kind));
  writer.field("name", reported.name);
  writer.field("nameNow", reported.name_now);
  writer.field("reports", reported.reports);
  writer.key("reasons");
  writer.begin_array();
  for (const auto& each : reported.reasons) {
    writer.begin_object();
    writer.field("reason", to_string(each.reason));
    writer.field("times", each.times);
    writer.end_object();
  }
  writer.end_array();
  writer.key("said");
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

http::Response list(ReportedNames& names, const http::Request& request) {
  const auto asked = http::unwrap(json::read<ListAsked>(request.body));
  const bool open = asked.state == name_of(ReportedNames::State::open);
  if (!open && asked.state != name_of(ReportedNames::State::decided)) throw http::Error(json::kMalformed);
  if (asked.size < 1 || asked.size > ReportedNames::kMostListed) throw http::Error(json::kMalformed);
  const auto page = http::unwrap(names.list(open ? ReportedNames::State::open : ReportedNames::State::decided,
                                            asked.before, static_cast<int>(asked.size)));
  return http::envelope(request, 200, kReports, [&](json::Writer& writer) {
    writer.begin_object();
    writer.key("reports");
    writer.begin_array();
    for (const auto& each : page.reports) write(writer, each);
    writer.end_array();
    writer.field("open", page.open);
    writer.end_object();
  });
}

using Decide = Result<ReportedNames::Reported> (ReportedNames::*)(std::int64_t, const ReportedNames::Deciding&);

/// A decision that cannot be taken is an answer, and no status: those are of the call.
http::Response decide(ReportedNames& names, Decide how, const http::Request& request) {
  const auto asked = http::unwrap(json::read<DecisionAsked>(request.body));
  const auto decision = ports::reported_decision_named(asked.decision);
  if (!decision) throw http::Error(json::kMalformed);
  const auto decided = (names.*how)(asked.id, {*decision, asked.name});
  const auto refused = decided ? std::nullopt : name_of(decided.failure());
  if (!decided && !refused) throw http::Error(decided.failure());
  return http::envelope(request, 200, kReports, [&](json::Writer& writer) {
    writer.begin_object();
    writer.field("refused", refused);
    writer.key("report");
    if (decided) {
      write(writer, *decided);
    } else {
      writer.null();
    }
    writer.end_object();
  });
}

}  // namespace

void add_service_routes(Host& host, const http::Authenticator& services, std::shared_ptr<ReportedNames> names) {
  using http::Lane, http::Method;
  const auto service = http::Access::internal_service(services, "walk:moderate");
  host.router.add({Method::post, kListPath, service, Lane::query, kSmallBody,
                   [names](const http::Request& request) { return list(*names, request); }});
  host.router.add({Method::post, kCheckPath, service, Lane::query, kSmallBody,
                   [names](const http::Request& request) { return decide(*names, &ReportedNames::check, request); }});
  host.router.add({Method::post, kDecidePath, service, Lane::command, kSmallBody,
                   [names](const http::Request& request) { return decide(*names, &ReportedNames::decide, request); }});
}

}  // namespace dontgoback::walk::reports
