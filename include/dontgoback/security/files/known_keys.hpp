#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace dontgoback::security {

/// Which key files the node has had, by a fingerprint of each: in its database, or in its data directory when it keeps
/// none. So a key that was lost is missed, where nothing else depends on it visibly. Any thread that may block.
class KnownKeys {
 public:
  virtual ~KnownKeys() = default;
  /// Of the key that is known by that name ("multiplier"); nothing when there was none yet.
  virtual std::optional<std::string> find(std::string_view name) = 0;
  /// From now on it is that one.
  virtual void remember(std::string_view name, std::string_view fingerprint) = 0;
};

/// The fingerprint of that name in lines `NAME FINGERPRINT`.
std::optional<std::string> find_in_lines(const std::string& lines, std::string_view name);

/// Tells keys apart and nothing about them.
std::string fingerprint_of(std::string_view key);

/// The key in the file, made first when the node never had one. Throws std::invalid_argument, naming the file and what
/// to do, when it is missing, is another, or is no key; `loss` says what its loss means, `way_out` the command that
/// begins anew.
std::string known_key(KnownKeys& known, std::string_view name, const std::filesystem::path& file, std::string_view loss,
                      std::string_view way_out);

/// The same where nothing may be made or remembered, as in a command.
std::string present_known_key(KnownKeys& known, std::string_view name, const std::filesystem::path& file,
                              std::string_view loss, std::string_view way_out);

}  // namespace dontgoback::security
