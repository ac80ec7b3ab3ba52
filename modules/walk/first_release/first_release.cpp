#include "first_release.hpp"

#include "answers.hpp"
#include "dontgoback/text/endpoint.hpp"
#include "handlers.hpp"
#include "names.hpp"
#include "store.hpp"
#include "walkers/nickname.hpp"
#include "walkers/unlisted.hpp"

namespace dontgoback::walk::first_release {
namespace {

using std::chrono::hours;

constexpr std::size_t kBody = 8 * 1024;  // an FCM token has some hundred bytes and no stated limit
constexpr time::Timestamp::duration kUnused = std::chrono::days(400);
constexpr int kASlice = 100;

// A household signs up a few times; nobody proves to be the same again, so that each makes rows that stay for long.
constexpr limits::Rate kSignUps{"first-release-sign-up-address", 20, hours(1)};
constexpr limits::Rate kSignUpsOfSite{"first-release-sign-up-site", 80, hours(1)};
constexpr limits::Rate kAllSignUps{"first-release-sign-up-total", 1000, hours(1)};
// And anybody may ask in anybody's name.
constexpr limits::Rate kAsked{"first-release-friend-address", 60, hours(1)};
constexpr limits::Rate kAskedOfSite{"first-release-friend-site", 240, hours(1)};
constexpr limits::Rate kAskedOne{"first-release-friend-target", 60, hours(1)};

constexpr std::string_view kOption = "--walk-first-release-listen";
constexpr std::string_view kMeans =
    "clients of Firewalker's first release are served (--walk-first-release-listen, --walk-first-release-grpc-listen): "
    "there anybody may sign up without any proof, a UUID or a token of a "
    "first-release "
    "walker is all that it takes to act as it, and a nickname all to ask or accept as a friend in its name; other "
    "walkers "
    "are not reached (docs/first-release-walkers.md)";

/// Its nickname is a matter of first-release walkers among themselves, whoever changed it.
class OwnRows final : public walkers::Subscriber {
  void renamed(storage::Connection& connection, WalkerId id) const override {
    const auto walker = find(connection, id) ? walkers::find(connection, id) : std::nullopt;
    if (!walker) return;
    const auto folded = walkers::folded_nickname(walker->nickname);
    const bool is_kept =
        !folded.empty() && set_folded(connection, id, folded);  // else somebody here has it, and it has none
    if (!is_kept) set_folded(connection, id, std::nullopt);
    walkers::show_unlisted_as(connection, id, is_kept ? walker->nickname : "");
  }
  void merged(storage::Connection& connection, WalkerId from, WalkerId) const override { remove(connection, from); }
  void removed(storage::Connection& connection, WalkerId id) const override { remove(connection, id); }
};

}  // namespace

void Options::declare(config::Options& options) {
  options.text(
      kOption, "ADDR:PORT", listen_,
      "Serves the REST calls of Firewalker's first release there, to clients that prove nothing (the app's port "
      "is 3000; default: off)");
  options.text(
      kGrpcOption, "ADDR:PORT", grpc_listen_,
      "And its gRPC calls, with the certificate of --grpc-certificate-file if there is one (50051; default: off)");
}

void Options::check(config::Checks& checks) const {
  for (const auto& [option, address] : {std::pair(kOption, listen_), std::pair(kGrpcOption, grpc_listen_)}) {
    if (address.empty() || text::Endpoint::parse(address)) continue;
    checks.wrong(option, "must be ADDRESS:PORT, an IPv6 address in brackets");
  }
  if (is_on()) checks.warn(kMeans);
}

struct FirstRelease::Inner {
  Inner(Host& host, const std::filesystem::path& key_file, friends::Listeners of_friendships,
        walkers::Subscribers of_walkers)
      : listeners(std::move(of_friendships)),
        subscribers(std::move(of_walkers)),
        tokens(walkers::load_keys(host.database, key_file)),
        service(host.database, host.clock, tokens, listeners, subscribers),
        signing_up(
            host.limiter, host.metrics, "first-release-sign-up",
            {"가입이 너무 많습니다. 나중에 다시 시도해 주세요.", "Too many signed up lately."},
            {{http::Whose::address, kSignUps}, {http::Whose::site, kSignUpsOfSite}, {http::Whose::total, kAllSignUps}}),
        asking(host.limiter, host.metrics, "first-release-friend",
               {"친구 요청을 너무 많이 보냈습니다.", "Too many friend requests were sent."},
               {{http::Whose::address, kAsked}, {http::Whose::site, kAskedOfSite}, {http::Whose::target, kAskedOne}}),
        parts{service, tokens, signing_up, asking},
        names(service, tokens) {}

