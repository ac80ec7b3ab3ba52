#include "module.hpp"

#include <algorithm>
#include <stdexcept>

#include "commands.hpp"
#include "delivery.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/ports.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/text/url.hpp"
#include "fcm_carrier.hpp"
#include "gate.hpp"
#include "web_carrier.hpp"

namespace dontgoback::push {
namespace {

/// The modules that keep devices.
constexpr auto kOwners = {"core", "walk"};

http::Response answer_key(const http::Request& request, const std::string& key) {
  return http::envelope(request, 200, {"알림을 보내는 공개 키입니다.", "The public key of pushes."},
                        [&](json::Writer& writer) {
                          writer.begin_object();
                          writer.field("publicKey", key);
                          writer.end_object();
                        });
}

/// Browsers are subscribed with one key: another one makes what they have worthless until they are seen again.
void look_for_change(security::KnownKeys& known, const std::string& public_key) {
  const auto fingerprint = security::fingerprint_of(public_key);
  const auto before = known.find("push");
  if (before == fingerprint) return;
  if (before) {
    telemetry::log_warn(
        "the push key is another than before, or than another node's: browsers that are subscribed are told of nothing "
        "until they are seen again");
  }
  known.remember("push", fingerprint);
}

void deliver(Host& host, const std::string& topic, const std::shared_ptr<Carrier>& carrier,
             const std::shared_ptr<ports::PushDevices>& devices, const Counters& counters) {
  const auto delivery = std::make_shared<Delivery>(carrier, devices, host.clock, counters, host.node.network);
  host.outbox.on(
      topic, [delivery](std::int64_t id, std::string_view payload) { return delivery->deliver(id, payload); },
      carrier->at_once());
}

}  // namespace

PushModule::PushModule() = default;
PushModule::~PushModule() = default;

void PushModule::declare(config::Options& options) {
  options.text("--push-key-file", "FILE", key_file_,
               "The key by which push services know this service, PKCS #8 of P-256 in PEM; the same file on every core "
               "node (default: push.key in the data directory, made at first start)");
  options.text("--push-contact", "URL", contact_,
               "Whom push services turn to when pushes are a trouble, mailto:… or https:… (default: the public URL)");
  options.text(
      "--fcm-service-account-file", "FILE", fcm_account_file_,
      "The key file of a service account of the app's Firebase project, JSON as Google's console gives it out; "
      "without it apps are told of nothing while they are closed");
  options.text("--fcm-proxy", "URL", fcm_proxy_,
               "The proxy by which Google's servers are reached, http://HOST:PORT, by CONNECT (default: none)");
  options.text("--fcm-test-service", "ORIGIN", fcm_test_service_,
               "For tests: a stand-in on this machine, http://127.0.0.1:PORT, in place of FCM");
}

void PushModule::check(config::Checks& checks) const {
  if (!contact_.empty() && !is_contact(contact_)) {
    checks.wrong("--push-contact", "must be mailto:ADDRESS or an https URL");
  }
  const auto& node = checks.node();
  if (node.runs(name()) && std::ranges::none_of(kOwners, [&](auto owner) { return node.runs(owner); })) {
    checks.wrong("--modules", "push delivers what core and walk write: it runs where one of them does");
  }
  check_fcm(checks);
  const auto file = key_file(node);
  std::error_code ignored;
  if (!node.runs(name()) || !checks.looks_at_files()) return;
  if (std::filesystem::exists(file, ignored)) {
    try {
      read_key(file);
    } catch (const std::runtime_error& error) {
      checks.wrong("--push-key-file", error.what());
    }
  }
  if (fcm_account_file_.empty()) return;
  try {
    read_fcm_account(fcm_account_file_, fcm_test_service_);
  } catch (const std::runtime_error& error) {
    checks.wrong("--fcm-service-account-file", error.what());
  }
}

void PushModule::check_fcm(config::Checks& checks) const {
  if (fcm_account_file_.empty()) {
    for (const auto* option : {"--fcm-proxy", "--fcm-test-service"}) {
      if (checks.is_set(option)) checks.wrong(option, "needs --fcm-service-account-file");
    }
  }
  const auto proxy = text::Url::parse(fcm_proxy_);
  if (!fcm_proxy_.empty() && (!proxy || proxy->https || proxy->origin() != fcm_proxy_)) {
    checks.wrong("--fcm-proxy", "must be http://HOST:PORT");
  }
  if (fcm_test_service_.empty()) return;
  const auto origin = text::Url::parse(fcm_test_service_);
  if (!origin || !origin->is_loopback() || origin->origin() != fcm_test_service_) {
    checks.wrong("--fcm-test-service", "must be an origin on this machine: http://127.0.0.1:PORT");
  }
  checks.warn("--fcm-test-service is for tests: no app is told of anything, but " + fcm_test_service_);
}

std::filesystem::path PushModule::key_file(const config::Node& node) const {
  return key_file_.empty() ? node.data_dir / "push.key" : std::filesystem::path(key_file_);
}

std::string PushModule::contact(const config::Node& node) const {
  if (!contact_.empty()) return contact_;
  const auto url = text::Url::parse(node.public_url);
  return url && url->https ? url->origin() : "";
}

std::vector<Command> PushModule::commands() {
  return push::commands({[this](const config::Node& node) { return Vapid(read_key(key_file(node)), contact(node)); },
                         [this](const config::Node& node) { return key_file(node); },
                         [this] {
                           const auto found = devices_.find("core");
                           return found == devices_.end() ? nullptr : found->second;
                         }});
}

std::vector<backup::KeptFile> PushModule::kept_files(const config::Node& node) const {
  std::vector<backup::KeptFile> files{{"push-key", key_file(node), key_file_.empty()}};
  if (!fcm_account_file_.empty()) {
    files.push_back({.name = "fcm-service-account", .path = fcm_account_file_});
  }
  return files;
}

void PushModule::make_keys(Host& host) { read_or_create_key(key_file(host.node)); }

void PushModule::connect(Host&, Ports& ports) { devices_ = ports.all<ports::PushDevices>(); }

void PushModule::start(Host& host) {
  const Counters counters(host.metrics);
  bring_to_browsers(host, counters);
  bring_to_apps(host, counters);
}

void PushModule::bring_to_browsers(Host& host, const Counters& counters) {
  const auto key = [&] {
    try {
      return read_or_create_key(key_file(host.node));
    } catch (const std::runtime_error& error) {
      throw std::invalid_argument(std::string("--push-key-file: ") + error.what());
    }
  }();
  look_for_change(host.known_keys, Vapid(key, "").public_key());
  gate_ = std::make_unique<Gate>();
  std::vector<std::shared_ptr<Carrier>> carriers;
  for (const auto& [owner, devices] : devices_) {
    Vapid vapid(owner == "core" ? key : key_for(key, owner), contact(host.node));
    host.router.add({http::Method::get, devices->key_path(), http::Access::anyone(), http::Lane::inline_, http::kNoBody,
                     [key = vapid.public_key()](const http::Request& request) { return answer_key(request, key); }});
    carriers.push_back(std::make_shared<WebCarrier>(host.client, *gate_, std::move(vapid)));
    deliver(host, topic_of(devices->topic(), Channel::web), carriers.back(), devices, counters);
  }
  host.health.add("push", [carriers] {
    for (const auto& carrier : carriers) {
      if (auto finding = carrier->standing().finding(); finding != telemetry::Finding{}) return finding;
    }
    return telemetry::Finding{};
  });
}

void PushModule::bring_to_apps(Host& host, const Counters& counters) {
  if (fcm_account_file_.empty()) {
    // What is written for apps all the same is not to lie there for ever.
    for (const auto& [owner, devices] : devices_) {
      host.outbox.on(topic_of(devices->topic(), Channel::fcm),
                     [](std::int64_t, std::string_view) { return jobs::Outbox::Delivery::done; });
    }
    return;
  }
  FcmSettings settings{.proxy = fcm_proxy_};
  if (!fcm_test_service_.empty()) settings.service = fcm_test_service_;
  const auto carrier = std::make_shared<FcmCarrier>(host.client, fcm_account(), host.clock, std::move(settings));
  for (const auto& [owner, devices] : devices_) {
    deliver(host, topic_of(devices->topic(), Channel::fcm), carrier, devices, counters);
  }
  host.health.add("push-fcm", [carrier] { return carrier->standing().finding(); });
}

FcmAccount PushModule::fcm_account() const {
  try {
    return read_fcm_account(fcm_account_file_, fcm_test_service_);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(std::string("--fcm-service-account-file: ") + error.what());
  }
}

}  // namespace dontgoback::push
