#pragma once

#include <chrono>
#include <string>

namespace dontgoback::push {

/// What became of bringing a push to a service.
struct Answer {
  enum class Kind {
    done,
    not_tried,      ///< it is not called now
    later,          ///< not now: the same may work later
    refused,        ///< not this push, or not by us
    gone,           ///< there is no such device any more
    malformed,      ///< it takes no such push from anybody; of the device that says nothing
    misconfigured,  ///< what our operator has to mend, and the push waits for it
  };
  Kind kind = Kind::later;
  std::chrono::seconds pause{0};  ///< of what is tried again: not before so long; 0: it did not say
  std::string what;               ///< one line for an operator: of the device nothing, of the service the origin
  bool of_this_device = false;    ///< the trouble is this device's: others are called as ever
};

}  // namespace dontgoback::push
