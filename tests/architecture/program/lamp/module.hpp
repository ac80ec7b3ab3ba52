#pragma once

#include <string>

#include "dontgoback/module.hpp"
#include "lamp/light.hpp"

namespace dontgoback::lamp {

/// One of everything that a module may bring.
class LampModule final : public Module {
 public:
  std::string_view name() const override { return "lamp"; }
  void declare(config::Options& options) override;
  void check(config::Checks& checks) const override;
  storage::Migrations migrations() const override;
  std::vector<Command> commands() override;
  std::vector<jobs::Job> own_jobs(Host& host) override;
  /// Offers ports::Light.
  void connect(Host& host, Ports& ports) override;
  void start(Host& host) override;

 private:
  std::string color_ = "white";
  std::string url_;
};

}  // namespace dontgoback::lamp
