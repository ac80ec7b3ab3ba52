#include "watch.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <utility>

namespace dontgoback::clock {
namespace {

using Steady = std::chrono::steady_clock::time_point;

time::Timestamp::duration ahead(time::Timestamp now, Steady steady) {
  return now.time_since_epoch() - std::chrono::floor<time::Timestamp::duration>(steady.time_since_epoch());
}

}  // namespace

Watch::Watch(const time::Clock& clock, Sources sources)
    : clock_(clock),
      sources_(std::move(sources)),
      even_since_(clock.steady()),
      ahead_of_steady_(ahead(clock.now(), even_since_)),
      last_stamp_(stamp()) {}

Watch::Stamp Watch::stamp() const {
  struct stat file {};
  if (sources_.synchronized.empty() || ::stat(sources_.synchronized.c_str(), &file) != 0) return std::nullopt;
  return std::int64_t{file.st_mtim.tv_sec} * 1'000'000'000 + file.st_mtim.tv_nsec;
}

bool Watch::touched_lately(time::Timestamp now) const {
  if (!last_stamp_) return false;
  const time::Timestamp touched(std::chrono::floor<time::Timestamp::duration>(std::chrono::nanoseconds(*last_stamp_)));
  return touched <= now + kTouchedAhead && now - touched <= kTouchedWithin;
}

Watch::Look Watch::look() {
  const std::lock_guard lock(mutex_);
  const auto steady = clock_.steady();
  Look look;
  look.now = clock_.now();
  look.steady = steady;
  const auto difference = ahead(look.now, steady) - ahead_of_steady_;
  if (std::chrono::abs(difference) > kEven) {
    jump_ = jump_.value_or(time::Timestamp::duration{}) + difference;
    ahead_of_steady_ += difference;
    even_since_ = steady;
    was_set_ = true;
    stamp_before_jump_ = last_stamp_;
  }
  last_stamp_ = stamp();
  const auto even_for = steady - even_since_;
  look.settled = was_set_ ? std::chrono::floor<std::chrono::milliseconds>(even_for) : std::chrono::milliseconds::max();
  const bool synchronized = last_stamp_ != stamp_before_jump_ && touched_lately(look.now);
  look.by = sources_.trusted       ? By::operator_
            : synchronized         ? By::time_server
            : even_for >= kEvenFor ? By::evenness
                                   : By::nothing;
  return look;
}

std::optional<time::Timestamp::duration> Watch::take_jump() {
  const std::lock_guard lock(mutex_);
  return std::exchange(jump_, std::nullopt);
}

std::string_view describe(Watch::By by) {
  switch (by) {
    case Watch::By::operator_:
      return "the clock is trusted (--clock-trusted)";
    case Watch::By::time_server:
      return "the clock is confirmed by a time server";
    case Watch::By::evenness:
      return "the clock is confirmed: it has run evenly for 24 hours";
    case Watch::By::nothing:
      break;
  }
  return "the clock is not confirmed: nothing is deleted by its age until a time server has set it, or it has run "
         "evenly for 24 hours (or give --clock-trusted)";
}

std::string describe(time::Timestamp::duration jump) {
  const auto size = std::chrono::round<std::chrono::seconds>(std::chrono::abs(jump));
  const auto days = std::chrono::floor<std::chrono::days>(size);
  const auto seconds = std::chrono::seconds(size - days).count();
  const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  std::string text = jump.count() < 0 ? "-" : "+";
  if (days.count() != 0) text += std::to_string(days.count()) + " d ";
  return text + two(seconds / 3600) + ':' + two(seconds / 60 % 60) + ':' + two(seconds % 60);
}

}  // namespace dontgoback::clock
