#include "module.hpp"

#include <filesystem>
#include <functional>
#include <mutex>
#include <stdexcept>

#include "dontgoback/config/base_url.hpp"
#include "dontgoback/config/table.hpp"
#include "dontgoback/http/peer.hpp"
#include "dontgoback/ports.hpp"
#include "dontgoback/ports/token_source.hpp"
#include "dontgoback/security/files/known_keys.hpp"
#include "dontgoback/security/files/secret_file.hpp"
#include "remote.hpp"
#include "routes.hpp"
#include "service.hpp"

namespace dontgoback::extension {

namespace {

constexpr std::string_view kKeyFile = "multiplier-key";
constexpr std::string_view kKnownKey = "multiplier";
constexpr std::size_t kKeyBytes = 32;
constexpr std::string_view kLoss = "with it every multiplier from now on would change";
constexpr std::string_view kWayOut = "dontgoback multipliers reset --yes";

std::string new_key(const std::filesystem::path& file) {
  try {
    return security::read_or_create_key(file);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(std::string(error.what()) + ": move it away, and a new one is made");
  }
}

}  // namespace

/// The port in process. Opens the multiplier's key when it is first asked, if no start has done so.
class OwnAssets final : public ports::AssetSource {
 public:
  explicit OwnAssets(std::function<std::unique_ptr<AssetService>()> open) : open_(std::move(open)) {}

  std::vector<Result<ports::AssetChange>> changes(time::Day day, std::span<const ports::AssetQuery> queries) override {
    return service().changes(day, queries);
  }
  AssetService& service() {
    const std::lock_guard lock(mutex_);
    if (!service_) service_ = open_();
    return *service_;
  }

 private:
  const std::function<std::unique_ptr<AssetService>()> open_;
  std::mutex mutex_;
  std::unique_ptr<AssetService> service_;
};

ExtensionModule::ExtensionModule() = default;
ExtensionModule::~ExtensionModule() = default;

void ExtensionModule::declare(config::Options& options) {
  options.text("--extension-url", "URL", url_, "The extension node, when extension does not run here");
  options.number("--daily-sigma", settings_.sigma, 0, kMaxSigma, "Spread of the daily multiplier's logarithm");
  options.number("--daily-min-percent", settings_.min_percent, kMinPercent, kMaxPercent,
                 "The most a day takes, in percent");
  options.number("--daily-max-percent", settings_.max_percent, kMinPercent, kMaxPercent,
                 "The most a day gives, in percent");
  options.text(
      "--multiplier-key-file", key_file_option_,
      "32 bytes that decide every multiplier (default: multiplier.key in the data directory, made at first start)");
}

void ExtensionModule::check(config::Checks& checks) const {
  const auto& node = checks.node();
  const bool has_tokens = node.runs("auth") || checks.is_set("--auth-url");
  if (!url_.empty()) {
    if (const auto problem = checks.problem_of_url(url_)) checks.wrong("--extension-url", *problem);
  }
  if (!node.runs(name())) {
    const bool is_called = node.runs("core");
    if (is_called && url_.empty()) {
      checks.warn("no extension is known (--extension-url): assets will not change");
    } else if (is_called && !node.runs("auth") &&
               !(has_tokens && checks.is_set("--client-id") && checks.is_set("--client-secret-file"))) {
      checks.wrong("--extension-url",
                   "needs --auth-url, --client-id and --client-secret-file: it is called with a token");
    }
    return;
  }
  if (!has_tokens) {
    checks.wrong("--auth-url",
                 "must be given: the extension is called with tokens of an auth node, and none runs here");
  }
  if (settings_.min_percent > settings_.max_percent) {
    checks.wrong("--daily-min-percent", "must not be over --daily-max-percent");
  }
  checks.key_file("--multiplier-key-file", key_file(checks.node()), kWayOut);
}

std::vector<setup::OtherNode> ExtensionModule::others(const config::Node& node) const {
  if (node.runs(name()) || url_.empty()) return {};
  return {{"the extension node", "--extension-url", url_, "/"}};
}

std::vector<Command> ExtensionModule::commands() {
  const auto yes = std::make_shared<bool>(false);
  return {{"multipliers", "reset", Command::Uses::writes,
           "Goes on with the key file that is there, or makes a new one, when the old one is lost",
           [yes](config::Options& options) {
             options.toggle("--yes", *yes, "Every multiplier from now on is another than it would have been");
           },
           [this, yes](Command::Context context) {
             if (!*yes) {
               throw std::invalid_argument(
                   "multipliers reset changes everybody's multipliers from now on: give --yes for that");
             }
             const auto file = key_file(context.host.node);
             context.host.known_keys.remember(kKnownKey, security::fingerprint_of(new_key(file)));
             config::Table table({"done", "file"});
             table.add({std::string("reset"), file.string()});
             table.print_row(context.out, context.json);
           }}};
}

std::filesystem::path ExtensionModule::key_file(const config::Node& node) const {
  return key_file_option_.empty() ? node.data_dir / "multiplier.key" : std::filesystem::path(key_file_option_);
}

std::vector<backup::KeptFile> ExtensionModule::kept_files(const config::Node& node) const {
  return {{std::string(kKeyFile), key_file(node), key_file_option_.empty()}};
}

std::vector<std::string> ExtensionModule::check_copy(const backup::Copy& copy) const {
  const auto key = copy.file(kKeyFile);
  const auto known = copy.known_key(kKnownKey);
  const auto loss =
      ", and " + std::string(kLoss) + ": put the file back, or begin anew by `" + std::string(kWayOut) + "`";
  if (!key) {
    const bool is_its = copy.role == "all" || copy.role == name();
    // A node without a database has nothing but its key.
    if (is_its && (known || copy.database == nullptr)) return {"multiplier.key is missing" + loss};
    return {};
  }
  if (key->size() == kKeyBytes) {
    if (!known || *known == security::fingerprint_of(*key)) return {};
    return {"multiplier.key is not the key that this node has had" + loss};
  }
  return {"multiplier.key is not the key: it has " + std::to_string(key->size()) + " bytes and must have " +
          std::to_string(kKeyBytes)};
}

void ExtensionModule::make_keys(Host& host) {
  security::known_key(host.known_keys, kKnownKey, key_file(host.node), kLoss, kWayOut);
}

void ExtensionModule::start(Host& host) {
  make_keys(host);
  assets_->service();
  add_routes(host.router, *services_, assets_, host.clock, host.zone);
}

void ExtensionModule::connect(Host& host, Ports& ports) {
  if (host.node.runs(name())) {
    assets_ = std::make_shared<OwnAssets>([this, &host] {
      const auto key = security::present_known_key(host.known_keys, kKnownKey, key_file(host.node), kLoss, kWayOut);
      return std::make_unique<AssetService>(DailyMultiplier(key, settings_), host.trust, host.zone);
    });
    ports.offer<ports::AssetSource>(assets_);
    services_ = ports.find<ports::ServiceAuthenticator>();
    return;
  }
  const auto tokens = ports.find<ports::TokenSource>();
  const auto url = config::parse_base_url(url_);
  if (!url || !tokens) return;
  const http::PeerWatch watch{host.health, host.scheduler, host.metrics};
  ports.offer<ports::AssetSource>(make_remote_asset_source(host.client, tokens, url->text(), &watch));
}

}  // namespace dontgoback::extension
