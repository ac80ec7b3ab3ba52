#include "mysql_connection.hpp"

#include <soci/mysql/soci-mysql.h>

#include <algorithm>
#include <stdexcept>

#include "driver_class.hpp"
#include "failures.hpp"
#include "mysql_error.hpp"

namespace dontgoback::storage {
namespace {

using std::chrono::milliseconds;

constexpr int kConnectSeconds = 3;

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
                     setting("connect_timeout", std::to_string(kConnectSeconds));
  if (!options.password.empty()) text += setting("password", options.password);
  if (address.socket.empty()) {
    text += setting("host", address.host) + setting("port", std::to_string(address.port));
  } else {
    text += setting("unix_socket", address.socket);
  }
  // The server keeps the statement's limit itself; this is for a server that has vanished.
  if (options.use != MysqlOptions::Use::alone) {
    const auto patience = whole_seconds(options.statement_limit + options.busy_limit) + 5;
    text += setting("read_timeout", std::to_string(patience)) + setting("write_timeout", std::to_string(patience));
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

MysqlConnection::MysqlConnection(const MysqlOptions& options) : options_(options) { reconnect(); }

void MysqlConnection::reconnect() {
  open_session([this](std::optional<soci::session>& session) {
    try {
      session.emplace("mysql", connection_string(options_));
    } catch (const soci::soci_error& error) {
      throw Unavailable("MariaDB: " + error.get_error_message());
    }
  });
  lost_ = false;
  set("SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', "
      "time_zone = '+00:00', tx_isolation = 'READ-COMMITTED', innodb_lock_wait_timeout = :lock_wait",
      whole_seconds(options_.busy_limit / 3));  // a third, so that retries are left before the limit
  set("SET SESSION tx_read_only = :read_only", options_.use == MysqlOptions::Use::read ? 1 : 0);
  limit_statements(options_.use == MysqlOptions::Use::alone ? milliseconds::zero() : options_.statement_limit);
}

void MysqlConnection::limit_statements(milliseconds limit) {
  set("SET SESSION max_statement_time = :milliseconds / 1000", limit.count());
}

void MysqlConnection::set(std::string_view sql, std::int64_t value) {
  const Value parameter(value);
  SociConnection::run(sql, {&parameter, 1}, {}, {});  // which does not reconnect
}

std::int64_t MysqlConnection::run(std::string_view sql, std::span<const Value> parameters,
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

void MysqlConnection::run_once(std::string_view sql) {
  // As a value, because SOCI takes every ':' of a statement, in its texts too, for a parameter.
  static constexpr std::string_view kExecute = "EXECUTE IMMEDIATE :statement";
  const Value parameter(sql);
  try {
    Statement statement(session(), kExecute, {&parameter, 1}, {});
    perform(statement, {&parameter, 1}, {});
  } catch (const soci::soci_error& error) {
    const auto kind = classify_mysql_error(number_of(error));
    // Such a statement has no values of people's, so the server may say what is wrong.
    const std::string text = error.get_error_message() + " in: " + std::string(sql);
    if (kind == MysqlErrorKind::already_done) throw AlreadyDone(text);
    if (kind == MysqlErrorKind::defect) throw std::runtime_error(text);
    std::rethrow_exception(translated(error, sql));
  }
}

bool MysqlConnection::transaction_survives(const soci::soci_error& error) {
  const auto kind = classify_mysql_error(number_of(error));
  return kind != MysqlErrorKind::retry && kind != MysqlErrorKind::lost;
}

std::exception_ptr MysqlConnection::translated(const soci::soci_error& error, std::string_view sql) {
  const auto number = number_of(error);
  // Not the server's text: it quotes values ("Duplicate entry '…'") and, with SOCI, the statement with values in it.
  const std::string text = (number == 0 ? error.get_error_message() : "MariaDB error " + std::to_string(number)) +
                           " in: " + std::string(sql);
  switch (classify_mysql_error(number)) {
    case MysqlErrorKind::duplicate_key:
      return std::make_exception_ptr(DuplicateKey(text));
    case MysqlErrorKind::retry:
      return std::make_exception_ptr(Retry(text));
    case MysqlErrorKind::lost:
      lost_ = true;
      return std::make_exception_ptr(ConnectionLost(text));
    case MysqlErrorKind::out_of_time:
      return std::make_exception_ptr(Unavailable("over " + std::to_string(options_.statement_limit.count()) +
                                                 " ms, stopped: " + std::string(sql)));
    case MysqlErrorKind::unavailable:
      return std::make_exception_ptr(Unavailable(text));
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
  return changes_rows(beginning_of(statement)) ? statement.handle().get_affected_rows() : 0;
}

void MysqlConnection::close_cursor(Statement& statement) noexcept { statement.handle().get_backend()->clean_up(); }

}  // namespace dontgoback::storage
