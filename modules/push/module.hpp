#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/ports/push_devices.hpp"
#include "vapid.hpp"

namespace dontgoback::push {

struct Counters;
struct FcmAccount;
class Gate;

/// Delivers the pushes that others have written to the outbox: to browsers, and to apps.
class PushModule final : public Module {
 public:
  PushModule();
  ~PushModule() override;

  std::string_view name() const override { return "push"; }
  void declare(config::Options& options) override;
  void check(config::Checks& checks) const override;
  std::vector<Command> commands() override;
  std::vector<backup::KeptFile> kept_files(const config::Node& node) const override;
  void make_keys(Host& host) override;
  void connect(Host& host, Ports& ports) override;
  void start(Host& host) override;

 private:
  std::filesystem::path key_file(const config::Node& node) const;
  std::string contact(const config::Node& node) const;

  void check_fcm(config::Checks& checks) const;
  FcmAccount fcm_account() const;
  void bring_to_browsers(Host& host, const Counters& counters);
  void bring_to_apps(Host& host, const Counters& counters);

  std::string key_file_;
  std::string contact_;
  std::string fcm_account_file_;
  std::string fcm_proxy_;
  std::string fcm_test_service_;
  std::map<std::string, std::shared_ptr<ports::PushDevices>> devices_;  // by the module that keeps them
  std::unique_ptr<Gate> gate_;
};

}  // namespace dontgoback::push
