#include "delivery.hpp"

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::push {
namespace {

using jobs::Outbox;
using Noted = ports::PushDevices::Outcome;

telemetry::Counter& counter(telemetry::Metrics& metrics, std::string_view labels) {
  return metrics.counter("dontgoback_pushes_total", "Tries to hand a push to a push service, by what became of them.",
                         labels);
}

/// Who writes pushes knows the first release's name, and the operator may have another.
std::string title_of(const Message& message, const config::NetworkName& network) {
  if (network.own && message.title == "돈고백") return network.ko;
  if (network.own && message.title == "DontGoBack") return network.en;
  return message.title;
}

Outbox::Outcome after(std::chrono::seconds pause, Outbox::Outcome outcome) {
  outcome.after = pause;
  return outcome;
}

}  // namespace

Counters::Counters(telemetry::Metrics& metrics)
    : done(counter(metrics, "result=\"done\"")),
      later(counter(metrics, "result=\"later\"")),
      gone(counter(metrics, "result=\"gone\"")),
      refused(counter(metrics, "result=\"refused\"")),
      over(counter(metrics, "result=\"over\"")) {}

Outbox::Outcome Delivery::deliver(std::int64_t id, std::string_view payload) {
  auto message = read(payload);
  if (!message) {
    telemetry::log_error("an outbox row holds no push", {{"id", id}});
    return Outbox::Delivery::drop;
  }
  message->title = title_of(*message, network_);
  const auto now = clock_.now();
  if (now > message->until) {
    counters_.over.add();
    telemetry::log_debug("a push came to be of no use before it could be sent", {{"id", id}});
    return Outbox::Delivery::done;
  }
  const auto device = devices_->find(message->device.id);
  if (!device) return Outbox::Delivery::done;  // whose it was is not told of it any more
  return conclude(id, *message, device->refused, carrier_->carry(*device, *message, now));
}

Outbox::Outcome Delivery::conclude(std::int64_t id, const Message& message, bool was_refused,
                                   const Carrier::Carried& carried) {
  const auto& [service, answer] = carried;
  const auto what = service + ": " + answer.what;
  const auto device = message.device.id;
  switch (answer.kind) {
    case Answer::Kind::done:
      counters_.done.add();
      carrier_->standing().fine();
      if (was_refused) devices_->note(device, Noted::fine);
      telemetry::log_debug("a push has gone out", {{"id", id}, {"service", service}});
      return Outbox::Delivery::done;
    case Answer::Kind::gone:
      counters_.gone.add();
      devices_->note(device, Noted::gone);
      telemetry::log_debug("a device that is pushed to is gone", {{"id", id}, {"service", service}});
      return Outbox::Delivery::done;
    case Answer::Kind::not_tried:
      return after(answer.pause, {Outbox::Delivery::later, what});
    case Answer::Kind::later:
      counters_.later.add();
      return after(answer.pause, {Outbox::Delivery::retry, what});
    case Answer::Kind::misconfigured:
      counters_.later.add();
      carrier_->standing().note("pushes wait: " + what);
      return after(answer.pause, {Outbox::Delivery::retry, what});
    case Answer::Kind::malformed:
      counters_.refused.add();
      telemetry::log_warn("a push was dropped that its service takes from nobody", {{"id", id}, {"cause", what}});
      return {Outbox::Delivery::refuse, what};
    case Answer::Kind::refused:
      break;
  }
  counters_.refused.add();
  if (!was_refused) devices_->note(device, Noted::refused);
  carrier_->standing().note("was refused: " + what);
  telemetry::log_warn("a push was refused", {{"id", id}, {"cause", what}});
  return {Outbox::Delivery::refuse, what};
}

}  // namespace dontgoback::push
