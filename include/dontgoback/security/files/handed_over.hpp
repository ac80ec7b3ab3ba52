#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

// A file by which a process that stops hands something to the next one, which takes it once: after a kill there is
// none, and none that was taken comes back with a power cut.
namespace dontgoback::security {

/// In the place of one that is there; mode 0600, synced. Throws std::runtime_error, naming the file.
void hand_over(const std::filesystem::path& file, std::string_view content);

/// What was handed over, when the file is gone for good; nothing when there is none. Throws std::runtime_error, naming
/// the file, when it cannot be removed, and when it cannot be read, has more than `limit` bytes or may be read by
/// everybody: then it is gone all the same.
std::optional<std::string> take_handed_over(const std::filesystem::path& file, std::size_t limit);

}  // namespace dontgoback::security
