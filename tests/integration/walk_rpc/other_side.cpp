#include "other_side.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <utility>

namespace dontgoback::test {

class OtherSide::Watching final : public Watch {
 public:
  Watching(OtherSide& side, std::function<void()> told) : changed(std::move(told)), side_(side) {
    const std::lock_guard<std::recursive_mutex> lock(side_.mutex_);
    side_.watching_.insert(this);
  }
  ~Watching() override {
    const std::lock_guard<std::recursive_mutex> lock(side_.mutex_);
    side_.watching_.erase(this);
  }
  const std::function<void()> changed;

 private:
  OtherSide& side_;
};

void OtherSide::authenticate(std::string access_token, Answer<Caller> answer) {
  std::unique_lock<std::recursive_mutex> lock(mutex_);
  const bool is_good =
      signed_out_.count(access_token) == 0 && (access_token == kAnnsToken || access_token == kBobsToken);
  lock.unlock();
  if (!is_good) return answer(Failure{FailureKind::unauthenticated, {"로그인이 필요합니다.", "Sign in."}});
  if (access_token == kAnnsToken) return answer(Caller{WalkerId{1}, kAnn});
  answer(Caller{WalkerId{2}, kBob});
}

void OtherSide::record(WalkerId, std::vector<walk::steps::Update> updates,
                       Answer<std::vector<walk::steps::Recorded>> answer) {
  std::unique_lock<std::recursive_mutex> lock(mutex_);
  std::vector<walk::steps::Recorded> recorded;
  for (const auto& update : updates) {
    if (refused_totals.count(update.total) > 0) {
      lock.unlock();
      return answer(refusal);
    }
    recorded.push_back({update.day, update.total, update.version});
    recorded_.push_back(update);
  }
  if (keeps_) {
    kept_.push_front([answer, recorded] { answer(recorded); });
    changed_.notify_all();
    return;
  }
  lock.unlock();
  answer(std::move(recorded));
}

void OtherSide::days_of(WalkerId, std::vector<std::string> uuids, Days days, Answer<std::vector<DayOf>> answer) {
  std::vector<DayOf> found;
  {
    const std::lock_guard<std::recursive_mutex> lock(mutex_);
    for (const auto& [key, steps] : days_) {
      const auto& [uuid, day] = key;
      if (std::find(uuids.begin(), uuids.end(), uuid) == uuids.end()) continue;
      if ((days.from && day < *days.from) || (days.to && day > *days.to)) continue;
      found.push_back({uuid, day, steps, 1});
    }
  }
  answer(std::move(found));
}

std::unique_ptr<walk::rpc::Calls::Watch> OtherSide::watch(WalkerId, std::vector<std::string>,
                                                          std::function<void()> changed) {
  return std::make_unique<Watching>(*this, std::move(changed));
}

void OtherSide::board(WalkerId, Period, Answer<std::vector<BoardEntry>> answer) {
  std::unique_lock<std::recursive_mutex> lock(mutex_);
  ++boards_asked_;
  auto board = board_;
  lock.unlock();
  answer(std::move(board));
}

std::variant<security::CertificatePair, security::CertificateProblem> OtherSide::certificate(
    const security::CertificateFiles& files) const {
  return security::read_certificate(files);
}

std::optional<time::Day> OtherSide::day_of(std::string_view text) const { return time::parse_day(text); }
std::string OtherSide::text_of(time::Day day) const { return time::to_string(day); }
void OtherSide::warn(std::string_view) {}

void OtherSide::sign_out(const std::string& token) {
  const std::lock_guard<std::recursive_mutex> lock(mutex_);
  signed_out_.insert(token);
}

void OtherSide::keep_answers() {
  const std::lock_guard<std::recursive_mutex> lock(mutex_);
  keeps_ = true;
}

void OtherSide::let_go() {
  std::unique_lock<std::recursive_mutex> lock(mutex_);
  keeps_ = false;
  auto kept = std::exchange(kept_, {});
  lock.unlock();
  for (auto& answer : kept) answer();
}

void OtherSide::wait_for_kept(std::size_t count) {
  std::unique_lock<std::recursive_mutex> lock(mutex_);
  REQUIRE(changed_.wait_for(lock, std::chrono::seconds(10), [&] { return kept_.size() >= count; }));
}

void OtherSide::walk(const std::string& uuid, const std::string& day, std::int32_t steps) {
  const std::lock_guard<std::recursive_mutex> lock(mutex_);
  days_[{uuid, time::parse_day(day).value()}] = steps;
}

void OtherSide::set_board(std::vector<BoardEntry> entries) {
  const std::lock_guard<std::recursive_mutex> lock(mutex_);
  board_ = std::move(entries);
}

void OtherSide::tell() {
  const std::lock_guard<std::recursive_mutex> lock(mutex_);
  for (auto* each : watching_) each->changed();
}

std::size_t OtherSide::watchers() {
  const std::lock_guard<std::recursive_mutex> lock(mutex_);
  return watching_.size();
}

std::vector<walk::steps::Update> OtherSide::recorded() {
  const std::lock_guard<std::recursive_mutex> lock(mutex_);
  return recorded_;
}

int OtherSide::boards_asked() {
  const std::lock_guard<std::recursive_mutex> lock(mutex_);
  return boards_asked_;
}

}  // namespace dontgoback::test
