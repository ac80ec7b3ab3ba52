#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace dontgoback::test {

/// Which folder of the sources owns which table: what the files tables.txt say, which lie in the owners' folders.
/// A line of one is the name of a table, `publishes TABLE: COLUMN, COLUMN` (what others may read of it), `exempt:
/// REASON` (the folder's statements are about every table), or a comment behind `#`.
class TableOwners {
 public:
  /// Those of this project.
  static TableOwners of_sources();
  /// Takes up the text of `folder`/tables.txt. Throws std::runtime_error for what it cannot mean.
  void add(const std::string& folder, std::string_view text);

  /// The folder that answers for a source file: the nearest above it with a tables.txt, or the file's own.
  std::string folder_of(std::string_view file) const;
  /// Whether statements of the folder may be about every table. Those of tests and benchmarks always may.
  bool exempt(const std::string& folder) const;
  /// Empty: nobody's.
  std::string owner_of(const std::string& table) const;
  /// Whether others may read the column; an empty one stands for the number of rows.
  bool publishes(const std::string& table, const std::string& column) const;

 private:
  std::map<std::string, bool> folders_;  // and whether it is exempt
  std::map<std::string, std::string> owners_;
  std::map<std::string, std::set<std::string>> published_;
};

}  // namespace dontgoback::test
