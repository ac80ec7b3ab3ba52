#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "carrier.hpp"
#include "dontgoback/config/network_name.hpp"
#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/ports/push_devices.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::push {

/// The tries to hand over a push, by what became of them.
struct Counters {
  explicit Counters(telemetry::Metrics& metrics);
  telemetry::Counter& done;
  telemetry::Counter& later;
  telemetry::Counter& gone;
  telemetry::Counter& refused;
  telemetry::Counter& over;
};

/// Brings the pushes of one topic of the outbox, those of an owner's devices of one channel, to their services, and
/// says in log and metrics what became of them: of a device never more than its service, of a push nothing. Any thread.
class Delivery {
 public:
  Delivery(std::shared_ptr<Carrier> carrier, std::shared_ptr<ports::PushDevices> devices, const time::Clock& clock,
           Counters counters, config::NetworkName network = {})
      : carrier_(std::move(carrier)),
        devices_(std::move(devices)),
        clock_(clock),
        counters_(counters),
        network_(std::move(network)) {}

  jobs::Outbox::Outcome deliver(std::int64_t id, std::string_view payload);

 private:
  jobs::Outbox::Outcome conclude(std::int64_t id, const Message& message, bool was_refused,
                                 const Carrier::Carried& carried);

  const std::shared_ptr<Carrier> carrier_;
  const std::shared_ptr<ports::PushDevices> devices_;
  const time::Clock& clock_;
  Counters counters_;
  const config::NetworkName network_;
};

}  // namespace dontgoback::push
