#pragma once

#include <filesystem>
#include <string_view>

namespace dontgoback::security {

/// Makes the directory and those above it that are not there, each its parent's owner's. Throws std::runtime_error.
void make_directories(const std::filesystem::path& directory);

/// Puts a file of mode 0600 there unless there is one: written aside, synced, then linked, so that whoever reads it
/// finds it complete and of two processes the first wins. A kill may leave the one aside, `FILE.XXXXXX`. Throws
/// std::runtime_error, naming the file.
void create_private_file(const std::filesystem::path& file, std::string_view content);

/// Renames `next` to `file`, which is there, as the same user's and with its mode: who could read the one reads the
/// other. Throws std::runtime_error, naming the file.
void replace_private_file(const std::filesystem::path& next, const std::filesystem::path& file);

}  // namespace dontgoback::security
