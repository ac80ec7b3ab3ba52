#include "sqlite_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "security/files/private_file.hpp"

namespace dontgoback::storage {

void prepare_sqlite_file(const SqliteOptions& options) {
  if (options.file == ":memory:") return;
  // An existing file is not opened here: closing it would drop the locks of SQLite's other connections of this process.
  if (std::error_code ignored; std::filesystem::exists(options.file, ignored)) return;
  const auto effect = options.query_only ? Unavailable::Effect::not_read : Unavailable::Effect::not_saved;
  const auto name = options.file.string();
  if (!options.may_create) throw DatabaseTrouble(Trouble::gone, effect, "the database file " + name + " is gone");
  const int file = ::open(options.file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    const int cause = errno;
    const auto trouble = cause == ENOSPC || cause == EDQUOT ? Trouble::full
                         : cause == EROFS                   ? Trouble::read_only
                                                            : Trouble::failing;
    throw DatabaseTrouble(trouble, effect,
                          "cannot make the database file " + name + ": " + std::generic_category().message(cause));
  }
  ::close(file);
  // An operator's command runs as root, the server as the folder's owner. SQLite gives its other files to this one's.
  security::give_to_owner_of(options.file.parent_path(), options.file);
}

}  // namespace dontgoback::storage
