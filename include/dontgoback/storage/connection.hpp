#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "dontgoback/storage/sql.hpp"
#include "dontgoback/storage/stored.hpp"

namespace dontgoback::storage {

enum class Dialect { sqlite, mysql };

/// A type of the domain that lies in a column as a number or text: see `Stored`.
template <class T>
concept Storable = requires {
  typename Stored<T>::Column;
};

/// A value bound to a statement. Text is not copied until the call; it must be valid UTF-8 or the bytes of a BLOB
/// column.
class Value {
 public:
  using Variant = std::variant<std::nullptr_t, std::int64_t, std::string_view>;

  Value(std::nullptr_t) : value_(nullptr) {}
  template <std::integral T>
  Value(T number) : value_(static_cast<std::int64_t>(number)) {}
  Value(std::string_view text) : value_(text) {}
  Value(const std::string& text) : value_(std::string_view(text)) {}
  Value(const char* text) : value_(std::string_view(text)) {}
  template <Storable T>
  Value(const T& value) : value_(Stored<T>::to_column(value)) {}
  template <class T>
  Value(const std::optional<T>& value) : value_(value ? Value(*value).value_ : Variant(nullptr)) {}

  const Variant& get() const { return value_; }

 private:
  Variant value_;
};

enum class ColumnType { integer, text };

/// One column of the row being read. `text` is valid until the next row.
struct Cell {
  bool null = false;
  std::int64_t integer = 0;
  std::string_view text;
};

/// A unique key or primary key is already there. Expected by stores that insert; anything else that goes wrong is
/// `Unavailable` (locked, gone, out of time) or std::runtime_error (a defect).
class DuplicateKey : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

namespace detail {

template <class T>
struct Column;  // how a column becomes a T

template <std::integral T>
struct Column<T> {
  static constexpr ColumnType type = ColumnType::integer;
  static T read(const Cell& cell) { return static_cast<T>(cell.integer); }
};
template <>
struct Column<std::string_view> {
  static constexpr ColumnType type = ColumnType::text;
  static std::string_view read(const Cell& cell) { return cell.text; }
};
template <>
struct Column<std::string> {
  static constexpr ColumnType type = ColumnType::text;
  static std::string read(const Cell& cell) { return std::string(cell.text); }
};
template <Storable T>
struct Column<T> {
  using Kept = Column<typename Stored<T>::Column>;
  static constexpr ColumnType type = Kept::type;
  static T read(const Cell& cell) { return Stored<T>::from_column(Kept::read(cell)); }
};
template <class T>
struct Column<std::optional<T>> {
  static constexpr ColumnType type = Column<T>::type;
  static std::optional<T> read(const Cell& cell) {
    return cell.null ? std::nullopt : std::optional<T>(Column<T>::read(cell));
  }
};

template <class T>
struct Signature : Signature<decltype(&T::operator())> {};
template <class C, class R, class... A>
struct Signature<R (C::*)(A...) const> {
  using Arguments = std::tuple<std::remove_cvref_t<A>...>;
};
template <class C, class R, class... A>
struct Signature<R (C::*)(A...)> {
  using Arguments = std::tuple<std::remove_cvref_t<A>...>;
};

}  // namespace detail

/// What is to be told when a transaction is committed: topics and messages.
using Notices = std::vector<std::pair<std::string, std::string>>;
inline constexpr std::size_t kMostNotices = 64;

/// One database connection, borrowed for the length of a closure (`Database::read`, `Database::write`). Not
/// thread-safe.
///
/// Statements name their parameters (`:user_id`) and are given them in order; a name appears once. Each SQL text is
/// prepared once per connection and kept, so texts must come from a fixed set: never build one from input.
class Connection {
 public:
  using Row = std::function<void(std::span<const Cell>)>;

  virtual ~Connection() = default;
  virtual Dialect dialect() const = 0;

  /// Runs a statement to its end. Returns the number of rows it changed (0 for a SELECT). `row` is called for each row
  /// of the answer; it must not use the connection. Throws DuplicateKey, Unavailable, or std::runtime_error for a
  /// defect.
  virtual std::int64_t run(const Sql& sql, std::span<const Value> parameters, std::span<const ColumnType> columns,
                           const Row& row) = 0;

  /// The AUTO_INCREMENT or rowid key of the last INSERT of this connection.
  virtual std::int64_t last_insert_id() = 0;

  /// Tells a topic of shared::State something once this transaction is committed, and not at all when it is not; the
  /// same twice is told once. It only hastens what the rows say: a node that ends between, or a transaction with more
  /// than kMostNotices of them, tells nothing. Within `Database::write`; else nobody is told.
  void notify(std::string_view topic, std::string_view message);

  /// Runs a statement that answers no rows.
  template <class... P>
  std::int64_t execute(const Sql& sql, const P&... parameters) {
    const std::array<Value, sizeof...(P)> values{Value(parameters)...};
    return run(sql, values, {}, {});
  }

  /// Calls `row` with the columns of each row, in order: its parameter types say how each column is read. Text arrives
  /// as std::string_view, valid during the call only; what may be NULL is std::optional.
  ///     db.each("SELECT id, name FROM t WHERE id < :id", args(id), [&](UserId id, std::string_view name) { … });
  template <class... P, class F>
  void each(const Sql& sql, const std::tuple<P...>& parameters, F&& row) {
    using Arguments = typename detail::Signature<std::remove_cvref_t<F>>::Arguments;
    each_typed(sql, parameters, row, static_cast<Arguments*>(nullptr),
               std::make_index_sequence<std::tuple_size_v<Arguments>>{});
  }

  /// The first row's columns as a tuple, or nothing.
  template <class... C, class... P>
  std::optional<std::tuple<C...>> one(const Sql& sql, const P&... parameters) {
    std::optional<std::tuple<C...>> found;
    each(sql, std::tie(parameters...), [&found](const C&... columns) {
      if (!found) found.emplace(columns...);
    });
    return found;
  }

 private:
  friend class Database;
  Notices* notices_ = nullptr;  // of the transaction under way

  template <class Tuple, class F, class... A, std::size_t... I>
  void each_typed(const Sql& sql, const Tuple& parameters, F& row, std::tuple<A...>*, std::index_sequence<I...>) {
    const auto values =
        std::apply([](const auto&... p) { return std::array<Value, sizeof...(p)>{Value(p)...}; }, parameters);
    static constexpr std::array<ColumnType, sizeof...(A)> kColumns{detail::Column<A>::type...};
    run(sql, values, kColumns, [&row](std::span<const Cell> cells) { row(detail::Column<A>::read(cells[I])...); });
  }
};

/// Parameters of a statement, in order, for `Connection::each`.
template <class... P>
std::tuple<const P&...> args(const P&... parameters) {
  return std::tie(parameters...);
}

}  // namespace dontgoback::storage
