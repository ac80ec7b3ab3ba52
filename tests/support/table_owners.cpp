#include "support/table_owners.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace dontgoback::test {
namespace {

namespace fs = std::filesystem;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

TableOwners TableOwners::of_sources() {
  const fs::path root = DONTGOBACK_SOURCE_DIR;
  TableOwners owners;
  for (const auto* part : {"modules", "src"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / part)) {
      if (entry.path().filename() != "tables.txt") continue;
      std::ifstream file(entry.path());
      const std::string text(std::istreambuf_iterator<char>(file), {});
      owners.add(fs::relative(entry.path().parent_path(), root).string(), text);
    }
  }
  return owners;
}

void TableOwners::add(const std::string& folder, std::string_view text) {
  auto& exempt = folders_[folder];
  std::istringstream lines{std::string(text)};
  for (std::string whole; std::getline(lines, whole);) {
    const auto line = trimmed(std::string_view(whole).substr(0, whole.find('#')));
    const auto refuse = [&](const char* why) {
      throw std::runtime_error(folder + "/tables.txt: " + whole + ": " + why);
    };
    if (line.empty()) continue;
    if (line.starts_with("exempt:")) {
      exempt = true;
    } else if (line.starts_with("publishes ")) {
      const auto colon = line.find(':');
      if (colon == std::string_view::npos) refuse("no columns");
      const std::string table(trimmed(line.substr(10, colon - 10)));
      if (owner_of(table) != folder) refuse("a table is named before what is published of it");
      std::istringstream columns{std::string(line.substr(colon + 1))};
      for (std::string column; std::getline(columns, column, ',');) {
        published_[table].insert(std::string(trimmed(column)));
      }
    } else if (!owners_.emplace(line, folder).second) {
      refuse("has two owners");
    }
  }
}

std::string TableOwners::folder_of(std::string_view file) const {
  const auto own = fs::path(file).parent_path();
  for (auto folder = own; !folder.empty(); folder = folder.parent_path()) {
    if (folders_.contains(folder.string())) return folder.string();
  }
  return own.string();
}

bool TableOwners::exempt(const std::string& folder) const {
  if (folder.starts_with("tests") || folder.starts_with("benchmarks")) return true;
  const auto found = folders_.find(folder);
  return found != folders_.end() && found->second;
}

std::string TableOwners::owner_of(const std::string& table) const {
  const auto found = owners_.find(table);
  return found == owners_.end() ? std::string() : found->second;
}

bool TableOwners::publishes(const std::string& table, const std::string& column) const {
  const auto found = published_.find(table);
  return found != published_.end() && (column.empty() || found->second.contains(column));
}

}  // namespace dontgoback::test
