#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "told.hpp"

// How an update is judged, and what it does to what was told. Pure.
namespace dontgoback::walk::steps {

/// How much what was told has changed.
enum class Telling {
  nothing,  ///< it was there already, or a later version stands
  changed,
  too_many,  ///< of devices or offsets on one day: it is not taken
};

/// What came at `arrival`. The same updates in another order, or more than once, come to the same.
Telling tell(Told& told, const Update& update, time::Timestamp arrival);

/// What the device said of the day counts no more, until it tells a later version. Whether it had said something.
bool take_back(Told& told, std::string_view device);

/// What may be asked of an update.
struct Judging {
  time::Timestamp now;
  bool clock_is_right;  ///< else no day is refused for being too late or too early
};

/// What is wrong with one of these updates; nothing when all can be taken.
std::optional<Problem> problem_of(std::span<const Update> updates, const Judging& judging);

}  // namespace dontgoback::walk::steps
