#include "module.hpp"

#include <algorithm>
#include <iterator>
#include <ostream>
#include <stdexcept>

#include "audit/audit.hpp"
#include "demo/demo.hpp"
#include "dontgoback/config/base_url.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/ports.hpp"
#include "dontgoback/text/url.hpp"
#include "export/export.hpp"
#include "parts.hpp"
#include "status/status.hpp"

namespace dontgoback::core {

storage::Migrations migrations();  // built in from migrations/

namespace {

Command reset_command() {
  const auto yes = std::make_shared<bool>(false);
  return {
      "sessions",
      "reset",
      Command::Uses::writes,
      "Signs everybody out and forgets the session keys, for when session.key is lost; the next start makes new ones",
      [yes](config::Options& options) {
        options.toggle("--yes", *yes, "Every session ends; guests, who have no other way in, do not come back");
      },
      [yes](Command::Context context) {
        if (!*yes) {
          throw std::invalid_argument(
              "sessions reset signs everybody out, and guests cannot come back: give --yes for that");
        }
        config::Table table({"done", "endedSessions"});
        table.add(
            {std::string("reset"), sessions::reset_session_keys(context.host.database, context.host.clock.now())});
        table.print_row(context.out, context.json);
        context.notes << "start every core node anew: a running one still has the old keys\n";
      }};
}

/// Daily at 04:00, once for all nodes: each part removes what has expired of its own. A run cut short is taken up by
/// the next. It waits for a confirmed clock, and what was written before there was one ages from there.
jobs::Job daily_purge(Host& host, const Parts& parts) {
  return {.name = "guest-purge",
          .schedule = {.daily_at = std::chrono::hours(4), .every = {}},
          .once_for_all_nodes = true,
          .work =
              [&host, &parts](const jobs::Run& run) {
                const expiry::Sweep sweep{host.database, host.trust, run};
                const auto guests = sign_in::purge_guests(sweep, host.clock, parts.life_cycle, feed::authors_among);
                const auto rows = sessions::remove_expired(sweep) + sign_in::remove_expired(sweep) +
                                  leaving::remove_expired(sweep) + notifications::remove_expired(sweep) +
                                  moderation::remove_expired(sweep) + audit::remove_expired(sweep) +
                                  push_subscriptions::remove_expired(sweep) + idempotency::remove_expired(sweep);
                return "removed " + std::to_string(guests) + " guests and " + std::to_string(rows) + " expired rows";
              },
          .needs_confirmed_clock = true};
}

/// What strangers leave behind on their way in, as much as limits allow, waits for no night.
jobs::Job hourly_purge(Host& host) {
  return {.name = "sign-in-tries",
          .schedule = {.daily_at = {}, .every = std::chrono::hours(1)},
          .once_for_all_nodes = true,
          .work =
              [&host](const jobs::Run& run) {
                const expiry::Sweep sweep{host.database, host.trust, run};
                const auto rows = sign_in::remove_what_strangers_left(sweep) + passkeys::remove_expired(sweep) +
                                  people::remove_expired(sweep);
                return "removed " + std::to_string(rows) + " expired rows";
              },
          .needs_confirmed_clock = true};
}

}  // namespace

CoreModule::CoreModule()
    : providers_(std::make_unique<sign_in::ProviderOptions>()), parts_(std::make_unique<const Parts>()) {}
CoreModule::~CoreModule() = default;

void CoreModule::declare(config::Options& options) {
  options.text("--session-key-file", session_key_file_,
               "32 bytes that wrap the session keys in the database; the same file on every core node "
               "(default: session.key in the data directory, made at first start)");
  options.text("--core-url", "URL", url_,
               "The core node, when core does not run here: walk asks it which of its walkers are one person's");
  options.integer("--guests-per-hour", guests_per_hour_, 0, 1'000'000,
                  "New guests an hour from one address; 4 times as many from a /48, 100 times in total; 0: no limit");
  options.integer(
      "--newcomer-writes", newcomer_writes_, 0, 1'000'000,
      "Posts and comments an hour by an account of its first day (admin/rules says how long it is new), of a "
      "guest half as many; 0: no limit");
  options.choice("--guests", takes_guests_, {{"on", true}, {"off", false}}, "Whether people may come as guests");
  options.choice("--sign-up", sign_up_,
                 {{"open", sign_in::SignUp::open},
                  {"invitation", sign_in::SignUp::invitation},
                  {"closed", sign_in::SignUp::closed}},
                 "Who may become a member by signing in: anybody, by a link of `users invite`, or nobody");
  options.text("--push-test-service", "ORIGIN", push_test_service_,
               "For tests: a stand-in on this machine, http://127.0.0.1:PORT, to which browsers may be subscribed "
               "besides push services");
  options.toggle("--public-reading", public_reading_,
                 "Who has the link of a post may read it without an account, and topics have feeds (docs/privacy.md): "
                 "but nothing of members with a private profile, or who said otherwise");
  providers_->declare(options);
}

storage::Migrations CoreModule::migrations() const { return core::migrations(); }

std::vector<Command> CoreModule::commands() {
  const auto source = [this] { return assets_; };
  auto commands = accounts::commands(parts_->directory, parts_->life_cycle, sessions::count_open_sessions);
  std::ranges::move(sign_in::commands(), std::back_inserter(commands));
  std::ranges::move(notifications::commands(), std::back_inserter(commands));
  std::ranges::move(moderation::commands(parts_->life_cycle), std::back_inserter(commands));
  std::ranges::move(audit::commands(), std::back_inserter(commands));
  commands.push_back(reset_command());
  std::ranges::move(assets::commands(parts_->directory, source), std::back_inserter(commands));
  std::ranges::move(demo::commands(parts_->life_cycle, parts_->directory, parts_->listeners, source),
                    std::back_inserter(commands));
  return commands;
}

void CoreModule::check(config::Checks& checks) const {
  checks.key_file("--session-key-file", key_file(checks.node()), "dontgoback sessions reset --yes");
  if (checks.node().runs(name())) providers_->check(checks);
  check_url(checks);
  if (push_test_service_.empty()) return;
  const auto origin = text::Url::parse(push_test_service_);
  if (!origin || !origin->is_loopback() || origin->origin() != push_test_service_) {
    checks.wrong("--push-test-service", "must be an origin on this machine: http://127.0.0.1:PORT");
  }
  checks.warn("--push-test-service is for tests: members may have this node call " + push_test_service_);
}

void CoreModule::check_url(config::Checks& checks) const {
  if (url_.empty()) return;
  if (const auto problem = checks.problem_of_url(url_)) return checks.wrong("--core-url", *problem);
  const auto& node = checks.node();
  if (node.runs(name()) || node.runs("auth") || !node.runs("walk")) return;
  if (checks.is_set("--auth-url") && checks.is_set("--client-id") && checks.is_set("--client-secret-file")) return;
  checks.wrong("--core-url", "needs --auth-url, --client-id and --client-secret-file: it is called with a token");
}

std::filesystem::path CoreModule::key_file(const config::Node& node) const {
  return session_key_file_.empty() ? node.data_dir / "session.key" : std::filesystem::path(session_key_file_);
}

std::vector<jobs::Job> CoreModule::own_jobs(Host& host) {
  auto all = assets::own_jobs(host, assets_);
  std::ranges::move(accounts::name_jobs(host), std::back_inserter(all));
  std::ranges::move(feed::own_jobs(host, parts_->listeners), std::back_inserter(all));
  std::ranges::move(notifications::own_jobs(host), std::back_inserter(all));
  std::ranges::move(search::own_jobs(host), std::back_inserter(all));
  std::ranges::move(popular::own_jobs(host), std::back_inserter(all));
  std::ranges::move(leaving::own_jobs(host, parts_->life_cycle), std::back_inserter(all));
  std::ranges::move(moderation::own_jobs(host, parts_->life_cycle), std::back_inserter(all));
  all.push_back(daily_purge(host, *parts_));
  all.push_back(hourly_purge(host));
  return all;
}

void CoreModule::make_keys(Host& host) { sessions::make_session_keys(host.database, key_file(host.node)); }

std::vector<backup::KeptFile> CoreModule::kept_files(const config::Node& node) const {
  std::vector<backup::KeptFile> files{
      {std::string(sessions::kSessionKeyFile), key_file(node), session_key_file_.empty()}};
  std::ranges::move(providers_->kept_files(), std::back_inserter(files));
  return files;
}

std::vector<backup::Consistency> CoreModule::consistency() const {
  auto rules = feed::consistency();
  std::ranges::move(assets::consistency(), std::back_inserter(rules));
  return rules;
}

std::vector<std::string> CoreModule::check_copy(const backup::Copy& copy) const {
  return sessions::check_session_keys(copy);
}

void CoreModule::connect(Host& host, Ports& ports) {
  assets_ = ports.find<ports::AssetSource>();
  services_ = ports.find<ports::ServiceAuthenticator>();
  if (!host.node.runs(name())) return connect_elsewhere(host, ports);
  walk_reports_ = ports.later<ports::ReportedNames>();  // walk needs `People`, and comes after
  people_ = people::make_own_people(host);
  if (public_reading_) {
    strangers_limit_ = sharing::make_limit(host);
    ports.offer<ports::SharedPosts>(sharing::make_port(host, *strangers_limit_));
  }
  ports.offer<ports::People>(people_);
  ports.offer<ports::PushDevices>("core", push_subscriptions::port(host, push_test_service_));
}

void CoreModule::connect_elsewhere(Host& host, Ports& ports) const {
  const auto tokens = ports.find<ports::TokenSource>();
  const auto url = config::parse_base_url(url_);
  if (!url || !tokens) return;
  const http::PeerWatch watch{host.health, host.scheduler, host.metrics};
  ports.offer<ports::People>(people::make_remote_people(host.client, tokens, url->text(), &watch));
}

void CoreModule::start(Host& host) {
  sessions_ =
      std::make_unique<sessions::Sessions>(host, key_file(host.node), std::vector{sign_in::no_sign_up(host.node)});
  if (strangers_limit_) {
    strangers_ =
        std::make_unique<const feed::Strangers>(feed::Strangers{sessions_->strangers_too(), *strangers_limit_});
  }
  people_->begin(*sessions_);
  people::add_routes(host, *sessions_, *services_, people_);
  const auto providers = providers_->read().providers;
  ways_in_ = std::make_unique<const accounts::WaysIn>(std::vector{accounts::WaysIn::Has(accounts::has_email),
                                                                  sign_in::signs_in_by(providers),
                                                                  accounts::WaysIn::Has(passkeys::has_any)});
  sign_in::add_routes(host, *sessions_, parts_->life_cycle, *ways_in_,
                      {static_cast<int>(guests_per_hour_), providers, takes_guests_, sign_up_});
  passkeys::add_routes(host, *sessions_, parts_->life_cycle, *ways_in_);
  leaving::add_routes(host, *sessions_, parts_->life_cycle);
  accounts::add_routes(host, sessions_->authenticator(), parts_->directory, relations::are_apart);
  relations::add_routes(host, sessions_->authenticator(), parts_->directory, parts_->turnings);
  assets::add_routes(host, sessions_->authenticator(), *services_, assets_);
  feed::add_routes(host, sessions_->authenticator(), parts_->directory, parts_->readers, parts_->listeners,
                   moderation::may_write(host, static_cast<int>(newcomer_writes_)), strangers_.get());
  if (strangers_limit_) sharing::add_routes(host, *strangers_limit_);
  streams_ = notifications::make_streams(host);
  notifications::add_routes(host, sessions_->authenticator(), *streams_);
  push_subscriptions::add_routes(host, sessions_->authenticator(), push_test_service_);
  search::add_routes(host, sessions_->authenticator(), parts_->readers);
  popular::add_routes(host, sessions_->authenticator(), parts_->readers);
  moderation::add_routes(host, sessions_->authenticator(), parts_->life_cycle, walk_reports_);
  audit::add_routes(host, sessions_->authenticator());
  status::add_routes(host, sessions_->authenticator());
  exports::add_routes(host, sessions_->authenticator(), parts_->directory);
}

void CoreModule::stop() {
  people_->end();
  streams_.reset();
}

}  // namespace dontgoback::core
