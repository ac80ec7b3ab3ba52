#include "module_calls.hpp"

#include <utility>

#include "days.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/time/day.hpp"
#include "names.hpp"

namespace dontgoback::walk::rpc {
namespace {

constexpr std::size_t kThreads = 2;  // of each kind
// Of answers out of memory many wait when all streams are told of something at once.
constexpr std::size_t kMostAnswers = 32'768;
constexpr std::size_t kMostReads = 8'192;

// A phone sends its updates together, some times a minute. A stream asks again when something changes, the first app's
// for each friend.
constexpr limits::Rate kRecords{"walk-grpc-record", 1'200, std::chrono::minutes(1)};
constexpr limits::Rate kReads{"walk-grpc-read", 6'000, std::chrono::minutes(1)};

constexpr Failure kTooMuch{
    FailureKind::unavailable,
    {"요청이 너무 많습니다. 잠시 후 다시 시도해 주세요.", "Too much is asked at once; try again later."}};
constexpr Failure kAway{
    FailureKind::unavailable,
    {"일시적인 문제가 발생했습니다. 잠시 후 다시 시도해 주세요.", "Something needed is away; try again later."}};
constexpr Failure kBroken{FailureKind::unavailable,
                          {"서버에서 문제가 발생했습니다.", "Something went wrong at the server."}};
constexpr Failure kTooOften{FailureKind::rate_limited,
                            {"요청이 너무 잦습니다. 잠시 후 다시 시도해 주세요.", "Too often; try again later."}};
// What `work` answers, or why it cannot now.
template <class T>
Result<T> guarded(const char* what, const std::function<Result<T>()>& work) {
  try {
    return work();
  } catch (const Unavailable& away) {
    telemetry::log_warn("a gRPC call cannot be answered now", {{"call", what}, {"cause", away.what()}});
    return kAway;
  } catch (const std::exception& cause) {
    telemetry::log_error("a gRPC call failed", {{"call", what}, {"cause", cause.what()}});
    return kBroken;
  }
}

}  // namespace

struct ModuleCalls::UnderWay {
  std::mutex mutex;
  std::condition_variable less;
  std::size_t records = 0;

  void begin() {
    const std::lock_guard lock(mutex);
    ++records;
  }
  // Under the lock to its end: who waits may remove this next.
  void end(std::size_t many = 1) {
    const std::lock_guard lock(mutex);
    records -= many;
    less.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex);
    less.wait(lock, [this] { return records == 0; });
  }
};

ModuleCalls::ModuleCalls(Needs needs)
    : needs_(std::move(needs)),
      under_way_(std::make_unique<UnderWay>()),
      watches_(needs_.state, [this](Workers::Work work) { reading_.post_answer(std::move(work)); }),
      answering_(kThreads, kMostAnswers),
      reading_(kThreads, kMostReads) {}

ModuleCalls::~ModuleCalls() { under_way_->wait(); }

Result<Calls::Caller> ModuleCalls::holder_of(const std::string& credential) const {
  return guarded<Caller>("authenticate", [&] { return needs_.names.holder_of(credential); });
}

void ModuleCalls::authenticate(std::string access_token, Answer<Caller> answer) {
  if (const auto caller = needs_.names.known_holder_of(access_token)) return answer(*caller);
  auto work = [this, token = std::move(access_token), answer] { answer(holder_of(token)); };
  if (!answering_.post(std::move(work))) answer(kTooMuch);
}

void ModuleCalls::record(WalkerId walker, std::vector<steps::Update> updates,
                         Answer<std::vector<steps::Recorded>> answer) {
  if (is_too_often(kRecords, walker)) return answer(kTooOften);
  under_way_->begin();
  // The thread that tells is the one that writes: it goes on writing.
  auto done = [this, answer](const Result<std::vector<steps::Recorded>>& recorded) { finish({answer, recorded}); };
  try {
    needs_.recorder.record(walker, std::move(updates), std::move(done));
  } catch (const std::exception& cause) {
    telemetry::log_error("a gRPC call failed", {{"call", "record"}, {"cause", cause.what()}});
    answer(kBroken);
    under_way_->end();
  }
}

void ModuleCalls::finish(Finished finished) {
  {
    const std::lock_guard lock(finished_mutex_);
    finished_.push_back(std::move(finished));
    if (std::exchange(telling_, true)) return;
  }
  answering_.post_answer([this] { tell_finished(); });
}

void ModuleCalls::tell_finished() {
  std::vector<Finished> taken;
  std::size_t told = 0;
  while (true) {
    {
      const std::lock_guard lock(finished_mutex_);
      taken.clear();
      taken.swap(finished_);
      telling_ = !taken.empty();
    }
    if (taken.empty()) break;
    for (const auto& each : taken) each.answer(each.recorded);
    told += taken.size();
  }
  under_way_->end(told);
}

template <class T>
void ModuleCalls::read(const limits::Rate& rate, WalkerId caller, Answer<T> answer,
                       std::function<Result<T>(storage::Connection&)> work) {
  if (is_too_often(rate, caller)) return answer(kTooOften);
  auto reads = [this, work = std::move(work), answer] {
    answer(guarded<T>("read", [&] {
      return needs_.database.read([&](storage::Connection& connection) { return work(connection); });
    }));
  };
  if (!reading_.post(std::move(reads))) answer(kTooMuch);
}

void ModuleCalls::days_of(WalkerId caller, std::vector<std::string> uuids, Days days,
                          Answer<std::vector<DayOf>> answer) {
  read<std::vector<DayOf>>(kReads, caller, std::move(answer),
                           [this, caller, uuids = std::move(uuids), days](storage::Connection& connection) {
                             return rpc::days_of(connection, needs_.names, caller, uuids, days, needs_.clock.now());
                           });
}

void ModuleCalls::board(WalkerId caller, Period period, Answer<std::vector<BoardEntry>> answer) {
  read<std::vector<BoardEntry>>(
      kReads, caller, std::move(answer),
      [this, caller, period](storage::Connection& connection) { return needs_.board(connection, caller, period); });
}

std::unique_ptr<Calls::Watch> ModuleCalls::watch(WalkerId caller, std::vector<std::string> uuids,
                                                 std::function<void()> changed) {
  auto find = [this, caller, uuids = std::move(uuids)] {
    return needs_.database.read(
        [&](storage::Connection& connection) { return looked_at(connection, needs_.names, caller, uuids); });
  };
  return watches_.add(caller, std::move(find), std::move(changed));
}

bool ModuleCalls::is_too_often(const limits::Rate& rate, WalkerId walker) {
  return needs_.limiter.take(rate, std::to_string(walker.value)).is_refused();
}

std::variant<security::CertificatePair, security::CertificateProblem> ModuleCalls::certificate(
    const security::CertificateFiles& files) const {
  return security::read_certificate(files);
}
std::optional<time::Day> ModuleCalls::day_of(std::string_view text) const { return time::parse_day(text); }
std::string ModuleCalls::text_of(time::Day day) const { return time::to_string(day); }
void ModuleCalls::warn(std::string_view line) { telemetry::log_warn("gRPC", {{"says", line}}); }

}  // namespace dontgoback::walk::rpc
