#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace dontgoback::security {

/// The file's content without trailing line breaks. Throws std::runtime_error, naming the file, when it cannot be read,
/// is empty, is larger than 64 KiB, or may be read by others than its owner and group.
std::string read_secret_file(const std::filesystem::path& file);

/// The same of a secret that is sent as text: one line, not blank, without control characters. Another is the wrong
/// file.
std::string read_secret_line(const std::filesystem::path& file);

/// The secret in the file that an option names, as read_secret_line has it. Throws std::invalid_argument, naming the
/// option: a wrong configuration.
std::string secret_of(std::string_view option, const std::filesystem::path& file);

/// The file's 32 bytes. Throws std::runtime_error, naming the file, when it is not there, for what read_secret_file
/// refuses, and for another size.
std::string read_key(const std::filesystem::path& file);

/// The file's 32 bytes; made of random bytes with mode 0600 first when it is not there (written aside, synced, renamed;
/// two processes at once end with one key). Throws std::runtime_error when it has another size.
std::string read_or_create_key(const std::filesystem::path& file);

}  // namespace dontgoback::security
