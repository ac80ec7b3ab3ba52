#include "setup_parts.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ostream>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include "data_dir_lock.hpp"
#include "dontgoback/config/table.hpp"

namespace dontgoback::app {
namespace {

using setup::Said;
using State = setup::Said::State;

constexpr const char* kUser = "dontgoback";

std::string_view word_of(State state) {
  switch (state) {
    case State::done:
      return "done";
    case State::note:
      return "note";
    case State::left:
      return "left";
    case State::wrong:
      return "wrong";
  }
  return {};
}

void print_for_people(const std::vector<Said>& said, std::ostream& out) {
  for (const auto state : {State::done, State::note, State::wrong, State::left}) {
    for (const auto& each : said) {
      if (each.state != state) continue;
      out << word_of(state) << std::string(7 - word_of(state).size(), ' ') << each.text;
      if (!each.line.empty()) out << ":\n\n    " << each.line << '\n';
      out << '\n';
    }
  }
}

bool is_of_this_program(const std::string& name) {
  return name == "lock" || name == "client-secret" || name == "auth-used" || name.starts_with("dontgoback.") ||
         name.ends_with(".key") || name.ends_with(".pem");
}

/// Whether nothing is in it. Throws std::invalid_argument for another's.
bool holds_nothing(const std::filesystem::path& data_dir) {
  std::string other;
  bool is_own = false;
  for (const auto& entry : std::filesystem::directory_iterator(data_dir)) {
    const auto name = entry.path().filename().string();
    if (name == "lost+found") continue;  // a disk of its own
    is_own = is_own || is_of_this_program(name);
    other = name;
  }
  if (!other.empty() && !is_own) {
    throw std::invalid_argument("--data-dir: " + data_dir.string() + " holds other files (" + other +
                                ") and none of this program: give a directory of its own");
  }
  return other.empty();
}

/// Follows no link: what it leads to may be anybody's.
void give_to_service(const std::filesystem::path& data_dir) {
  std::array<char, 4096> texts{};
  passwd entry{};
  passwd* user = nullptr;
  if (::getpwnam_r(kUser, &entry, texts.data(), texts.size(), &user) != 0 || user == nullptr) return;
  const int opened = ::open(data_dir.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (opened < 0 && (errno == ELOOP || errno == ENOTDIR)) return;
  struct stat status {};
  const bool good = opened >= 0 && ::fstat(opened, &status) == 0 &&
                    (status.st_uid != 0 || ::fchown(opened, user->pw_uid, user->pw_gid) == 0);
  const int cause = errno;
  if (opened >= 0) ::close(opened);
  if (!good)
    throw std::system_error(cause, std::generic_category(), "cannot give " + data_dir.string() + " to its user");
}

}  // namespace

int print_said(const std::vector<Said>& said, std::ostream& out, bool json) {
  if (json) {
    using Cell = config::Table::Cell;
    config::Table table({"state", "text", "line"});
    for (const auto& each : said) {
      table.add({std::string(word_of(each.state)), each.text, each.line.empty() ? Cell() : Cell(each.line)});
    }
    table.print(out, true);
  } else {
    print_for_people(said, out);
  }
  return std::ranges::find(said, State::wrong, &Said::state) != said.end() ? 1 : 0;
}

void make_own_data_dir(const std::filesystem::path& data_dir) {
  make_data_dir(data_dir);
  if (holds_nothing(data_dir) && ::geteuid() == 0) give_to_service(data_dir);
}

}  // namespace dontgoback::app
