#include <algorithm>

#include "rules.hpp"

namespace dontgoback::walk::reports {
namespace {

using ports::ReportedNames;
using storage::Connection;

class OwnReportedNames final : public ReportedNames {
 public:
  OwnReportedNames(Host& host, walkers::Subscribers subscribers)
      : database_(host.database), clock_(host.clock), zone_(host.zone), subscribers_(std::move(subscribers)) {}

  Result<Page> list(State state, std::int64_t before, int size) override {
    return database_.read([&](Connection& connection) {
      Page page;
      for (const auto& each : cases(connection, state, before, std::clamp(size, 1, kMostListed))) {
        page.reports.push_back(told(connection, each));
      }
      page.open = count_open(connection);
      return page;
    });
  }

  Result<Reported> check(std::int64_t id, const Deciding& deciding) override {
    return database_.read([&](Connection& connection) { return decided(connection, id, deciding, Run::checked); });
  }
  Result<Reported> decide(std::int64_t id, const Deciding& deciding) override {
    return database_.write([&](Connection& connection) { return decided(connection, id, deciding, Run::done); });
  }

 private:
  Result<Reported> decided(Connection& connection, std::int64_t id, const Deciding& deciding, Run run) const {
    const auto of = reports::decide(connection, subscribers_, CaseId{id}, deciding, run, clock_.now());
    if (!of) return of.failure();
    return told(connection, *of);
  }

  Reported told(Connection& connection, const Case& of) const {
    return {of.id.value,
            of.target.kind,
            of.name,
            name_now(connection, of.target),
            of.reports,
            reasons_of(connection, of.id),
            said_of(connection, of.id),
            zone_.day_of(of.opened_at),
            of.decision,
            of.decided_at ? std::optional(zone_.day_of(*of.decided_at)) : std::nullopt};
  }

  storage::Database& database_;
  const time::Clock& clock_;
  const time::Zone& zone_;
  const walkers::Subscribers subscribers_;
};

}  // namespace

std::shared_ptr<ReportedNames> make_own_reported_names(Host& host, walkers::Subscribers subscribers) {
  return std::make_shared<OwnReportedNames>(host, std::move(subscribers));
}

}  // namespace dontgoback::walk::reports
