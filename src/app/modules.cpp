#include "modules.hpp"

#include <algorithm>

namespace dontgoback::app {
namespace {

bool contains(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

Modules::Modules(const ModuleTable& table) : table_(table) {
  for (const auto& entry : table.modules) all_.push_back(entry.make());
}

void Modules::declare(config::OptionSet& options) {
  for (const auto& module : all_) {
    options.begin_group("Module " + std::string(module->name()));
    module->declare(options);
  }
}

std::vector<Modules::OwnedCommand> Modules::commands() {
  std::vector<OwnedCommand> commands;
  for (const auto& module : all_) {
    for (auto& command : module->commands()) commands.push_back({module->name(), std::move(command)});
  }
  return commands;
}

void Modules::choose(config::Settings& settings, config::OptionSet& options, config::Problems& problems) {
  const auto& role = settings.node.role;
  std::vector<std::string> available;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (role == config::kAllRoles.name || contains(table_.modules[i].roles, role)) {
      available.emplace_back(all_[i]->name());
    }
  }
  for (const auto& name : settings.modules) {
    if (!contains(available, name)) {
      problems.push_back(options.find("modules")->place() + ": " + name + ": must be among those of role " + role +
                         ": " + listed(available));
    }
  }
  chosen_ = settings.modules.empty() ? available : settings.modules;
  settings.node.modules = chosen_;
}

bool Modules::runs(std::string_view module) const { return contains(chosen_, module); }

void Modules::check(config::Checks& checks) const {
  for (const auto& module : all_) module->check(checks);
}

storage::Migrations Modules::migrations() const {
  storage::Migrations migrations;
  for (const auto& module : all_) {
    if (!runs(module->name())) continue;
    const auto own = module->migrations();
    migrations.insert(migrations.end(), own.begin(), own.end());
  }
  return migrations;
}

storage::Migrations Modules::migrations_of(std::string_view name) const {
  for (const auto& module : all_) {
    if (module->name() == name) return module->migrations();
  }
  return {};
}

void Modules::make_keys(Host& host) {
  for (const auto& module : all_) {
    if (runs(module->name())) module->make_keys(host);
  }
}

void Modules::connect(Host& host, Ports& ports) {
  for (const auto& module : all_) module->connect(host, ports);
}

void Modules::start(Host& host) {
  for (const auto& module : all_) {
    if (!runs(module->name())) continue;
    started_.push_back(module.get());
    module->start(host);
  }
}

void Modules::add_jobs(Host& host) {
  for (const auto& module : all_) {
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

std::vector<Module::Listening> Modules::listening() const {
  std::vector<Module::Listening> all;
  for (const auto* module : started_) {
    for (auto& listening : module->listening()) all.push_back(std::move(listening));
  }
  return all;
}

std::int64_t Modules::most_connections() const {
  std::int64_t most = 0;
  for (const auto& module : all_) {
    if (runs(module->name())) most += module->most_connections();
  }
  return most;
}

std::vector<Module::OwnListener> Modules::own_listeners() {
  std::vector<Module::OwnListener> listeners;
  for (const auto& module : all_) {
    if (!runs(module->name())) continue;
    for (auto& own : module->own_listeners()) listeners.push_back(std::move(own));
  }
  return listeners;
}

void Modules::stop() {
  while (!started_.empty()) {
    started_.back()->stop();
    started_.pop_back();
  }
}

}  // namespace dontgoback::app
