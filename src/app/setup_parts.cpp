#include "setup_parts.hpp"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ostream>
#include <string_view>
#include <system_error>

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

void give_to_service(const std::filesystem::path& data_dir) {
  struct stat status {};
  if (::geteuid() != 0 || ::stat(data_dir.c_str(), &status) != 0 || status.st_uid != 0) return;
  std::array<char, 4096> texts{};
  passwd entry{};
  passwd* user = nullptr;
  if (::getpwnam_r(kUser, &entry, texts.data(), texts.size(), &user) != 0 || user == nullptr) return;
  if (::chown(data_dir.c_str(), user->pw_uid, user->pw_gid) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot give " + data_dir.string() + " to its user");
  }
}

}  // namespace dontgoback::app
