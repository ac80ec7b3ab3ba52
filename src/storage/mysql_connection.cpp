#include "mysql_connection.hpp"

#include <mysqld_error.h>
#include <soci/mysql/soci-mysql.h>

#include <algorithm>
#include <stdexcept>

#include "driver_class.hpp"
#include "failures.hpp"
#include "mysql_error.hpp"

namespace dontgoback::storage {
namespace {

using std::chrono::milliseconds;

using std::chrono::steady_clock;

/// A connection that ends this soon after it was spoken to had ended before, and a new one may be tried in time.
constexpr std::chrono::seconds kSoon{1};
/// The server ends a statement before the client gives it up, so that it does not go on alone.
constexpr milliseconds kBeforeSilence{500};

unsigned number_of(const soci::soci_error& error) {
  const auto* mysql = dynamic_cast<const soci::mysql_soci_error*>(&error);
  return mysql == nullptr ? 0 : mysql->err_num_;
}

DONTGOBACK_DRIVER_CLASS std::size_t parameters_in(Statement& statement) {
  return static_cast<soci::mysql_statement_backend*>(statement.handle().get_backend())->names_.size();
}

/// The text up to the first parameter.
DONTGOBACK_DRIVER_CLASS std::string_view beginning_of(Statement& statement) {
  return static_cast<soci::mysql_statement_backend*>(statement.handle().get_backend())->queryChunks_.front();
}

std::int64_t whole_seconds(milliseconds duration) {
  return std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(duration).count());
}

/// `name='value' `, as the driver's reader of connection strings unquotes it.
std::string setting(std::string_view name, std::string_view value) {
  std::string text(name);
  text += "='";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text + "' ";
}

std::string connection_string(const MysqlOptions& options) {
  const auto& address = options.address;
  std::string text = setting("db", address.name) + setting("user", address.user) + setting("charset", "utf8mb4") +
                     setting("connect_timeout", std::to_string(kLongestConnecting.count()));
  if (!options.password.empty()) text += setting("password", options.password);
  if (address.socket.empty()) {
    text += setting("host", address.host) + setting("port", std::to_string(address.port));
  } else {
    text += setting("unix_socket", address.socket);
  }
  // The server keeps the statement's limit itself; this is for a server that has vanished, or is stopped.
  if (options.use != MysqlOptions::Use::alone) {
    const auto patience = std::to_string(kLongestSilence.count());
    text += setting("read_timeout", patience) + setting("write_timeout", patience);
  }
  return text;
}

bool changes_rows(std::string_view sql) {
  const auto first = sql.substr(std::min(sql.size(), sql.find_first_not_of(" \n\t")), 6);
  return std::ranges::any_of(std::array{"INSERT", "UPDATE", "DELETE", "REPLAC"}, [first](std::string_view verb) {
    return std::ranges::equal(first, verb, {}, [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
  });
}

}  // namespace

MysqlConnection::MysqlConnection(const MysqlOptions& options) : SociConnection(options.stopped), options_(options) {
  reconnect();
}

std::string MysqlConnection::server() const {
  const auto& address = options_.address;
  return "MariaDB at " + (address.socket.empty() ? address.host + ":" + std::to_string(address.port) : address.socket);
}

/// Why there is no connection. The texts of these errors hold no values of people's.
DatabaseTrouble MysqlConnection::refused(const soci::soci_error& error) const {
  const auto& address = options_.address;
  const auto number = number_of(error);
  const auto said =
      " (" + (number == 0 ? std::string() : std::to_string(number) + ": ") + error.get_error_message() + ")";
  const auto because = [&](Trouble trouble, const std::string& words) {
    return DatabaseTrouble(trouble, effect(), words + said);
  };
  switch (number) {
    case 0:
      if (error.get_error_message().find("shared library") == std::string::npos) break;
      return because(Trouble::refused,
                     "the driver for MariaDB is not installed: install the package libsoci-mysql4.0 (the program loads "
                     "libsoci_mysql.so.4.0)");
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
      return because(Trouble::refused, server() + " refuses the user " + address.user +
                                           ": check the user in --database, --database-password-file, and that the "
                                           "user may come from this host");
    case ER_DBACCESS_DENIED_ERROR:
      return because(Trouble::refused, server() + " does not let the user " + address.user + " use the database " +
                                           address.name + ": GRANT ALL ON it to the user, or make it");
    case ER_BAD_DB_ERROR:
      return because(Trouble::refused,
                     server() + " has no database " + address.name + ": make it, or correct --database");
    case ER_HOST_NOT_PRIVILEGED:
    case ER_HOST_IS_BLOCKED:
      return because(Trouble::refused, server() + " does not take connections from this host");
    case ER_CON_COUNT_ERROR:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_USER_LIMIT_REACHED:
      return because(Trouble::away, server() + " has no connection left for this server: raise max_connections");
    default:
      break;
  }
  if (steady_clock::now() - began_ >= kLongestConnecting) {
    return because(Trouble::silent, server() + " does not answer");
  }
  return because(Trouble::away, server() + " cannot be reached");
}

void MysqlConnection::reconnect() {
  open_session([this](std::optional<soci::session>& session) {
    began_ = steady_clock::now();
    try {
      session.emplace("mysql", connection_string(options_));
    } catch (const soci::soci_error& error) {
      throw refused(error);
    }
  });
  lost_ = false;
  if (options_.use == MysqlOptions::Use::alone) check_version();
  set("SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', "
      "time_zone = '+00:00', tx_isolation = 'READ-COMMITTED', innodb_lock_wait_timeout = :lock_wait",
      whole_seconds(options_.busy_limit / 3));  // a third, so that retries are left before the limit
  set("SET SESSION tx_read_only = :read_only", options_.use == MysqlOptions::Use::read ? 1 : 0);
  limit_statements(options_.use == MysqlOptions::Use::alone
                       ? milliseconds::zero()
                       : std::min<milliseconds>(options_.statement_limit, kLongestSilence - kBeforeSilence));
}

void MysqlConnection::check_version() {
  std::string lack;
  each("SELECT VERSION()", args(), [&lack](std::string_view version) { lack = lack_of_server(version); });
  if (!lack.empty()) throw DatabaseTrouble(Trouble::refused, effect(), server() + ": " + lack);
}

void MysqlConnection::limit_statements(milliseconds limit) {
  set("SET SESSION max_statement_time = :milliseconds / 1000", limit.count());
}

void MysqlConnection::set(const Sql& sql, std::int64_t value) {
  const Value parameter(value);
  SociConnection::run(sql, {&parameter, 1}, {}, {});  // which does not reconnect
}

std::int64_t MysqlConnection::run(const Sql& sql, std::span<const Value> parameters,
                                  std::span<const ColumnType> columns, const Row& row) {
  try {
    return SociConnection::run(sql, parameters, columns, row);
  } catch (const ConnectionLost&) {
    // An answer arrives whole before its first row is handed over, so no row has been.
    if (options_.use != MysqlOptions::Use::read) throw;
  }
  reconnect();
  return SociConnection::run(sql, parameters, columns, row);
}

void MysqlConnection::run_once(const Sql& sql) {
  // As a value, because SOCI takes every ':' of a statement, in its texts too, for a parameter.
  static constexpr std::string_view kExecute = "EXECUTE IMMEDIATE :statement";
  const Value parameter(sql.text());
  try {
    Statement statement(session(), kExecute, {&parameter, 1}, {});
    perform(statement, sql, {&parameter, 1}, {});
  } catch (const soci::soci_error& error) {
    const auto kind = classify_mysql_error(number_of(error));
    // Such a statement has no values of people's, so the server may say what is wrong.
    const std::string text = error.get_error_message() + " in: " + std::string(sql.text());
    if (kind == MysqlErrorKind::already_done || has_renamed(number_of(error), sql.text())) throw AlreadyDone(text);
    if (kind == MysqlErrorKind::defect || kind == MysqlErrorKind::gone) throw std::runtime_error(text);
    std::rethrow_exception(translated(error, sql.text()));
  }
}

bool MysqlConnection::transaction_survives(const soci::soci_error& error) {
  const auto kind = classify_mysql_error(number_of(error));
  return kind != MysqlErrorKind::retry && kind != MysqlErrorKind::lost;
}

bool MysqlConnection::out_of_time(const soci::soci_error& error) const {
  return classify_mysql_error(number_of(error)) == MysqlErrorKind::out_of_time;
}

std::exception_ptr MysqlConnection::translated(const soci::soci_error& error, std::string_view sql) {
  const auto number = number_of(error);
  // Not the server's text: it quotes values ("Duplicate entry '…'") and, with SOCI, the statement with values in it.
  const std::string said = number == 0 ? error.get_error_message() : "MariaDB error " + std::to_string(number);
  const std::string text = said + " in: " + std::string(sql);
  const auto because = [&](Trouble trouble, const std::string& words) {
    return std::make_exception_ptr(DatabaseTrouble(trouble, effect(), words + " (" + said + ")", sql));
  };
  switch (classify_mysql_error(number)) {
    case MysqlErrorKind::duplicate_key:
      return std::make_exception_ptr(DuplicateKey(text));
    case MysqlErrorKind::retry:
      return std::make_exception_ptr(Retry(said, sql));
    case MysqlErrorKind::lost: {
      lost_ = true;
      const auto took = steady_clock::now() - began_;
      if (took >= kLongestSilence) return because(Trouble::silent, server() + " does not answer");
      // Trying again takes time, too.
      if (took >= kSoon) return because(Trouble::away, server() + " ended the connection");
      return std::make_exception_ptr(
          ConnectionLost(Trouble::away, effect(), server() + " ended the connection (" + said + ")", sql));
    }
    case MysqlErrorKind::out_of_time:
      return because(Trouble::crowded, "stopped after its longest time");
    case MysqlErrorKind::full:
      return because(Trouble::full, "the disk of " + server() + " is full");
    case MysqlErrorKind::read_only:
      return because(Trouble::read_only, server() + " is read-only: is it a replica?");
    case MysqlErrorKind::damaged:
      return because(Trouble::damaged, "a table of " + server() + " is damaged");
    case MysqlErrorKind::gone:
      return because(Trouble::gone, "the database " + options_.address.name + " of " + server() +
                                        " lacks tables that it had: was it dropped or replaced?");
    case MysqlErrorKind::failing:
      return because(Trouble::failing, server() + " cannot do it");
    case MysqlErrorKind::already_done:
    case MysqlErrorKind::defect:
      break;
  }
  return std::make_exception_ptr(std::runtime_error(text));
}

void MysqlConnection::check_shape(Statement& statement, std::string_view sql) {
  if (parameters_in(statement) != statement.parameter_count()) {
    throw std::runtime_error("not as many parameters as given in: " + std::string(sql));
  }
}

std::int64_t MysqlConnection::changed_rows(Statement& statement) {
  const auto changed = changes_rows(beginning_of(statement)) ? statement.handle().get_affected_rows() : 0;
  written_ = written_ || changed > 0;
  return changed;
}

void MysqlConnection::close_cursor(Statement& statement) noexcept { statement.handle().get_backend()->clean_up(); }

}  // namespace dontgoback::storage
