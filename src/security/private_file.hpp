#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace dontgoback::security {

/// The whole regular file; nothing when there is none. Throws std::runtime_error, naming the file, when it cannot be
/// read, is larger than `limit`, or others than its owner and group may read or write it.
std::optional<std::string> read_private_file(const std::filesystem::path& file, std::size_t limit);

/// Puts a file of mode 0600 there unless there is one: written aside, synced, then linked, so that whoever reads it
/// finds it complete and of two processes the first wins. Throws std::runtime_error, naming the file.
void create_private_file(const std::filesystem::path& file, std::string_view content);

/// The file's content; made by `make` first when it is not there. Processes that start at once get the same.
std::string read_or_create_private_file(const std::filesystem::path& file, std::size_t limit,
                                        const std::function<std::string()>& make);

}  // namespace dontgoback::security
