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

Watch::Look Watch::look() {
  const std::lock_guard lock(mutex_);
  const auto steady = clock_.steady();
  Look look;
  look.now = clock_.now();
  const auto difference = ahead(look.now, steady) - ahead_of_steady_;
  if (std::chrono::abs(difference) > kEven) {
    jump_ = jump_.value_or(time::Timestamp::duration{}) + difference;
    ahead_of_steady_ += difference;
    even_since_ = steady;
    stamp_before_jump_ = last_stamp_;
  }
  last_stamp_ = stamp();
  look.settled = std::chrono::floor<std::chrono::milliseconds>(steady - even_since_);
  const bool synchronized = last_stamp_ && last_stamp_ != stamp_before_jump_;
  look.confirmed = sources_.trusted || synchronized || look.settled >= kEvenFor;
  return look;
}

std::optional<time::Timestamp::duration> Watch::take_jump() {
  const std::lock_guard lock(mutex_);
  return std::exchange(jump_, std::nullopt);
}

}  // namespace dontgoback::clock
