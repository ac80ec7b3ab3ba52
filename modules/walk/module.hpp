#pragma once

#include <memory>
#include <string_view>

#include "dontgoback/module.hpp"

namespace dontgoback::walk {

/// Firewalker: walking with friends. Its walkers are nobody's accounts as far as any client can see.
class WalkModule final : public Module {
 public:
  WalkModule();
  ~WalkModule() override;

  std::string_view name() const override { return "walk"; }
  void declare(config::Options& options) override;
  storage::Migrations migrations() const override;
  std::vector<Command> commands() override;
  std::vector<jobs::Job> own_jobs(Host& host) override;
  void start(Host& host) override;
  void stop() override;

 private:
  struct Options;
  struct Running;
  const std::unique_ptr<Options> options_;
  std::unique_ptr<Running> running_;
};

}  // namespace dontgoback::walk
