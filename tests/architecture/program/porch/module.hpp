#pragma once

#include <memory>

#include "dontgoback/module.hpp"
#include "lamp/light.hpp"

namespace dontgoback::porch {

/// Uses the lamp's port, wherever the lamp is.
class PorchModule final : public Module {
 public:
  std::string_view name() const override { return "porch"; }
  std::vector<Command> commands() override;
  void connect(Host& host, Ports& ports) override;
  void start(Host& host) override;

 private:
  std::string seen() const;

  std::shared_ptr<ports::Light> light_;
};

}  // namespace dontgoback::porch
