#include "delivery.hpp"

#include "compose.hpp"
#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::mail {
namespace {

telemetry::Counter& counter(telemetry::Metrics& metrics, std::string_view labels) {
  return metrics.counter("dontgoback_mails_total", "Tries to hand a mail over, by what became of them.", labels);
}

}  // namespace

Delivery::Delivery(std::unique_ptr<Way> way, Sender sender, const time::Clock& clock, telemetry::Metrics& metrics)
    : way_(std::move(way)),
      sender_(std::move(sender)),
      clock_(clock),
      done_(counter(metrics, "result=\"done\"")),
      later_(counter(metrics, "result=\"later\"")),
      refused_(counter(metrics, "result=\"refused\"")),
      over_(counter(metrics, "result=\"over\"")) {}

jobs::Outbox::Outcome Delivery::deliver(std::int64_t id, std::string_view payload) {
  const auto letter = read(payload);
  if (!letter) {
    refused_.add();
    telemetry::log_error("an outbox row holds no mail", {{"id", id}});
    return jobs::Outbox::Delivery::drop;
  }
  if (letter->message.until && clock_.now() > *letter->message.until) {
    over_.add();
    telemetry::log_warn("a mail came to be of no use before it could be sent", {{"id", id}, {"mail", letter->id}});
    return jobs::Outbox::Delivery::drop;
  }
  const auto mail = compose(sender_, *letter, clock_.now());
  const auto answer = way_->send({letter->id, sender_.address, letter->message.to}, mail);
  switch (answer.kind) {
    case Answer::Kind::done:
      done_.add();
      standing_.fine();
      telemetry::log_info("a mail has gone out", {{"id", id}, {"mail", letter->id}, {"how", answer.what}});
      return jobs::Outbox::Delivery::done;
    case Answer::Kind::later:
      later_.add();
      standing_.note("cannot be sent now, and is tried again: " + answer.what);
      return {jobs::Outbox::Delivery::retry, answer.what};
    case Answer::Kind::refused:
      break;
  }
  refused_.add();
  telemetry::log_warn("a mail was refused", {{"id", id}, {"mail", letter->id}, {"cause", answer.what}});
  return {jobs::Outbox::Delivery::refuse, answer.what};
}

}  // namespace dontgoback::mail
