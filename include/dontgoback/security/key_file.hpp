#pragma once

#include <filesystem>

#include "dontgoback/security/jws.hpp"

namespace dontgoback::security {

/// The signing key in a PEM file; generated there with mode 0600 first when the file is not there (written aside,
/// synced, renamed; two processes at once end with one key). Throws std::runtime_error, naming the file, when it is no
/// such key.
SigningKey load_or_create_signing_key(const std::filesystem::path& file, Algorithm algorithm);

}  // namespace dontgoback::security
