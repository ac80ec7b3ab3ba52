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

/// Encrypts and authenticates with a 32-byte key (AES-256-GCM, NIST SP 800-38D; random nonce in front). `context` is
/// authenticated and must be the same on opening.
std::string seal(std::string_view key, std::string_view plain, std::string_view context);
/// Throws std::runtime_error when the key, the context or the bytes are not those of `seal`.
std::string unseal(std::string_view key, std::string_view sealed, std::string_view context);

}  // namespace dontgoback::security
