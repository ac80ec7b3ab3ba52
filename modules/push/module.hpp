#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/ports/push_subscriptions.hpp"
#include "vapid.hpp"

namespace dontgoback::push {

class Delivery;

/// Delivers the pushes that others have written to the outbox.
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

  std::string key_file_;
  std::string contact_;
  std::shared_ptr<ports::PushSubscriptions> subscriptions_;
  std::shared_ptr<Delivery> delivery_;
};

}  // namespace dontgoback::push
