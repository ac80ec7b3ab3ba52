#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "dontgoback/module.hpp"
#include "dontgoback/ports/service_authenticator.hpp"
#include "dontgoback/setup.hpp"
#include "multiplier.hpp"

namespace dontgoback::extension {

class OwnAssets;

/// The daily change of every fortune: computed in process for core, and for other nodes over HTTP.
class ExtensionModule final : public Module, public setup::Party {
 public:
  ExtensionModule();
  ~ExtensionModule() override;

  std::string_view name() const override { return "extension"; }
  void declare(config::Options& options) override;
  void check(config::Checks& checks) const override;
  void make_keys(Host& host) override;
  std::vector<Command> commands() override;
  std::vector<backup::KeptFile> kept_files(const config::Node& node) const override;
  std::vector<std::string> check_copy(const backup::Copy& copy) const override;
  /// Offers ports::AssetSource: here, or where --extension-url says and this node gets tokens for it.
  void connect(Host& host, Ports& ports) override;
  void start(Host& host) override;
  std::vector<setup::OtherNode> others(const config::Node& node) const override;

 private:
  std::filesystem::path key_file(const config::Node& node) const;

  MultiplierSettings settings_;
  std::string key_file_option_;
  std::string url_;  ///< of the extension, as it was given
  std::shared_ptr<OwnAssets> assets_;
  std::shared_ptr<ports::ServiceAuthenticator> services_;
};

}  // namespace dontgoback::extension
