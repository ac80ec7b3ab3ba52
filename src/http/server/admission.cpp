#include "http/server/admission.hpp"

#include <charconv>

#include "dontgoback/http/too_many.hpp"
#include "dontgoback/limits/address_group.hpp"
#include "dontgoback/telemetry/log.hpp"

namespace dontgoback::http {
namespace {

using std::chrono::nanoseconds;

constexpr nanoseconds kBetweenLines = std::chrono::minutes(1);
constexpr unsigned kSitePrefix = 48;

constexpr std::array<std::string_view, 4> kNames{"account", "address", "site", "total"};
constexpr Message kFromNetwork{"이 네트워크에서 요청이 너무 많습니다.",
                               "There are too many requests from this network."};
constexpr std::array<Message, 4> kMessages{
    {{"짧은 시간에 너무 많이 요청했습니다.", "That was too often in a short time."},
     kFromNetwork,
     kFromNetwork,
     {"지금은 요청이 너무 많습니다.", "There are too many requests right now."}}};

std::int64_t steady_now() {
  return std::chrono::duration_cast<nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Who shares with whom what is not an account's.
enum class Crowd { guests, members };

Crowd crowd_of(const Identity& identity) {
  const bool is_member = identity.is_walker() || (identity.is_account() && identity.role != Role::guest);
  return is_member ? Crowd::members : Crowd::guests;
}

}  // namespace

/// What a request takes of, and the keys of it: the account's own first.
class Admission::Shares {
 public:
  Shares(const limits::Policy& policy, Crowd crowd, const Identity& identity, std::string_view address) {
    if (identity.is_account() || identity.is_walker()) {
      const bool is_walker = identity.is_walker();
      if (is_walker) account_.front() = 'w';
      const auto end = std::to_chars(account_.data() + (is_walker ? 1 : 0), account_.data() + account_.size(),
                                     is_walker ? identity.walker.value : identity.user.value)
                           .ptr;
      add(Whose::account, crowd == Crowd::guests ? policy.guest : policy.member,
          {account_.data(), static_cast<std::size_t>(end - account_.data())});
    }
    const std::string_view prefix = crowd == Crowd::guests ? "guests " : "members ";
    if (policy.address.burst > 0 || policy.site.burst > 0) {
      address_.append(prefix).append(limits::address_group(address));
      add(Whose::address, policy.address, address_);
      if (policy.site.burst > 0 && address_.ends_with("/64")) {
        site_.append(prefix).append(limits::address_group(address, kSitePrefix));
        add(Whose::site, policy.site, site_);
      }
    }
    add(Whose::total, policy.total, prefix);
  }
  Shares(const Shares&) = delete;  // the shares point into it
  Shares& operator=(const Shares&) = delete;

  std::span<const limits::Share> all() const { return {shares_.data(), count_}; }
  Whose whose(std::size_t i) const { return whose_[i]; }

 private:
  void add(Whose whose, const limits::Rate& rate, std::string_view key) {
    if (rate.burst == 0) return;
    whose_[count_] = whose;
    shares_[count_++] = {rate, key};
  }

  std::array<char, 21> account_{};
  std::string address_, site_;
  std::array<limits::Share, kWhose> shares_{};
  std::array<Whose, kWhose> whose_{};
  std::size_t count_ = 0;
};

Admission::Admission(const ServerSettings& settings, telemetry::Metrics& metrics)
    : limiter_(settings.limiter), policies_(settings.policies) {
  for (std::size_t i = 1; i < kRouteClasses; ++i) {
    for (std::size_t whose = 0; whose < kWhose; ++whose) {
      std::string labels = "class=\"";
      labels.append(name_of(RouteClass{static_cast<int>(i)})).append("\",share=\"").append(kNames[whose]).append("\"");
      refusals_[i][whose].counter = &metrics.counter("dontgoback_limits_refused_total",
                                                     "Requests answered 429, by whose share was used up.", labels);
    }
  }
}

std::optional<Response> Admission::refuse_unknown(const Exchange& exchange) {
  const auto* policy = policy_of(exchange);
  if (policy == nullptr) return std::nullopt;
  const auto& until = used_up_until_[static_cast<std::size_t>(exchange.route->route.access.counts_as)];
  if (steady_now() >= until.load(std::memory_order_relaxed)) return std::nullopt;
  for (const auto crowd : {Crowd::guests, Crowd::members}) {
    const Shares shares(*policy, crowd, Identity{}, exchange.request.client_address);
    if (shares.all().empty()) return std::nullopt;
    const auto verdict = limiter_->look(shares.all());
    if (!verdict.is_refused()) return std::nullopt;
    if (crowd == Crowd::members) return refused(exchange, shares, verdict);
  }
  return std::nullopt;
}

std::optional<Response> Admission::refuse(Exchange& exchange) {
  const auto* policy = policy_of(exchange);
  const Identity& identity = exchange.request.identity;
  if (policy == nullptr || identity.kind == Identity::Kind::service) return std::nullopt;
  const Shares shares(*policy, crowd_of(identity), identity, exchange.request.client_address);
  if (shares.all().empty()) return std::nullopt;
  const auto verdict = limiter_->take(shares.all());
  if (verdict.is_refused()) return refused(exchange, shares, verdict);
  const bool of_account = shares.whose(0) == Whose::account;
  if (of_account && verdict.kind == limits::Verdict::Kind::allowed) exchange.taken = {shares.all()[0].rate, verdict};
  return std::nullopt;
}

void Admission::tell(const Exchange& exchange, Response& response) {
  const bool redirects = response.status >= 300 && response.status < 400;  // nobody is to wait before following one
  if (!exchange.taken || redirects || exchange.route->route.access.counts_as == RouteClass::read) return;
  add_rate_limit(response, exchange.taken->rate, exchange.taken->verdict);
}

const limits::Policy* Admission::policy_of(const Exchange& exchange) const {
  const auto route_class = exchange.route->route.access.counts_as;
  if (limiter_ == nullptr || route_class == RouteClass::unlimited) return nullptr;
  return &policies_[static_cast<std::size_t>(route_class)];
}

Response Admission::refused(const Exchange& exchange, const Shares& shares, const limits::Verdict& verdict) {
  const auto route_class = exchange.route->route.access.counts_as;
  const auto whose = shares.whose(verdict.refusing);
  if (whose != Whose::account) {
    used_up_until_[static_cast<std::size_t>(route_class)].store(steady_now() + nanoseconds(verdict.wait).count(),
                                                                std::memory_order_relaxed);
  }
  note(route_class, whose);
  return too_many(exchange.request, kMessages[static_cast<std::size_t>(whose)], shares.all()[verdict.refusing].rate,
                  verdict);
}

/// A line at the first, and then a minute apart for all that came between.
void Admission::note(RouteClass route_class, Whose whose) {
  auto& refusals = refusals_[static_cast<std::size_t>(route_class)][static_cast<std::size_t>(whose)];
  refusals.counter->add();
  refusals.unlogged.fetch_add(1, std::memory_order_relaxed);
  const auto now = steady_now();
  auto next = refusals.next_line.load(std::memory_order_relaxed);
  if (now < next || !refusals.next_line.compare_exchange_strong(next, now + kBetweenLines.count())) return;
  telemetry::log_warn("requests are refused, because they come too often",
                      {{"class", name_of(route_class)},
                       {"share", kNames[static_cast<std::size_t>(whose)]},
                       {"requests", refusals.unlogged.exchange(0)}});
}

}  // namespace dontgoback::http
