#include "commands/operator.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>

namespace dontgoback::auth {
namespace {

std::string machine() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  return name.data();
}

}  // namespace

Actor Actor::node() { return {"node", machine()}; }

Actor command_line_operator() {
  const auto user = ::getuid();
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> texts{};
  ::getpwuid_r(user, &entry, texts.data(), texts.size(), &found);
  return {"cli:" + (found != nullptr ? std::string(entry.pw_name) : std::to_string(user)), machine()};
}

}  // namespace dontgoback::auth
