#include "dontgoback/security/files/handed_over.hpp"

#include <exception>

#include "files/private_file.hpp"

namespace dontgoback::security {

void hand_over(const std::filesystem::path& file, std::string_view content) {
  std::filesystem::remove(file);
  create_private_file(file, content);
}

std::optional<std::string> take_handed_over(const std::filesystem::path& file, std::size_t limit) {
  std::optional<std::string> content;
  std::exception_ptr unreadable;
  try {
    content = read_private_file(file, limit);
  } catch (const std::exception&) {
    unreadable = std::current_exception();
  }
  if (std::filesystem::remove(file)) sync_directory(file.has_parent_path() ? file.parent_path() : ".");
  if (unreadable) std::rethrow_exception(unreadable);
  return content;
}

}  // namespace dontgoback::security
