#include "delivery.hpp"

#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::push {
namespace {

using jobs::Outbox;
using Noted = ports::PushSubscriptions::Outcome;

telemetry::Counter& counter(telemetry::Metrics& metrics, std::string_view labels) {
  return metrics.counter("dontgoback_pushes_total", "Tries to hand a push to a push service, by what became of them.",
                         labels);
}

/// So long one waits for a call to a push service to end rather than put its push off, which is a write.
constexpr std::chrono::milliseconds kPatience{200};

Outbox::Outcome after(std::chrono::seconds pause, Outbox::Outcome outcome) {
  outcome.after = pause;
  return outcome;
}

Outbox::Outcome again(std::string why, std::chrono::seconds pause) {
  return after(pause, {Outbox::Delivery::retry, std::move(why)});
}

/// Of a push that was not tried.
Outbox::Outcome not_now(std::string why, std::chrono::seconds pause) {
  return after(pause, {Outbox::Delivery::later, std::move(why)});
}

}  // namespace

Delivery::Delivery(http::Client& client, Vapid vapid, std::shared_ptr<ports::PushSubscriptions> subscriptions,
                   const time::Clock& clock, telemetry::Metrics& metrics)
    : client_(client),
      vapid_(std::move(vapid)),
      subscriptions_(std::move(subscriptions)),
      clock_(clock),
      done_(counter(metrics, "result=\"done\"")),
      later_(counter(metrics, "result=\"later\"")),
      gone_(counter(metrics, "result=\"gone\"")),
      refused_(counter(metrics, "result=\"refused\"")),
      over_(counter(metrics, "result=\"over\"")) {}

Outbox::Outcome Delivery::deliver(std::int64_t id, std::string_view payload) {
  const auto message = read(payload);
  if (!message) {
    telemetry::log_error("an outbox row holds no push", {{"id", id}});
    return Outbox::Delivery::drop;
  }
  const auto now = clock_.now();
  if (now > message->until) {
    over_.add();
    telemetry::log_debug("a push came to be of no use before it could be sent", {{"id", id}});
    return Outbox::Delivery::done;
  }
  const auto subscription = subscriptions_->find(message->subscription);
  if (!subscription) return Outbox::Delivery::done;  // whose it was is not told of it any more
  const auto origin = origin_of(subscription->endpoint);
  const auto turn = turn_at(origin);
  if (turn.busy) return not_now(origin + " has as many calls as it gets at once", {});
  if (turn.wait.count() > 0) return not_now(origin + " is not called for a while", turn.wait);
  const auto begun = std::chrono::steady_clock::now();
  Answer answer{Answer::Kind::later, {}, "it could not be called"};
  try {
    answer = hand_over(client_, vapid_, *subscription, *message, now, turn.time_limit);
  } catch (...) {
    note(origin, answer, begun);
    throw;
  }
  note(origin, answer, begun);
  return conclude(id, *message, origin, subscription->refused, answer);
}

Origins::Turn Delivery::turn_at(const std::string& origin) {
  std::unique_lock lock(mutex_);
  auto turn = origins_.ask(origin, std::chrono::steady_clock::now());
  if (!turn.busy) return turn;
  ended_.wait_for(lock, kPatience, [&] {
    turn = origins_.ask(origin, std::chrono::steady_clock::now());
    return !turn.busy;
  });
  return turn;
}

void Delivery::note(const std::string& origin, const Answer& answer, Origins::Time begun) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (answer.kind == Answer::Kind::later) {
    origins_.failed(origin, now, now - begun, answer.pause);
  } else {
    origins_.ended(origin, now, now - begun);
  }
  ended_.notify_all();
}

Outbox::Outcome Delivery::conclude(std::int64_t id, const Message& message, const std::string& origin, bool was_refused,
                                   const Answer& answer) {
  const auto what = origin + ": " + answer.what;
  switch (answer.kind) {
    case Answer::Kind::done:
      done_.add();
      standing_.fine();
      if (was_refused) subscriptions_->note(message.subscription, Noted::fine);
      telemetry::log_debug("a push has gone out", {{"id", id}, {"service", origin}});
      return Outbox::Delivery::done;
    case Answer::Kind::gone:
      gone_.add();
      subscriptions_->note(message.subscription, Noted::gone);
      telemetry::log_debug("a push subscription is gone", {{"id", id}, {"service", origin}});
      return Outbox::Delivery::done;
    case Answer::Kind::later:
      later_.add();
      return again(what, answer.pause);
    case Answer::Kind::refused:
      break;
  }
  refused_.add();
  if (!was_refused) subscriptions_->note(message.subscription, Noted::refused);
  standing_.note("was refused: " + what);
  telemetry::log_warn("a push was refused", {{"id", id}, {"cause", what}});
  return {Outbox::Delivery::refuse, what};
}

}  // namespace dontgoback::push
