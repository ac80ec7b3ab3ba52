#pragma once

#include <memory>

#include "dontgoback/module.hpp"
#include "dontgoback/ports/shared_posts.hpp"
#include "network.hpp"

namespace dontgoback::web {

class OwnSite;
class SharedPages;

/// Serves the page people open in a browser.
class WebModule final : public Module {
 public:
  WebModule();
  ~WebModule() override;

  std::string_view name() const override { return "web"; }
  void declare(config::Options& options) override { network_.declare(options); }
  void check(config::Checks& checks) const override;
  std::vector<backup::KeptFile> kept_files(const config::Node&) const override { return network_.kept_files(); }
  void connect(Host& host, Ports& ports) override;
  void start(Host& host) override;

 private:
  NetworkOptions network_;
  std::shared_ptr<ports::SharedPosts> shared_;  ///< null: nobody reads without an account
  std::unique_ptr<const OwnSite> site_;
  std::unique_ptr<const SharedPages> pages_;
};

}  // namespace dontgoback::web
