#include "module.hpp"

#include <stdexcept>

#include "commands.hpp"
#include "delivery.hpp"
#include "dontgoback/http/response.hpp"
#include "dontgoback/ports.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/text/url.hpp"

namespace dontgoback::push {
namespace {

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

}  // namespace

PushModule::PushModule() = default;
PushModule::~PushModule() = default;

void PushModule::declare(config::Options& options) {
  options.text("--push-key-file", "FILE", key_file_,
               "The key by which push services know this service, PKCS #8 of P-256 in PEM; the same file on every core "
               "node (default: push.key in the data directory, made at first start)");
  options.text("--push-contact", "URL", contact_,
               "Whom push services turn to when pushes are a trouble, mailto:… or https:… (default: the public URL)");
}

void PushModule::check(config::Checks& checks) const {
  if (!contact_.empty() && !is_contact(contact_)) {
    checks.wrong("--push-contact", "must be mailto:ADDRESS or an https URL");
  }
  if (checks.node().runs(name()) && !checks.node().runs("core")) {
    checks.wrong("--modules", "push delivers what core writes: it runs where core does");
  }
  const auto file = key_file(checks.node());
  std::error_code ignored;
  if (!checks.node().runs(name()) || !checks.looks_at_files() || !std::filesystem::exists(file, ignored)) return;
  try {
    read_key(file);
  } catch (const std::runtime_error& error) {
    checks.wrong("--push-key-file", error.what());
  }
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
                         [this] { return subscriptions_; }});
}

std::vector<backup::KeptFile> PushModule::kept_files(const config::Node& node) const {
  return {{"push-key", key_file(node), key_file_.empty()}};
}

void PushModule::make_keys(Host& host) { read_or_create_key(key_file(host.node)); }

void PushModule::connect(Host&, Ports& ports) { subscriptions_ = ports.find<ports::PushSubscriptions>(); }

void PushModule::start(Host& host) {
  auto key = [&] {
    try {
      return read_or_create_key(key_file(host.node));
    } catch (const std::runtime_error& error) {
      throw std::invalid_argument(std::string("--push-key-file: ") + error.what());
    }
  }();
  Vapid vapid(std::move(key), contact(host.node));
  look_for_change(host.known_keys, vapid.public_key());
  host.router.add({http::Method::get, "/api/v1/push/key", http::Access::anyone(), http::Lane::inline_, http::kNoBody,
                   [key = vapid.public_key()](const http::Request& request) { return answer_key(request, key); }});
  delivery_ = std::make_shared<Delivery>(host.client, std::move(vapid), subscriptions_, host.clock, host.metrics);
  host.outbox.on(
      kTopic,
      [delivery = delivery_](std::int64_t id, std::string_view payload) { return delivery->deliver(id, payload); },
      Delivery::kAtOnce);
  host.health.add("push", [delivery = delivery_] { return delivery->finding(); });
}

}  // namespace dontgoback::push
