#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dontgoback/security/files/secret_file.hpp"

namespace dontgoback::app {

/// The secret in the file that an option names. Throws std::invalid_argument, naming the option: a wrong configuration.
inline std::string secret(std::string_view option, const std::filesystem::path& file) {
  try {
    return security::read_secret_line(file);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(std::string(option) + ": " + error.what());
  }
}

}  // namespace dontgoback::app
