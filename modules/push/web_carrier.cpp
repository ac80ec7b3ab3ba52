#include "web_carrier.hpp"

#include "service.hpp"

namespace dontgoback::push {

Carrier::Carried WebCarrier::carry(const ports::PushDevice& device, const Message& message, time::Timestamp now) {
  const auto* subscription = std::get_if<ports::PushSubscription>(&device.address);
  if (subscription == nullptr) return {"", {Answer::Kind::malformed, {}, "it is no browser's"}};
  auto origin = origin_of(subscription->endpoint);
  auto answer = gate_.call(origin, [&](std::chrono::seconds time_limit) {
    return hand_over(client_, vapid_, *subscription, message, now, time_limit);
  });
  return {std::move(origin), std::move(answer)};
}

}  // namespace dontgoback::push
