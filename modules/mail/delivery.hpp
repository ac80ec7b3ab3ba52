#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "dontgoback/time/clock.hpp"
#include "sender.hpp"
#include "way.hpp"

namespace dontgoback::mail {

/// Brings the outbox's mails on their way, counts them, and says in the log what became of each: never to whom it went
/// or what was in it. One thread at a time.
class Delivery {
 public:
  Delivery(std::unique_ptr<Way> way, Sender sender, const time::Clock& clock, telemetry::Metrics& metrics);

  jobs::Outbox::Outcome deliver(std::int64_t id, std::string_view payload);
  /// Any thread.
  telemetry::Finding finding() const { return standing_.finding(); }

 private:
  const std::unique_ptr<Way> way_;
  const Sender sender_;
  const time::Clock& clock_;
  telemetry::Counter& done_;
  telemetry::Counter& later_;
  telemetry::Counter& refused_;
  telemetry::Counter& over_;
  telemetry::Standing standing_{"mail"};
};

}  // namespace dontgoback::mail
