#include "audit/operator.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>

namespace dontgoback::auth {

Actor command_line_operator() {
  const auto user = ::getuid();
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> texts{};
  ::getpwuid_r(user, &entry, texts.data(), texts.size(), &found);
  return {"cli:" + (found != nullptr ? std::string(entry.pw_name) : std::to_string(user)), {}};
}

}  // namespace dontgoback::auth
