#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>

#include "dontgoback/http/client.hpp"
#include "dontgoback/jobs/outbox.hpp"
#include "dontgoback/ports/push_subscriptions.hpp"
#include "dontgoback/telemetry/health.hpp"
#include "dontgoback/telemetry/metrics.hpp"
#include "dontgoback/time/clock.hpp"
#include "origins.hpp"
#include "service.hpp"
#include "vapid.hpp"

namespace dontgoback::push {

/// Brings the outbox's pushes to push services, and says in log and metrics what became of them: of an endpoint never
/// more than the origin, of a push nothing. Any thread; kAtOnce are to deliver.
class Delivery {
 public:
  /// Twice what one push service gets: one that has just become slow leaves half of them to the others.
  static constexpr std::size_t kAtOnce = 2 * Origins::kAtOnce;

  Delivery(http::Client& client, Vapid vapid, std::shared_ptr<ports::PushSubscriptions> subscriptions,
           const time::Clock& clock, telemetry::Metrics& metrics);

  jobs::Outbox::Outcome deliver(std::int64_t id, std::string_view payload);
  /// Any thread.
  telemetry::Finding finding() const { return standing_.finding(); }
  const Vapid& vapid() const { return vapid_; }

 private:
  /// When the origin may be called; waits a moment for a call to it to end.
  Origins::Turn turn_at(const std::string& origin);
  /// A call to the origin has ended.
  void note(const std::string& origin, const Answer& answer, Origins::Time begun);
  jobs::Outbox::Outcome conclude(std::int64_t id, const Message& message, const std::string& origin, bool was_refused,
                                 const Answer& answer);

  http::Client& client_;
  const Vapid vapid_;
  const std::shared_ptr<ports::PushSubscriptions> subscriptions_;
  const time::Clock& clock_;
  telemetry::Counter& done_;
  telemetry::Counter& later_;
  telemetry::Counter& gone_;
  telemetry::Counter& refused_;
  telemetry::Counter& over_;
  telemetry::Standing standing_{"push"};
  std::mutex mutex_;
  std::condition_variable ended_;
  Origins origins_;
};

}  // namespace dontgoback::push
