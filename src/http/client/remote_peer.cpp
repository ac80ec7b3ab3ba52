#include "dontgoback/http/peer.hpp"
#include "dontgoback/text/url.hpp"
#include "dontgoback/time/clock.hpp"

namespace dontgoback::http {
void Peer::count_in(telemetry::Metrics& metrics, const std::string& node) {
  constexpr std::array<std::string_view, 4> kOutcomes{"answered", "unanswered", "refused", "nonsense"};
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
    counters_[i] = &metrics.counter("dontgoback_node_calls_total", "Calls of other nodes, by what became of them.",
                                    "node=\"" + node + "\",outcome=\"" + std::string(kOutcomes[i]) + '"');
  }
  last_failure_ = std::make_shared<std::atomic<double>>(0);
  metrics.gauge(
      "dontgoback_node_call_last_failure_timestamp_seconds",
      "When a call of the other node last came to nothing; 0: never since the start.",
      [last = last_failure_] { return last->load(); }, "node=\"" + node + '"');
}

void Peer::count(Outcome outcome) {
  if (auto* counter = counters_[static_cast<std::size_t>(outcome)]) counter->add();
  if (outcome == Outcome::answered || !last_failure_) return;
  *last_failure_ = std::chrono::duration<double>(time::SystemClock{}.now().time_since_epoch()).count();
}

void Peer::no_answer(const std::string& url) {
  count(Outcome::unanswered);
  using Weight = telemetry::Finding::Weight;
  // Without the path: who is away is away for every call.
  const auto parsed = text::Url::parse(url);
  const auto server = parsed ? parsed->origin() : url;
  const auto why = client_.why_no_answer(url);
  // The client has logged it, once for all who call there.
  if (!why) return standing_.keep({Weight::note, server + " does not answer"});
  standing_.keep(why->not_trusted ? telemetry::Finding{Weight::unready, why->cause}
                                  : telemetry::Finding{Weight::note, server + ": " + why->cause});
}

void Peer::answered_in_vain(const std::string& url, int status, std::string_view refused) {
  count(Outcome::refused);
  const std::string said = url + " answers " + std::to_string(status);
  if (status == 400 || status == 401 || status == 403) {
    return standing_.unready(said + ": " + std::string(refused));
  }
  if (status == 404 || status == 405 || status == 410) {
    return standing_.unready(said + ": there is no such thing at that URL; check " + option_);
  }
  if (status / 100 == 3) {
    return standing_.unready(said + ": redirections are not followed; give the right URL by " + option_);
  }
  if (status == 408 || status == 429 || status / 100 == 5) {
    return standing_.note(said + ": it cannot do it now, and is asked again");
  }
  standing_.unready(said + ", which makes no sense: check " + option_);
}

void Peer::not_understood(const std::string& url) {
  count(Outcome::nonsense);
  standing_.unready(url + " answers something that is not understood: check " + option_ + ", and that it is " + kind_);
}

void watch(const PeerWatch& watch, const std::string& name, std::chrono::seconds every,
           std::function<telemetry::Finding()> finding, std::function<void()> look) {
  watch.health.add(name, finding);
  watch.scheduler.add({.name = "watch-" + name,
                       .schedule = {.daily_at = {}, .every = every, .at_start = true},
                       .once_for_all_nodes = false,
                       .work = [finding = std::move(finding), look = std::move(look)](const jobs::Run&) {
                         look();
                         auto found = finding();
                         return found.text.empty() ? std::string("all is well") : std::move(found.text);
                       }});
}

}  // namespace dontgoback::http
