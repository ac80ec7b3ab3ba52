#pragma once

#include "dontgoback/module.hpp"

namespace dontgoback::web {

/// Serves the page people open in a browser.
class WebModule final : public Module {
 public:
  std::string_view name() const override { return "web"; }
  void start(Host& host) override;
};

}  // namespace dontgoback::web
