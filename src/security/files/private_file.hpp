#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "dontgoback/security/files/private_file.hpp"

namespace dontgoback::security {

/// What root makes in another's directory is that one's: a command run by root must leave nothing that the server
/// cannot open. Does nothing for others than root, or in root's own. Throws std::runtime_error, naming `made`.
void give_to_owner_of(const std::filesystem::path& directory, const std::filesystem::path& made);

/// The whole regular file; nothing when there is none. Throws std::runtime_error, naming the file, when it cannot be
/// read, is larger than `limit`, or others than its owner and group may read or write it.
std::optional<std::string> read_private_file(const std::filesystem::path& file, std::size_t limit);

/// The file's content; made by `make` first when it is not there. Processes that start at once get the same.
std::string read_or_create_private_file(const std::filesystem::path& file, std::size_t limit,
                                        const std::function<std::string()>& make);

/// Names made in it or removed from it stay so after a power cut. Throws std::runtime_error.
void sync_directory(const std::filesystem::path& directory);

}  // namespace dontgoback::security
