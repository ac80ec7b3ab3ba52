#include "store.hpp"

#include <algorithm>
#include <stdexcept>

#include "dontgoback/storage/planned.hpp"

namespace dontgoback::core::search {
namespace {

using storage::args;
using storage::Connection;
using storage::Dialect;
using storage::Planned;
using storage::Value;

// What search_state says, by name.
constexpr std::string_view kFirst = "first";
constexpr std::string_view kNext = "next";
constexpr std::string_view kOpened = "opened";
constexpr std::string_view kChunk = "sealing";
constexpr std::string_view kWritten = "written";
constexpr std::string_view kRemovals = "removals";
constexpr std::string_view kSwept = "swept";
constexpr std::string_view kSweeping = "sweeping";
constexpr std::string_view kSweptRows = "swept rows";
constexpr std::int64_t kNone = -1;

const Planned kRows(
    "search/rows",
    "SELECT chunk, ids FROM search_chunks {PRIMARY} WHERE bigram = :bigram AND chunk >= :from AND chunk "
    "< :before");

const Planned kBound("search/sweep-bound",
                     "SELECT bigram FROM search_chunks {PRIMARY} WHERE bigram > :after ORDER BY bigram, chunk LIMIT 1 "
                     "OFFSET :most");
const Planned kFirstAfter(
    "search/sweep-first",
    "SELECT bigram FROM search_chunks {PRIMARY} WHERE bigram > :after ORDER BY bigram, chunk LIMIT "
    "1");
const Planned kLast("search/sweep-last",
                    "SELECT bigram FROM search_chunks {PRIMARY} WHERE bigram > :after ORDER BY "
                    "bigram DESC, chunk DESC LIMIT 1");
const Planned kSlice(
    "search/sweep",
    "SELECT bigram, chunk, ids FROM search_chunks {PRIMARY} WHERE bigram > :after AND bigram <= :until "
    "ORDER BY bigram, chunk");

std::int64_t value_of(Connection& connection, std::string_view name) {
  return std::get<0>(connection.one<std::int64_t>("SELECT value FROM search_state WHERE name = :name", name).value());
}

std::int64_t hold_value(Connection& connection, std::string_view name, std::string_view lock) {
  if (connection.dialect() == Dialect::sqlite) return value_of(connection, name);  // which has one writer
  return std::get<0>(connection
                         .one<std::int64_t>(lock == "share"
                                                ? "SELECT value FROM search_state WHERE name = :name LOCK IN SHARE MODE"
                                                : "SELECT value FROM search_state WHERE name = :name FOR UPDATE",
                                            name)
                         .value());
}

void set_value(Connection& connection, std::string_view name, std::int64_t value) {
  connection.execute("UPDATE search_state SET value = :value WHERE name = :name", value, name);
}

std::string rows_statement(std::size_t count) {
  std::string values;
  for (std::size_t i = 0; i < count; ++i) {
    const auto n = std::to_string(i);
    values.append(i == 0 ? "(:b" : ", (:b").append(n).append(", :c").append(n).append(", :i").append(n).append(")");
  }
  return "INSERT INTO search_chunks (bigram, chunk, ids) VALUES " + values;
}

std::optional<Offsets> hold_row(Connection& connection, Bigram bigram, Chunk chunk) {
  const auto row = connection.one<std::string>(
      connection.dialect() == Dialect::sqlite
          ? "SELECT ids FROM search_chunks WHERE bigram = :bigram AND chunk = :chunk"
          : "SELECT ids FROM search_chunks WHERE bigram = :bigram AND chunk = :chunk FOR UPDATE",
      bigram, chunk);
  return row ? std::optional(read_row(std::get<0>(*row))) : std::nullopt;
}

/// False when it is there.
bool insert_row(Connection& connection, Bigram bigram, Chunk chunk, std::string_view ids) {
  try {
    connection.execute("INSERT INTO search_chunks (bigram, chunk, ids) VALUES (:bigram, :chunk, :ids)", bigram, chunk,
                       ids);
    return true;
  } catch (const storage::DuplicateKey&) {
    return false;
  }
}

}  // namespace

Sealed sealed(Connection& connection) {
  const auto row = connection.one<Chunk, Chunk>(
      "SELECT f.value, n.value FROM search_state f JOIN search_state n ON n.name = :next WHERE f.name = :first", kNext,
      kFirst);
  return {std::get<0>(row.value()), std::get<1>(*row)};
}

void set_sealed(Connection& connection, Sealed sealed) {
  set_value(connection, kFirst, sealed.first);
  set_value(connection, kNext, sealed.next);
}

Chunk opened(Connection& connection) { return value_of(connection, kOpened); }
Chunk hold_opened(Connection& connection) { return hold_value(connection, kOpened, "share"); }
void set_opened(Connection& connection, Chunk chunk) { set_value(connection, kOpened, chunk); }

std::optional<Sealing> sealing(Connection& connection) {
  const auto chunk = value_of(connection, kChunk);
  if (chunk == kNone) return std::nullopt;
  return Sealing{chunk, value_of(connection, kWritten)};
}

std::optional<Sealing> hold_sealing(Connection& connection) {
  hold_value(connection, kChunk, "update");
  return sealing(connection);
}

void set_sealing(Connection& connection, const std::optional<Sealing>& sealing) {
  set_value(connection, kChunk, sealing ? sealing->chunk : kNone);
  set_value(connection, kWritten, sealing ? sealing->written : 0);
}

void each_row(Connection& connection, Bigram bigram, Chunk from, Chunk before,
              const std::function<void(Chunk, std::string_view)>& row) {
  connection.each(kRows.on(connection), args(bigram, from, before),
                  [&row](Chunk chunk, std::string_view ids) { row(chunk, ids); });
}

Offsets read_row(std::string_view ids) {
  Offsets offsets;
  if (!decode(ids, offsets)) throw std::runtime_error("a row of the search index cannot be read");
  return offsets;
}

Bigram each_row_after(Connection& connection, Bigram after, int most,
                      const std::function<void(Bigram, Chunk, const Offsets&)>& row) {
  const auto bigram_by = [&](const Planned& statement, const auto&... parameters) {
    const auto found = connection.one<Bigram>(statement.on(connection), parameters...);
    return found ? std::get<0>(*found) : Bigram{0};
  };
  const auto first = bigram_by(kFirstAfter, after);
  if (first == 0) return 0;
  // The bigram that holds the bound may go on behind it, so it is left for the next time, unless it is the only one.
  const auto bound = bigram_by(kBound, after, most);
  const auto until = bound == 0 ? bigram_by(kLast, after) : std::max(first, bound - 1);
  connection.each(kSlice.on(connection), args(after, until),
                  [&row](Bigram bigram, Chunk chunk, std::string_view ids) { row(bigram, chunk, read_row(ids)); });
  return until;
}

void keep_in_row(Connection& connection, Bigram bigram, Chunk chunk, const Offsets& kept) {
  auto row = hold_row(connection, bigram, chunk);
  if (!row) return;
  *row &= kept;
  if (row->empty()) {
    connection.execute("DELETE FROM search_chunks WHERE bigram = :bigram AND chunk = :chunk", bigram, chunk);
  } else {
    connection.execute("UPDATE search_chunks SET ids = :ids WHERE bigram = :bigram AND chunk = :chunk", encode(*row),
                       bigram, chunk);
  }
}

Removals removals(Connection& connection) { return {value_of(connection, kRemovals), value_of(connection, kSwept)}; }

void add_removal(Connection& connection) {
  connection.execute("UPDATE search_state SET value = value + 1 WHERE name = :name", kRemovals);
}

void set_swept(Connection& connection, std::int64_t swept) { set_value(connection, kSwept, swept); }

std::optional<Sweep> sweep(Connection& connection) {
  const auto removals = value_of(connection, kSweeping);
  if (removals == kNone) return std::nullopt;
  return Sweep{removals, value_of(connection, kSweptRows)};
}

void set_sweep(Connection& connection, const std::optional<Sweep>& sweep) {
  set_value(connection, kSweeping, sweep ? sweep->removals : kNone);
  set_value(connection, kSweptRows, sweep ? sweep->done : 0);
}

void add_rows(Connection& connection, Chunk chunk, std::span<const NewRow> rows) {
  static const std::string kMany = rows_statement(kRowsAtOnce);
  if (rows.size() == kRowsAtOnce) {
    std::vector<Value> values;
    for (const auto& row : rows) {
      values.emplace_back(row.bigram);
      values.emplace_back(chunk);
      values.emplace_back(row.ids);
    }
    try {
      connection.run(kMany, values, {}, {});
      return;
    } catch (const storage::DuplicateKey&) {  // some of them are there, by an edit: one by one then
    }
  }
  for (const auto& row : rows) {
    if (!insert_row(connection, row.bigram, chunk, row.ids)) {
      add_to_row(connection, row.bigram, chunk, read_row(row.ids));
    }
  }
}

void add_to_row(Connection& connection, Bigram bigram, Chunk chunk, const Offsets& more) {
  auto row = hold_row(connection, bigram, chunk);
  if (!row) {
    if (insert_row(connection, bigram, chunk, encode(more))) return;
    row = hold_row(connection, bigram, chunk);  // by somebody else since
  }
  more.each_up([&row](int offset) { row.value().add(offset); });
  connection.execute("UPDATE search_chunks SET ids = :ids WHERE bigram = :bigram AND chunk = :chunk", encode(*row),
                     bigram, chunk);
}

}  // namespace dontgoback::core::search
