#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "dontgoback/result.hpp"

namespace dontgoback::storage {

/// What keeps a database from a piece of work.
enum class Trouble {
  away,       ///< it cannot be reached
  silent,     ///< it takes what is sent and does not answer
  refused,    ///< it does not let this node in, or is not one that this node can use
  full,       ///< no space
  read_only,  ///< it may not be written
  damaged,    ///< what is stored cannot be understood
  gone,       ///< the file was deleted or replaced
  locked,     ///< another program has it
  failing,    ///< the machine fails: input and output, memory, descriptors
  crowded,    ///< no state of it: this work was too slow, met others, or found too many waiting
};

/// Broken for a reason that is not the program's. `words` are for an operator; the SQL text, if any, is for the log.
class DatabaseTrouble : public Unavailable {
 public:
  DatabaseTrouble(Trouble trouble, Effect effect, std::string words, std::string_view sql = {})
      : Unavailable(sql.empty() ? words : words + " in: " + std::string(sql), effect),
        trouble_(trouble),
        words_(std::move(words)) {}
  Trouble trouble() const noexcept { return trouble_; }
  const std::string& words() const noexcept { return words_; }

 private:
  Trouble trouble_;
  std::string words_;
};

/// The transaction was rolled back and the same work may succeed when run again: a deadlock, a lock not had in time, a
/// Galera node that is not ready or lost the certification race.
class Retry : public DatabaseTrouble {
 public:
  explicit Retry(std::string words, std::string_view sql = {})
      : DatabaseTrouble(Trouble::crowded, Effect::not_saved, std::move(words), sql) {}
};

/// The connection ended under a statement. Whatever its transaction did is undone, unless it ended under COMMIT.
class ConnectionLost : public DatabaseTrouble {
 public:
  using DatabaseTrouble::DatabaseTrouble;
};

/// A schema change found what it makes in place, or what it drops gone.
class AlreadyDone : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace dontgoback::storage
