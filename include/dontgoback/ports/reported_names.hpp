#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/report_reason.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::ports {

/// What walkers reported of one another, and what becomes of it. Offered by the walk module: in process, or asked of
/// the node that runs it. It says nothing by which a walker could be told apart from others, and is told nothing of who
/// decides: moderators are accounts, and the two never stand in one place. Blocks; never on an I/O thread, never inside
/// a database transaction. Any thread. unavailable when the node that runs walk cannot be asked.
class ReportedNames {
 public:
  /// What was reported. The number is the column's.
  enum class Kind {
    walker = 1,  ///< its nickname
    group = 2,   ///< its name
    cheer = 3,   ///< what a walker sends, which shows its nickname
  };
  /// The number is the column's.
  enum class Decision {
    keep = 1,     ///< nothing is wrong with it
    rename = 2,   ///< it has another name from now on
    remove = 3,   ///< a walker has no nickname, a group is closed
    suspend = 4,  ///< a walker takes no part until somebody lifts it
  };
  static constexpr std::array kKinds{Kind::walker, Kind::group, Kind::cheer};
  static constexpr std::array kDecisions{Decision::keep, Decision::rename, Decision::remove, Decision::suspend};

  /// Which ones a list shows.
  enum class State { open, decided };

  struct Count {
    ReportReason reason;
    std::int64_t times;
  };
  struct Said {
    ReportReason reason;
    std::string text;
  };
  /// All that was reported of one thing until somebody decides.
  struct Reported {
    std::int64_t id = 0;
    Kind kind = Kind::walker;
    std::string name;                     ///< as it was when it was first reported; "": it had none
    std::optional<std::string> name_now;  ///< nothing: what was reported is no more
    std::int64_t reports = 0;             ///< by so many walkers
    std::vector<Count> reasons;
    std::vector<Said> said;  ///< the first words that were added, at most kMostSaid
    time::Day opened_on;     ///< a day, so that no moment can be compared with what an account did
    std::optional<Decision> decision;
    std::optional<time::Day> decided_on;
  };
  static constexpr std::size_t kMostSaid = 10;
  static constexpr int kMostListed = 50;
  struct Page {
    std::vector<Reported> reports;
    std::int64_t open = 0;  ///< how many wait, counted up to 100
  };
  struct Deciding {
    Decision decision = Decision::keep;
    std::string name;  ///< of rename: the new one
  };

  virtual ~ReportedNames() = default;

  /// The newest first, those with ids below `before`; 1 to kMostListed.
  virtual Result<Page> list(State state, std::int64_t before, int size) = 0;
  /// What `decide` would answer; nothing is changed. A decision that stands already is told by `decision`.
  virtual Result<Reported> check(std::int64_t id, const Deciding& deciding) = 0;
  /// Does it; the same again changes nothing. not_found: there is no such report, or what was reported is no more.
  /// conflict: it was decided in another way, or somebody else has the nickname. invalid: no such name may be given; a
  /// group cannot be suspended.
  virtual Result<Reported> decide(std::int64_t id, const Deciding& deciding) = 0;
};

/// `WALKER`, `GROUP` or `CHEER`.
constexpr std::string_view to_string(ReportedNames::Kind kind) {
  switch (kind) {
    case ReportedNames::Kind::walker:
      return "WALKER";
    case ReportedNames::Kind::group:
      return "GROUP";
    case ReportedNames::Kind::cheer:
      break;
  }
  return "CHEER";
}

/// `KEEP`, `RENAME`, `REMOVE` or `SUSPEND`.
constexpr std::string_view to_string(ReportedNames::Decision decision) {
  switch (decision) {
    case ReportedNames::Decision::keep:
      return "KEEP";
    case ReportedNames::Decision::rename:
      return "RENAME";
    case ReportedNames::Decision::remove:
      return "REMOVE";
    case ReportedNames::Decision::suspend:
      break;
  }
  return "SUSPEND";
}

constexpr std::optional<ReportedNames::Kind> reported_kind_named(std::string_view name) {
  for (const auto kind : ReportedNames::kKinds) {
    if (to_string(kind) == name) return kind;
  }
  return std::nullopt;
}

constexpr std::optional<ReportedNames::Decision> reported_decision_named(std::string_view name) {
  for (const auto decision : ReportedNames::kDecisions) {
    if (to_string(decision) == name) return decision;
  }
  return std::nullopt;
}

}  // namespace dontgoback::ports
