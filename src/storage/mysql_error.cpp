#include "mysql_error.hpp"

#include <errmsg.h>
#include <mysqld_error.h>

#include <charconv>
#include <utility>

namespace dontgoback::storage {
namespace {

/// What SQL of this program needs: window functions, RETURNING, SKIP LOCKED, EXECUTE IMMEDIATE, tx_read_only by name.
constexpr std::pair<int, int> kLeastVersion{10, 6};

}  // namespace

MysqlErrorKind classify_mysql_error(unsigned number) {
  switch (number) {
    case ER_DUP_ENTRY:
    case ER_DUP_ENTRY_WITH_KEY_NAME:
    case ER_DUP_KEY:
      return MysqlErrorKind::duplicate_key;

    case ER_LOCK_DEADLOCK:
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_CHECKREAD:
    case ER_UNKNOWN_COM_ERROR:  // a Galera node that is not ready
      return MysqlErrorKind::retry;

    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case CR_SERVER_LOST_EXTENDED:
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case ER_CONNECTION_KILLED:
    case ER_SERVER_SHUTDOWN:
    case ER_NEW_ABORTING_CONNECTION:
    case ER_NET_READ_ERROR:
    case ER_NET_READ_INTERRUPTED:
    case ER_NET_ERROR_ON_WRITE:
    case ER_NET_WRITE_INTERRUPTED:
      return MysqlErrorKind::lost;

    case ER_STATEMENT_TIMEOUT:
      return MysqlErrorKind::out_of_time;

    case ER_DISK_FULL:
    case ER_RECORD_FILE_FULL:
    case ER_ERROR_ON_WRITE:
    case ER_TEMP_FILE_WRITE_FAILURE:
      return MysqlErrorKind::full;

    case ER_OPTION_PREVENTS_STATEMENT:  // --read-only: a replica
    case ER_READ_ONLY_MODE:
      return MysqlErrorKind::read_only;

    case ER_NOT_KEYFILE:
    case ER_CRASHED_ON_USAGE:
    case ER_CRASHED_ON_REPAIR:
    case ER_INDEX_CORRUPT:
      return MysqlErrorKind::damaged;

    case ER_NO_SUCH_TABLE:
    case ER_BAD_DB_ERROR:
      return MysqlErrorKind::gone;

    case ER_QUERY_INTERRUPTED:
    case ER_ERROR_DURING_COMMIT:
    case ER_LOCK_TABLE_FULL:
    case ER_OUTOFMEMORY:
    case ER_OUT_OF_RESOURCES:
    case ER_CON_COUNT_ERROR:
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
      return MysqlErrorKind::failing;

    case ER_TABLE_EXISTS_ERROR:
    case ER_BAD_TABLE_ERROR:
    case ER_DUP_FIELDNAME:
    case ER_DUP_KEYNAME:
    case ER_DUP_CONSTRAINT_NAME:
    case ER_CANT_DROP_FIELD_OR_KEY:
      return MysqlErrorKind::already_done;

    default:
      return MysqlErrorKind::defect;
  }
}

bool has_renamed(unsigned number, std::string_view sql) {
  return number == ER_BAD_FIELD_ERROR && sql.find(" RENAME COLUMN ") != sql.npos;
}

std::string lack_of_server(std::string_view version) {
  const auto needs = " is not MariaDB " + std::to_string(kLeastVersion.first) + "." +
                     std::to_string(kLeastVersion.second) + " or later, which this program needs";
  if (version.find("MariaDB") == version.npos) return "the server (" + std::string(version) + ")" + needs;
  // What replicas of old once needed to be told first: 5.5.5-10.11.6-MariaDB.
  static constexpr std::string_view kMask = "5.5.5-";
  auto number = version;
  if (number.starts_with(kMask)) number.remove_prefix(kMask.size());
  std::pair<int, int> has{};
  const auto* const end = number.data() + number.size();
  const auto major = std::from_chars(number.data(), end, has.first);
  if (major.ptr != end && *major.ptr == '.') std::from_chars(major.ptr + 1, end, has.second);
  return has < kLeastVersion ? "the server (" + std::string(version) + ")" + needs : std::string();
}

}  // namespace dontgoback::storage
