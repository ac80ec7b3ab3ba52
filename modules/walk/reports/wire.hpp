#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dontgoback/ports/reported_names.hpp"

// What nodes tell one another: the calls below /msa/walk/api/reports. Members are named as on the wire.
namespace dontgoback::walk::reports {

inline constexpr const char* kListPath = "/msa/walk/api/reports/list";
inline constexpr const char* kCheckPath = "/msa/walk/api/reports/check";
inline constexpr const char* kDecidePath = "/msa/walk/api/reports/decide";

struct ListAsked {
  std::string state;
  std::int64_t before;
  std::int64_t size;
};
BOOST_DESCRIBE_STRUCT(ListAsked, (), (state, before, size))
struct DecisionAsked {
  std::int64_t id;
  std::string decision;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(DecisionAsked, (), (id, decision, name))

struct CountTold {
  std::string reason;
  std::int64_t times;
};
BOOST_DESCRIBE_STRUCT(CountTold, (), (reason, times))
struct SaidTold {
  std::string reason;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(SaidTold, (), (reason, text))
struct ReportedTold {
  std::int64_t id;
  std::string kind;
  std::string name;
  std::optional<std::string> nameNow;
  std::int64_t reports;
  std::vector<CountTold> reasons;
  std::vector<SaidTold> said;
  time::Day openedOn;
  std::optional<std::string> decision;
  std::optional<time::Day> decidedOn;
};
BOOST_DESCRIBE_STRUCT(ReportedTold, (),
                      (id, kind, name, nameNow, reports, reasons, said, openedOn, decision, decidedOn))
struct PageTold {
  std::vector<ReportedTold> reports;
  std::int64_t open;
};
BOOST_DESCRIBE_STRUCT(PageTold, (), (reports, open))
/// One of the two.
struct DecidedTold {
  std::optional<std::string> refused;
  std::optional<ReportedTold> report;
};
BOOST_DESCRIBE_STRUCT(DecidedTold, (), (refused, report))

constexpr std::string_view name_of(ports::ReportedNames::State state) {
  return state == ports::ReportedNames::State::open ? "open" : "decided";
}

}  // namespace dontgoback::walk::reports
