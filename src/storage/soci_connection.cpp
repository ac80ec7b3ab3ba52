#include "soci_connection.hpp"

#include <stdexcept>
#include <vector>

#include "failures.hpp"

namespace dontgoback::storage {
namespace {

// What a closure does with an exception of the host's own, when the transaction under it is gone.
constexpr const char* kTransactionLost = "the database rolled the transaction back";

template <class F>
class [[nodiscard]] AtExit {
 public:
  explicit AtExit(F f) : f_(f) {}
  ~AtExit() { f_(); }
  AtExit(const AtExit&) = delete;
  AtExit& operator=(const AtExit&) = delete;

 private:
  F f_;
};

}  // namespace

void SociConnection::open_session(const std::function<void(std::optional<soci::session>&)>& open) {
  kept_.clear();
  session_.reset();
  in_transaction_ = transaction_lost_ = false;
  open(session_);
}

Statement& SociConnection::prepared(std::string_view sql, std::span<const Value> parameters,
                                    std::span<const ColumnType> columns) {
  if (const auto found = kept_.find(sql); found != kept_.end()) {
    if (found->second.fits(parameters, columns)) return found->second;
    kept_.erase(found);
  }
  if (kept_.size() >= kMaxKept) kept_.clear();
  const auto made = kept_.try_emplace(std::string(sql), session(), sql, parameters, columns).first;
  try {
    check_shape(made->second, sql);
  } catch (...) {
    kept_.erase(made);
    throw;
  }
  return made->second;
}

std::int64_t SociConnection::perform(Statement& statement, const Sql& sql, std::span<const Value> parameters,
                                     const Row& row) {
  running_ = true;
  const AtExit close([this, &statement] {
    close_cursor(statement);
    running_ = false;
  });
  before_run(sql);
  statement.run(parameters, row);
  const auto changed = changed_rows(statement);
  if (changed > 0) {
    long long id = 0;
    if (session().get_last_insert_id({}, id) && id != 0) last_insert_id_ = id;
  }
  return changed;
}

std::int64_t SociConnection::run(const Sql& sql, std::span<const Value> parameters, std::span<const ColumnType> columns,
                                 const Row& row) {
  if (running_) throw std::logic_error("a row's callback used the connection it reads from");
  if (transaction_lost_) throw Retry(kTransactionLost);
  try {
    return perform(prepared(sql.text(), parameters, columns), sql, parameters, row);
  } catch (const soci::soci_error& error) {
    // The driver may hold half of a run; what it prepared is not worth saving.
    if (const auto found = kept_.find(sql.text()); found != kept_.end()) kept_.erase(found);
    if (stopped_ != nullptr && out_of_time(error)) stopped_->add(sql);
    if (in_transaction_ && !transaction_survives(error)) transaction_lost_ = true;
    std::rethrow_exception(translated(error, sql.text()));
  }
}

void SociConnection::prepare(std::string_view sql, std::span<const ColumnType> parameters) {
  std::vector<Value> of_types;
  of_types.reserve(parameters.size());
  for (const auto type : parameters) of_types.push_back(type == ColumnType::integer ? Value(0) : Value(""));
  try {
    prepared(sql, of_types, {});
  } catch (const soci::soci_error& error) {
    std::rethrow_exception(translated(error, sql));
  }
}

void SociConnection::begin() {
  transaction_lost_ = false;
  execute(begin_sql());
  in_transaction_ = true;
}

void SociConnection::commit() {
  execute("COMMIT");
  in_transaction_ = false;
}

void SociConnection::rollback() noexcept {
  in_transaction_ = transaction_lost_ = false;
  if (!has_session() || !transaction_open()) return;
  try {
    execute("ROLLBACK");
  } catch (const std::exception&) {
    kept_.clear();
    session_.reset();
  }
}

}  // namespace dontgoback::storage
