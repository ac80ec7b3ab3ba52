#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "dontgoback/module.hpp"
#include "multiplier.hpp"

namespace dontgoback::extension {

/// The daily change of every fortune: computed in process for core, and for other nodes over HTTP.
class ExtensionModule final : public Module {
 public:
  std::string_view name() const override { return "extension"; }
  void declare(config::Options& options) override;
  void check(config::Checks& checks) const override;
  void make_keys(Host& host) override;
  std::vector<Command> commands() override;
  std::vector<backup::KeptFile> kept_files(const config::Node& node) const override;
  std::vector<std::string> check_copy(const backup::Copy& copy) const override;
  void start(Host& host) override;

  /// The multiplier, in process. After start().
  std::shared_ptr<ports::AssetSource> asset_source() const { return assets_; }
  /// The same for a command, without start(): the key must be there.
  std::shared_ptr<ports::AssetSource> open_asset_source(const Host& host) const;

 private:
  std::filesystem::path key_file(const config::Node& node) const;

  MultiplierSettings settings_;
  std::string key_file_option_;
  std::shared_ptr<ports::AssetSource> assets_;
};

}  // namespace dontgoback::extension
