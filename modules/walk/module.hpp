#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/ports/people.hpp"
#include "dontgoback/ports/reported_names.hpp"
#include "dontgoback/ports/service_authenticator.hpp"

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
  std::vector<Command> commands() override;
  std::vector<backup::KeptFile> kept_files(const config::Node& node) const override;
  std::vector<std::string> check_copy(const backup::Copy& copy) const override;
  std::vector<jobs::Job> own_jobs(Host& host) override;
  void make_keys(Host& host) override;
  void connect(Host& host, Ports& ports) override;
  void start(Host& host) override;
  std::vector<Listening> listening() const override;
  std::int64_t most_connections() const override;
  std::vector<OwnListener> own_listeners() override;
  void stop() override;

 private:
  struct Options;
  struct Running;
  std::filesystem::path key_file(const config::Node& node) const;
  void check_url(config::Checks& checks) const;
  void connect_elsewhere(Host& host, Ports& ports) const;

  const std::unique_ptr<Options> options_;
  std::shared_ptr<ports::People> people_;  ///< null: no core is known
  std::shared_ptr<ports::ServiceAuthenticator> services_;
  std::shared_ptr<ports::ReportedNames> reported_names_;
  std::unique_ptr<Running> running_;
};

}  // namespace dontgoback::walk
