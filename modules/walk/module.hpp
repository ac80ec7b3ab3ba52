#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/module.hpp"

namespace dontgoback::walk {

/// Firewalker: walking with friends. Its walkers are nobody's accounts as far as any client can see.
class WalkModule final : public Module {
 public:
  WalkModule();
  ~WalkModule() override;

  std::string_view name() const override { return "walk"; }
  void declare(config::Options& options) override;
  void check(config::Checks& checks) const override;
  storage::Migrations migrations() const override;
  std::vector<jobs::Job> own_jobs(Host& host) override;
  void connect(Host& host, Ports& ports) override;
  void start(Host& host) override;
  void stop() override;

 private:
  struct Running;
  std::string push_test_service_;
  std::unique_ptr<Running> running_;
};

}  // namespace dontgoback::walk
