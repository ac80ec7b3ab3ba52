#include <vector>

#include "dontgoback/json/writer.hpp"
#include "store.hpp"

namespace dontgoback::walk::reports {
namespace {

using storage::Connection;

constexpr int kAtOnce = 200;
constexpr int kCasesASlice = 50;  // each with all of its reports

template <class F>
void each_report_by(Connection& connection, WalkerId walker, F take) {
  CaseId after{0};
  for (;;) {
    const auto some = reports_by(connection, walker, after, kAtOnce);
    for (const auto& report : some) take(report);
    if (some.size() < kAtOnce) return;
    after = some.back().in;
  }
}

class ReportsOfWalkers final : public walkers::Subscriber {
  void merged(Connection& connection, WalkerId from, WalkerId to) const override {
    each_report_by(connection, from, [&](const OwnReport& report) {
      const bool is_own = report.target.kind != Kind::group && report.target.id == to.value;
      if (is_own || has_reported(connection, report.in, to)) {
        drop_report(connection, report);
      } else {
        set_reporter(connection, report, to);
      }
    });
    // Nobody reports oneself.
    each_report_by(connection, to, [&](const OwnReport& report) {
      if (report.target.kind != Kind::group && report.target.id == from.value) drop_report(connection, report);
    });
    hand_over_cases(connection, from, to);
  }
  bool removed_some(Connection& connection, WalkerId walker) const override {
    return drop_some_about(connection, walker) && drop_some_by(connection, walker);
  }
  void removed(Connection& connection, WalkerId walker) const override {
    while (!removed_some(connection, walker)) continue;
  }

  static bool drop_some_by(Connection& connection, WalkerId walker) {
    const auto some = reports_by(connection, walker, CaseId{0}, kAtOnce);
    for (const auto& report : some) drop_report(connection, report);
    return some.size() < kAtOnce;
  }
};

class OwnReports final : public walkers::Exporter {
  std::string_view name() const override { return "reports"; }
  void write(Connection& connection, WalkerId walker, json::Writer& writer) const override {
    writer.begin_array();
    each_report_by(connection, walker, [&](const OwnReport& report) {
      writer.begin_object();
      writer.field("targetType", to_string(report.target.kind));
      writer.field("name", report.name);
      writer.field("reason", to_string(report.reason));
      writer.field("text", report.text);
      writer.end_object();
    });
    writer.end_array();
  }
};

}  // namespace

const walkers::Subscriber& subscriber() {
  static const ReportsOfWalkers kSubscriber;
  return kSubscriber;
}

const walkers::Exporter& exporter() {
  static const OwnReports kExporter;
  return kExporter;
}

jobs::Job purge(Host& host) {
  return {.name = "walk-reports-purge",
          .schedule = {.daily_at = std::chrono::hours(4), .every = {}},
          .once_for_all_nodes = true,
          .work =
              [&host](const jobs::Run& run) {
                std::int64_t removed = 0;
                for (const auto& span : host.trust.spans_older_than(kLife)) {
                  while (!run.stop.stop_requested() && run.keep_alive()) {
                    const auto slice = host.database.write(
                        [&](Connection& connection) { return delete_cases_within(connection, span, kCasesASlice); });
                    if (slice == 0) break;
                    removed += slice;
                  }
                }
                return "removed " + std::to_string(removed) + " reports";
              },
          .needs_confirmed_clock = true};
}

}  // namespace dontgoback::walk::reports
