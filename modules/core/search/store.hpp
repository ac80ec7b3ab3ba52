#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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

/// Rows of a bigram for chunks [from, before), in no certain order; `ids` is valid during the call.
void each_row(storage::Connection& connection, Bigram bigram, Chunk from, Chunk before,
              const std::function<void(Chunk, const Offsets&, std::size_t bytes)>& row);

struct NewRow {
  Bigram bigram;
  std::string ids;
};
inline constexpr std::size_t kRowsAtOnce = 32;
/// Adds to a chunk what was not there, at most kRowsAtOnce rows; what is there keeps what it has.
void add_rows(storage::Connection& connection, Chunk chunk, std::span<const NewRow> rows);
void add_to_row(storage::Connection& connection, Bigram bigram, Chunk chunk, const Offsets& more);

}  // namespace dontgoback::core::search
