#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "confidence_limits.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/time/day.hpp"
#include "fragments.hpp"
#include "walkers/walkers.hpp"

// How much was walked: what devices told, and what a day comes to (docs/steps.md).
namespace dontgoback::walk::steps {

/// Where a number comes from; as it is stored.
enum class Source {
  unknown = 0,
  phone = 1,   ///< the phone's own counter
  watch = 2,   ///< or another thing that is worn
  manual = 3,  ///< typed by somebody
  import_ = 4,
  first_release = 5,  ///< `RecordSteps` of step.StepService, which tells neither device nor time
};

inline constexpr std::int64_t kMostSteps = 1'000'000;  ///< of a day; more is refused
inline constexpr std::int64_t kDaysBack = 400;
inline constexpr std::size_t kLongestDevice = 64;  ///< bytes
inline constexpr std::size_t kMostDevices = 16;    ///< of a day
inline constexpr std::size_t kMostUpdates = 500;   ///< of one message or batch

/// Steps of each hour from the day's midnight on, as the offset of the device's clock has it. At most 25; later ones
/// are 0.
using Hours = std::vector<std::int32_t>;

/// What a device says of a day. The last version of a device and day stands, whatever comes when.
struct Update {
  time::Day day;       ///< as the device's clock has it
  std::string device;  ///< which of the walker's; 1 to kLongestDevice of [A-Za-z0-9._:-], not beginning with a dot
  Source source = Source::unknown;
  std::int32_t total = 0;    ///< of the day so far; with hours their sum, or more where not all are known
  Hours hours;               ///< empty: the device does not tell
  std::int64_t version = 0;  ///< grows with each that the device tells of a day; of equal ones the larger total stands
  /// Of the device's clock from UTC, a multiple of 15 from -720 to 840. Where it is not told the day is the walker's
  /// own one, whatever its clock.
  std::optional<std::int64_t> offset_minutes;
  std::optional<time::Timestamp> measured_at;  ///< when it was counted; when it came where not told
};

/// The topic of shared::State that is told after each commit (`Connection::notify`): the walkers whose days have other
/// totals, by their inside numbers with commas between; or kMany, when they are too many to name.
inline constexpr std::string_view kChangedTopic = "walk/steps";
inline constexpr std::string_view kMany = "many";

/// What is wrong with an update: it is not taken.
struct Problem {
  std::size_t index;       ///< of which one
  std::string_view field;  ///< as REST names it; a literal
  Message message;
};

/// What a day came to, once that is on disk.
struct Recorded {
  time::Day day;
  std::int32_t total = 0;
  std::int64_t version = 0;  ///< of the device that told: which of its updates stands
};

/// A day of a walker.
struct DayTotal {
  time::Day day;
  std::int32_t total = 0;
  time::Timestamp reached_at;     ///< when the total was first this much
  bool by_hours = false;          ///< summed by hours; else the larger total of the day's devices
  std::int32_t confidence = 100;  ///< 0 to 100: how far it is what somebody walked (docs/steps.md)
};

/// What a part does when a day has another total: in the transaction that writes it, which may run more than once, once
/// for each day however many updates made it.
class Listener {
 public:
  struct Change {
    WalkerId walker;
    time::Day day;
    std::int32_t before = 0;
    std::int32_t after = 0;
    bool is_today = false;  ///< of the walker's own clock
    time::Timestamp at;
  };
  virtual ~Listener() = default;
  virtual void changed(storage::Connection&, std::span<const Change>) const {}
};
using Listeners = std::vector<const Listener*>;

/// Takes updates. All that wait, of all connections, share a transaction, in which those of one walker and day are
/// merged before they are written. Any thread. Ended by destroying it, when nobody calls it any more: what it was given
/// is answered then.
class Recorder {
 public:
  using Done = std::function<void(const Result<std::vector<Recorded>>&)>;
  virtual ~Recorder() = default;

  /// Judges the updates and puts them in line; `done` is called once, from another thread, which it must not block:
  /// when they are on disk, in their order, or with why none of them is (invalid, with which field; forbidden without
  /// consent; unavailable when too much waits or the database is away). All or none of a call.
  virtual void record(WalkerId walker, std::vector<Update> updates, Done done) = 0;
  /// The same, waiting for it. Blocks.
  Result<std::vector<Recorded>> record(WalkerId walker, std::vector<Update> updates);
};

/// Days with steps from `from` to `to`, in order; at most kDaysBack + 2.
std::vector<DayTotal> days(storage::Connection& connection, WalkerId walker, time::Day from, time::Day to);
struct DayOfWalker {
  WalkerId walker;
  std::int32_t total = 0;
  time::Timestamp reached_at;
};
/// That day of those of the walkers that have steps on it, whatever order; in a few statements however many they are.
std::vector<DayOfWalker> on_day(storage::Connection& connection, std::span<const WalkerId> walkers, time::Day day);
/// What day it is on the walker's clock.
time::Day today_of(const walkers::Walker& walker, time::Timestamp now);

/// `sessions` tells which walker asks. Adds /api/v1/steps. All are to live as long as the recorder, which is to end
/// before the database.
std::unique_ptr<Recorder> make_recorder(Host& host, const http::Authenticator& sessions, Listeners listeners,
                                        const Limits& limits = {});

/// Days go with their walker, or become another's.
const walkers::Subscriber& subscriber();

/// All days, with what devices told of them.
const walkers::Exporter& exporter();

}  // namespace dontgoback::walk::steps
