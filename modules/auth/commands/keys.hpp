#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "dontgoback/module.hpp"
#include "keys/key_ring.hpp"

namespace dontgoback::auth {

/// Where the keys' files are; see `--auth-key-file`.
struct KeyFiles {
  std::filesystem::path sealing;
  std::filesystem::path first_release;
};

/// `keys list|plan|rotate|retire|reset`. `rotation_days` holds the option's value. The sealing key is read by those
/// that open a signing key or make one: not by `plan` and `reset`.
std::vector<Command> key_commands(std::function<KeyFiles(const Host&)> files, const std::int64_t& rotation_days);

}  // namespace dontgoback::auth
