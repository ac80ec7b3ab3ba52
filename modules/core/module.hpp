#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "dontgoback/http/action_limit.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/ports/asset_source.hpp"
#include "dontgoback/ports/reported_names.hpp"
#include "dontgoback/ports/service_authenticator.hpp"
#include "dontgoback/setup.hpp"

namespace dontgoback::core {

namespace accounts {
class WaysIn;
}
namespace notifications {
class Streams;
}
namespace feed {
struct Strangers;
}
namespace people {
class OwnPeople;
}
namespace sessions {
class Sessions;
}
namespace sign_in {
enum class SignUp;
class ProviderOptions;
}  // namespace sign_in

struct Parts;

/// Accounts and their sessions, posts and comments, assets: what the web page and the phones talk to.
class CoreModule final : public Module, public setup::Party {
 public:
  CoreModule();
  ~CoreModule() override;

  std::string_view name() const override { return "core"; }
  void declare(config::Options& options) override;
  void check(config::Checks& checks) const override;
  storage::Migrations migrations() const override;
  std::vector<Command> commands() override;
  std::vector<backup::KeptFile> kept_files(const config::Node& node) const override;
  std::vector<backup::Consistency> consistency() const override;
  std::vector<std::string> check_copy(const backup::Copy& copy) const override;
  std::vector<jobs::Job> own_jobs(Host& host) override;
  void make_keys(Host& host) override;
  void connect(Host& host, Ports& ports) override;
  void start(Host& host) override;
  void stop() override;
  /// Makes the first ADMIN, or another link for one who has not come yet.
  std::vector<setup::Said> prepare(Host& host) override;
  std::vector<setup::OtherNode> others(const config::Node& node) const override;

 private:
  void check_url(config::Checks& checks) const;
  void connect_elsewhere(Host& host, Ports& ports) const;
  std::filesystem::path key_file(const config::Node& node) const;

  std::string session_key_file_;
  std::string push_test_service_;
  std::string url_;  ///< of core, where it does not run
  std::int64_t guests_per_hour_ = 60;
  std::int64_t newcomer_writes_ = 60;
  bool takes_guests_ = true;
  bool public_reading_ = false;
  sign_in::SignUp sign_up_{};
  const std::unique_ptr<sign_in::ProviderOptions> providers_;
  const std::unique_ptr<const Parts> parts_;
  std::unique_ptr<const accounts::WaysIn> ways_in_;
  std::shared_ptr<ports::AssetSource> assets_;  ///< null: nobody knows what becomes of fortunes
  std::shared_ptr<ports::ServiceAuthenticator> services_;
  std::shared_ptr<people::OwnPeople> people_;
  std::function<std::shared_ptr<ports::ReportedNames>()> walk_reports_;
  std::unique_ptr<sessions::Sessions> sessions_;
  std::unique_ptr<const http::ActionLimit> strangers_limit_;  ///< null: nobody reads without an account
  std::unique_ptr<const feed::Strangers> strangers_;
  std::shared_ptr<notifications::Streams> streams_;
};

}  // namespace dontgoback::core
