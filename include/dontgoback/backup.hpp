#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/storage/connection.hpp"

// What a module tells the host for backups: which files it needs beside the database, and how to see that a copy of
// both is good. Used by the commands `backup create`, `verify` and `restore`, never by a server.
namespace dontgoback::backup {

/// A file that a node needs and that is not in its database: a key, a secret.
struct KeptFile {
  std::string name;  ///< what it is to the program, whatever it is called here: "session-key"; unique
  std::filesystem::path path;
  bool made_by_node = false;      ///< so it may not be there yet; one that is missing is told else
  bool needed_elsewhere = false;  ///< also where the module does not run: one that is missing is told there too
};

/// What must be so of the rows of a module's tables.
struct Consistency {
  std::string_view rule;        ///< "posts.like_count is the number of their likes"
  std::string_view exceptions;  ///< SQL for SQLite that answers one number: the rows of which the rule is not true
};

/// A copy of a node's database, in SQLite and with this program's schema, and the files beside it.
struct Copy {
  storage::Connection* database;  ///< null when the node keeps none
  /// A kept file's bytes by its name; nothing when there was none.
  std::function<std::optional<std::string>(std::string_view name)> file;
  /// The fingerprint of a key that the node has had: see security::KnownKeys.
  std::function<std::optional<std::string>(std::string_view name)> known_key;
  std::string role;  ///< of the node
};

}  // namespace dontgoback::backup
