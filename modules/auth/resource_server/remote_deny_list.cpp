#include <atomic>
#include <mutex>
#include <utility>

#include "dontgoback/http/peer.hpp"
#include "names.hpp"
#include "resource_server/first_release.hpp"
#include "resource_server/remote.hpp"

namespace dontgoback::auth {

namespace {

class RemoteDenyList final : public DenyList {
 public:
  RemoteDenyList(http::Client& client, const std::string& auth_url, const time::Clock& clock,
                 std::chrono::seconds max_age)
      : client_(client),
        url_(auth_url + std::string(kDenyListPath)),
        clock_(clock),
        max_age_(max_age),
        peer_(client, "the auth server's deny-list", "--auth-url") {}

  /// The metrics are not read any more when the list is gone.
  void count_in(telemetry::Metrics& metrics) {
    peer_.count_in(metrics, "deny-list");
    metrics.gauge("dontgoback_deny_list_confirmed_timestamp_seconds",
                  "When the auth server's deny-list was last known to be whole here; 0: not yet.",
                  [this] { return confirmed_at_.load(); });
    metrics.gauge("dontgoback_deny_list_entries", "What the auth server has taken back, as known here.", [this] {
      const std::lock_guard lock(mutex_);
      return static_cast<double>(set_->size());
    });
  }

  telemetry::Finding finding() const { return peer_.finding(); }

  std::shared_ptr<const DenySet> current() const override {
    const std::lock_guard lock(mutex_);
    return max_age_.count() == 0 || fresh() ? set_ : nullptr;
  }

  /// Looks at the auth node's list. One caller at a time. An auth node that is away is no failure of the job, which
  /// would then pause for ten intervals.
  std::string look() {
    const auto asked_at = clock_.steady();
    http::ClientRequest request;
    request.url = url_;
    if (!etag_.empty()) request.headers.emplace_back("If-None-Match", etag_);
    const auto answer = client_.send(request);
    if (!answer) {
      peer_.no_answer(url_);
      return kept("the auth server is away");
    }
    if (answer->status == 304 && !etag_.empty()) return confirmed(asked_at);
    if (answer->status == 200) {
      auto set = DenySet::from_json(answer->body);
      if (!set) {
        // What is taken back from now on is not seen here, and nothing confirms the list before it is read again.
        etag_.clear();
        peer_.not_understood(url_);
        return kept("the auth server's list cannot be read");
      }
      etag_ = answer->etag;
      had_ = true;
      return replaced(std::make_shared<const DenySet>(std::move(*set)), asked_at);
    }
    // A server that had a list once has one still; whoever answers in its place is not believed.
    if (may_be_first_release(answer->status) && !had_) return confirmed(asked_at);
    peer_.answered_in_vain(url_, answer->status, "it does not show its deny-list; check --auth-url");
    return kept("the auth server answers " + std::to_string(answer->status));
  }

 private:
  using Moment = std::chrono::steady_clock::time_point;

  bool fresh() const { return seen_ && clock_.steady() - *seen_ <= max_age_; }

  std::string replaced(std::shared_ptr<const DenySet> set, Moment asked_at) {
    {
      const std::lock_guard lock(mutex_);
      set_ = std::move(set);
    }
    return confirmed(asked_at);
  }

  std::string confirmed(Moment asked_at) {
    peer_.answered();
    confirmed_at_ = std::chrono::duration<double>(clock_.now().time_since_epoch()).count();
    const std::lock_guard lock(mutex_);
    seen_ = asked_at;
    return std::to_string(set_->size()) + " taken back";
  }

  std::string kept(const std::string& why) const {
    const std::lock_guard lock(mutex_);
    return why + "; " + std::to_string(set_->size()) + " known to be taken back";
  }

  http::Client& client_;
  const std::string url_;
  const time::Clock& clock_;
  const std::chrono::seconds max_age_;
  http::Peer peer_;

  // The job's own.
  std::string etag_;
  bool had_ = false;

  std::atomic<double> confirmed_at_{0};
  mutable std::mutex mutex_;
  std::shared_ptr<const DenySet> set_ = std::make_shared<const DenySet>();
  std::optional<Moment> seen_;  // when it was last known to be the auth node's
};

}  // namespace

std::shared_ptr<DenyList> make_remote_deny_list(http::Client& client, std::string auth_url, const time::Clock& clock,
                                                jobs::Scheduler& scheduler, DenyListCopy copy,
                                                const http::PeerWatch* watch) {
  auto list = std::make_shared<RemoteDenyList>(client, auth_url, clock, copy.max_age);
  if (watch != nullptr) {
    watch->health.add("deny-list", [list] { return list->finding(); });
    list->count_in(watch->metrics);
  }
  scheduler.add({.name = "deny-list",
                 .schedule = {.daily_at = {}, .every = copy.interval, .at_start = true},
                 .once_for_all_nodes = false,
                 .work = [list](const jobs::Run&) { return list->look(); }});
  return list;
}

}  // namespace dontgoback::auth
