#pragma once

#include <string>

#include "answer.hpp"
#include "dontgoback/ports/push_devices.hpp"
#include "dontgoback/push/message.hpp"
#include "dontgoback/telemetry/health.hpp"

namespace dontgoback::push {

/// Brings pushes to devices of one channel. Any thread.
class Carrier {
 public:
  explicit Carrier(std::string subject) : standing_(std::move(subject)) {}
  Carrier(const Carrier&) = delete;
  Carrier& operator=(const Carrier&) = delete;
  virtual ~Carrier() = default;

  struct Carried {
    std::string service;  ///< its origin
    Answer answer;
  };
  /// Blocks, for some seconds at most.
  virtual Carried carry(const ports::PushDevice& device, const Message& message, time::Timestamp now) = 0;
  /// So many threads may carry at once without being in one another's way.
  virtual std::size_t at_once() const = 0;

  /// What its operator should know.
  telemetry::Standing& standing() { return standing_; }

 private:
  telemetry::Standing standing_;
};

}  // namespace dontgoback::push