  const friends::Listeners listeners;
  const walkers::Subscribers subscribers;
  const Tokens tokens;
  const Service service;
  const http::ActionLimit signing_up, asking;
  const Parts parts;
  const CalledNames names;
};

FirstRelease::FirstRelease(Host& host, const std::filesystem::path& key_file, friends::Listeners listeners,
                           walkers::Subscribers subscribers)
    : inner_(std::make_unique<Inner>(host, key_file, std::move(listeners), std::move(subscribers))) {}
FirstRelease::~FirstRelease() = default;

const rpc::Names& FirstRelease::names() const { return inner_->names; }

void FirstRelease::add_routes(http::Router& router) {
  using http::Lane, http::Method, http::RouteClass;
  using Handle = http::Response (*)(const Parts&, const http::Request&);
  const auto add = [&](Method method, std::string_view path, RouteClass counts_as, std::size_t body, Handle handle) {
    router.add({.method = method,
                .path = path,
                .access = http::Access::anyone().as(counts_as),
                .lane = method == Method::get ? Lane::query : Lane::command,
                .body_limit = body,
                .handler = [this, handle](const http::Request& request) { return handle(inner_->parts, request); },
                .failure_form = in_its_form});
  };
  add(Method::post, "/auth/signup", RouteClass::sign_in, kBody, sign_up);
  add(Method::post, "/auth/signin", RouteClass::renew, kBody, sign_in);
  add(Method::post, "/auth/refresh", RouteClass::renew, kBody, refresh);
  add(Method::post, "/auth/signout", RouteClass::renew, kBody, sign_out);
  add(Method::post, "/auth/delete", RouteClass::renew, kBody, leave);
  add(Method::put, "/auth/update", RouteClass::write, kBody, update);
  add(Method::put, "/auth/fcm-token", RouteClass::write, kBody, update);
  add(Method::post, "/auth/friend/request", RouteClass::write, kBody, ask_friend);
  add(Method::post, "/auth/friend/accept", RouteClass::write, kBody, accept_friend);
  add(Method::get, "/auth/friend/list", RouteClass::read, http::kNoBody, list_friends);
  for (const auto method : {Method::get, Method::post, Method::put, Method::patch, Method::del}) {
    router.add({.method = method,
                .path = "/{*rest}",
                .access = http::Access::anyone(),
                .lane = Lane::inline_,
                .body_limit = http::kNoBody,
                .handler = [](const http::Request& request) { return nowhere(request); },
                .failure_form = nowhere});
  }
}

jobs::Job purge(Host& host, walkers::Subscribers subscribers) {
  const auto work = [&host, subscribers = std::move(subscribers)](const jobs::Run& run) {
    std::int64_t removed = 0;
    for (auto span : host.trust.spans_older_than(kUnused)) {
      while (!run.stop.stop_requested() && run.keep_alive()) {
        const auto slice =
            host.database.read([&](storage::Connection& connection) { return used_within(connection, span, kASlice); });
        if (slice.empty()) break;
        for (const auto& each : slice) {
          removed += host.database.write([&](storage::Connection& connection) {
            walkers::lock_walker(connection, each.id);
            const auto now = find(connection, each.id);  // who may have come back meanwhile
            if (!now || now->used_at != each.used_at) return 0;
            remove(connection, each.id);
            walkers::leave_for_good(connection, subscribers, each.id, host.clock.now());
            return 1;
          });
        }
      }
    }
    return "removed " + std::to_string(removed) + " walkers of the first release";
  };
  return {.name = "first-release-walkers",
          .schedule = {.daily_at = hours(4) + std::chrono::minutes(10), .every = {}},
          .once_for_all_nodes = true,
          .work = work,
          .needs_confirmed_clock = true};
}

const walkers::Subscriber& subscriber() {
  static const OwnRows kSubscriber;
  return kSubscriber;
}

}  // namespace dontgoback::walk::first_release
