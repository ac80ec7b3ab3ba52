#include "modules.hpp"

#include <algorithm>
#include <stdexcept>

#include "auth/remote.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "extension/remote.hpp"
#include "late_ports.hpp"
#include "secret.hpp"

namespace dontgoback::app {
namespace {

const std::vector<std::string>& modules_of(std::string_view role) {
  static const std::vector<std::string> all{"auth", "extension", "core", "web"};
  static const std::vector<std::string> auth{"auth"};
  static const std::vector<std::string> core{"core", "web"};
  static const std::vector<std::string> extension{"extension"};
  if (role == "auth") return auth;
  if (role == "core") return core;
  if (role == "extension") return extension;
  return all;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

void Modules::declare(config::OptionSet& options) {
  for (auto* module : all_) {
    options.begin_group("Module " + std::string(module->name()));
    module->declare(options);
  }
}

std::vector<Modules::OwnedCommand> Modules::commands() {
  std::vector<OwnedCommand> commands;
  for (auto* module : all_) {
    for (auto& command : module->commands()) commands.push_back({module->name(), std::move(command)});
  }
  return commands;
}

void Modules::choose(const config::Settings& settings, config::OptionSet& options, config::Problems& problems) {
  const auto& available = modules_of(settings.node.role);
  for (const auto& name : settings.modules) {
    if (!contains(available, name)) {
      problems.push_back(options.find("modules")->place() + ": " + name + ": must be among those of role " +
                         settings.node.role + ": " + listed(available));
    }
  }
  chosen_ = settings.modules.empty() ? available : settings.modules;
  const auto& node = settings.node;
  if (runs("extension") && !runs("auth") && node.auth_url.empty()) {
    problems.push_back(options.find("auth-url")->place() +
                       ": must be given: the extension is called with tokens of an auth node, and none runs here");
  }
  if (runs("core") && !runs("extension") && !node.extension_url.empty() && !runs("auth") &&
      (node.auth_url.empty() || node.client_id.empty() || node.client_secret_file.empty())) {
    problems.push_back(options.find("extension-url")->place() +
                       ": needs --auth-url, --client-id and --client-secret-file: it is called with a token");
  }
}

bool Modules::runs(std::string_view module) const { return contains(chosen_, module); }

bool Modules::asks_for_tokens(const config::Node& node) const {
  return !runs("auth") && !node.auth_url.empty() && !node.client_id.empty() && !node.client_secret_file.empty();
}

void Modules::check(config::Checks& checks) const {
  for (const auto* module : all_) {
    if (runs(module->name())) module->check(checks);
  }
}

storage::Migrations Modules::migrations() const {
  storage::Migrations migrations;
  for (const auto* module : all_) {
    if (!runs(module->name())) continue;
    const auto own = module->migrations();
    migrations.insert(migrations.end(), own.begin(), own.end());
  }
  return migrations;
}

storage::Migrations Modules::migrations_of(std::string_view name) const {
  for (const auto* module : all_) {
    if (module->name() == name) return module->migrations();
  }
  return {};
}

void Modules::make_keys(Host& host) {
  for (auto* module : all_) {
    if (runs(module->name())) module->make_keys(host);
  }
}

void Modules::start_if_chosen(Module& module, Host& host) {
  if (!runs(module.name())) return;
  started_.push_back(&module);
  module.start(host);
}

void Modules::start(Host& host) {
  start_if_chosen(auth_, host);
  connect_auth(host);
  start_if_chosen(extension_, host);
  connect_extension(host);
  start_if_chosen(core_, host);
  start_if_chosen(web_, host);
  add_jobs(host);
}

void Modules::connect(Host& host) {
  if (!runs("auth") && !host.node.auth_url.empty()) verify_by_auth_node(host);
  host.ports.tokens = late_tokens(host);
  if (runs("extension")) {
    host.ports.assets = std::make_shared<LateAssets>([this, &host] { return extension_.open_asset_source(host); });
  } else {
    connect_extension(host);
  }
  add_jobs(host);
}

void Modules::add_jobs(Host& host) {
  for (auto* module : all_) {
    if (!runs(module->name())) continue;
    for (auto& job : module->own_jobs(host)) {
      job_owners_.emplace(job.name, module->name());
      host.scheduler.add(std::move(job));
    }
  }
}

std::string_view Modules::owner_of_job(std::string_view name) const {
  const auto found = job_owners_.find(name);
  return found == job_owners_.end() ? std::string_view() : found->second;
}

void Modules::connect_auth(Host& host) {
  const auto& node = host.node;
  if (runs("auth")) {
    host.ports.service_keys = auth_.verification_keys();
    host.ports.denied = auth_.deny_list();
    host.ports.tokens = auth_.token_source();
    return;
  }
  if (node.auth_url.empty()) return;
  verify_by_auth_node(host);
  if (node.client_id.empty() || node.client_secret_file.empty()) return;
  const http::PeerWatch watch{host.health, host.scheduler};
  host.ports.tokens =
      auth::make_remote_token_source(host.client, node.auth_url, node.client_id,
                                     secret("--client-secret-file", node.client_secret_file), host.clock, &watch);
}

void Modules::verify_by_auth_node(Host& host) {
  const auto& node = host.node;
  const http::PeerWatch watch{host.health, host.scheduler};
  host.ports.service_keys = auth::make_remote_verification_keys(host.client, node.auth_url, host.clock, &watch);
  host.ports.denied = auth::make_remote_deny_list(
      host.client, node.auth_url, host.clock, host.scheduler,
      {std::chrono::seconds(node.deny_list_interval), std::chrono::seconds(node.deny_list_max_age)}, &host.health);
}

std::shared_ptr<ports::TokenSource> Modules::late_tokens(Host& host) {
  if (runs("auth")) {
    return std::make_shared<LateTokens>([this, &host] { return auth_.open_token_source(host); });
  }
  const auto& node = host.node;
  if (!asks_for_tokens(node)) return nullptr;
  return std::make_shared<LateTokens>([&host, &node] {
    return auth::make_remote_token_source(host.client, node.auth_url, node.client_id,
                                          secret("--client-secret-file", node.client_secret_file), host.clock);
  });
}

void Modules::connect_extension(Host& host) {
  if (runs("extension")) {
    host.ports.assets = extension_.asset_source();
  } else if (!host.node.extension_url.empty() && host.ports.tokens) {
    const http::PeerWatch watch{host.health, host.scheduler};
    host.ports.assets =
        extension::make_remote_asset_source(host.client, host.ports.tokens, host.node.extension_url, &watch);
  }
}

void Modules::warn(const config::Node& node) const {
  if (!runs("auth") && node.auth_url.empty()) {
    telemetry::log_warn("no auth node is known (--auth-url): calls of other servers will be refused");
  }
  if (runs("core") && !runs("extension") && node.extension_url.empty()) {
    telemetry::log_warn("no extension is known (--extension-url): assets will not change");
  }
}

void Modules::stop() {
  while (!started_.empty()) {
    started_.back()->stop();
    started_.pop_back();
  }
}

}  // namespace dontgoback::app
