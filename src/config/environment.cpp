#include "environment.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <string_view>

namespace dontgoback::config {

Environment read_environment(const char* const* names) {
  Environment environment;
  for (; *names != nullptr; ++names) {
    const std::string_view entry(*names);
    const auto equals = entry.find('=');
    if (equals != std::string_view::npos) environment.emplace(entry.substr(0, equals), entry.substr(equals + 1));
  }
  return environment;
}

std::string variable(const Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string() : found->second;
}

bool logs_to_journal(const Environment& environment) {
  struct stat standard_error {};
  if (::fstat(STDERR_FILENO, &standard_error) != 0) return false;
  return variable(environment, "JOURNAL_STREAM") ==
         std::to_string(standard_error.st_dev) + ":" + std::to_string(standard_error.st_ino);
}

}  // namespace dontgoback::config
