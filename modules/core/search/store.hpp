#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bigrams.hpp"
#include "chunk.hpp"
#include "dontgoback/storage/connection.hpp"

// SQL of the index: rows of chunks, and how far it is.
namespace dontgoback::core::search {

/// Chunks [first, next) are in the index.
struct Sealed {
  Chunk first, next;
};
Sealed sealed(storage::Connection& connection);
void set_sealed(storage::Connection& connection, Sealed sealed);

/// Posts of chunks below it are added by who edits them.
Chunk opened(storage::Connection& connection);
/// The same, and it stays so until the transaction ends.
Chunk hold_opened(storage::Connection& connection);
/// Waits for those who hold it.
void set_opened(storage::Connection& connection, Chunk chunk);

/// The chunk that is being written, and the last bigram of it that is; 0: none yet.
struct Sealing {
  Chunk chunk;
  Bigram written;
  friend bool operator==(const Sealing&, const Sealing&) = default;
};
std::optional<Sealing> sealing(storage::Connection& connection);
/// The same, and nobody else writes it until the transaction ends.
std::optional<Sealing> hold_sealing(storage::Connection& connection);
void set_sealing(storage::Connection& connection, const std::optional<Sealing>& sealing);

/// Rows of a bigram for chunks [from, before), in no certain order; `ids` (see read_row) is valid during the call.
void each_row(storage::Connection& connection, Bigram bigram, Chunk from, Chunk before,
              const std::function<void(Chunk, std::string_view ids)>& row);
/// What a row says. Throws std::runtime_error for what is none: the database is damaged.
Offsets read_row(std::string_view ids);

/// Rows of whole bigrams above `after`, about `most` of them, ascending. The last of these bigrams; 0: there was none.
Bigram each_row_after(storage::Connection& connection, Bigram after, int most,
                      const std::function<void(Bigram, Chunk, const Offsets&)>& row);
/// Leaves of a row what is also in `kept`.
void keep_in_row(storage::Connection& connection, Bigram bigram, Chunk chunk, const Offsets& kept);

/// How often posts were removed for good, and how often that was when a sweep that ended began.
struct Removals {
  std::int64_t made, swept;
};
Removals removals(storage::Connection& connection);
void add_removal(storage::Connection& connection);
void set_swept(storage::Connection& connection, std::int64_t swept);

/// A sweep that is under way: of what was removed up to `removals`; rows of bigrams up to `done` are.
struct Sweep {
  std::int64_t removals;
  Bigram done;
};
std::optional<Sweep> sweep(storage::Connection& connection);
void set_sweep(storage::Connection& connection, const std::optional<Sweep>& sweep);

struct NewRow {
  Bigram bigram;
  std::string ids;
};
inline constexpr std::size_t kRowsAtOnce = 32;
/// Adds to a chunk what was not there, at most kRowsAtOnce rows; what is there keeps what it has.
void add_rows(storage::Connection& connection, Chunk chunk, std::span<const NewRow> rows);
void add_to_row(storage::Connection& connection, Bigram bigram, Chunk chunk, const Offsets& more);

}  // namespace dontgoback::core::search
