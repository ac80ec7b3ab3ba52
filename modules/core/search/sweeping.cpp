#include "sweeping.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "store.hpp"

namespace dontgoback::core::search {
namespace {

constexpr int kRowsRead = 1000;

/// What posts there are of the chunks that were sealed when the sweep began, or was taken up. Others may be getting
/// posts, and are read anew when they are sealed.
class Kept {
 public:
  explicit Kept(storage::Database& database) {
    const auto range = database.read(sealed);
    first_ = range.first;
    for (auto chunk = range.first; chunk < range.next; ++chunk) {
      chunks_.push_back(database.read([chunk](storage::Connection& connection) {
        Offsets posts;
        feed::each_worded(connection, {first_of(chunk), first_of(chunk + 1)},
                          [&posts](feed::PostId id) { posts.add(offset_of(id)); });
        return posts;
      }));
    }
  }

  /// Nothing for a chunk that is not looked at.
  const Offsets* of(Chunk chunk) const {
    const auto at = static_cast<std::size_t>(chunk - first_);
    return chunk >= first_ && at < chunks_.size() ? &chunks_[at] : nullptr;
  }

 private:
  Chunk first_ = 0;
  std::vector<Offsets> chunks_;
};

struct Row {
  Bigram bigram;
  Chunk chunk;
};

/// Rows with posts that are gone, of the next bigrams; it moves `done` behind these.
std::vector<Row> rows_to_change(storage::Connection& connection, const Kept& kept, Bigram& done) {
  std::vector<Row> rows;
  done = each_row_after(connection, done, kRowsRead, [&](Bigram bigram, Chunk chunk, const Offsets& posts) {
    const auto* there = kept.of(chunk);
    if (there == nullptr) return;
    auto left = posts;
    left &= *there;
    if (left != posts) rows.push_back({bigram, chunk});
  });
  return rows;
}

/// As many as a slice takes, from `at` on; where it is then.
std::size_t change_rows(storage::Connection& connection, const Kept& kept, const std::vector<Row>& rows,
                        std::size_t at) {
  const auto begun = std::chrono::steady_clock::now();
  while (at < rows.size() && std::chrono::steady_clock::now() - begun < kSlice) {
    keep_in_row(connection, rows[at].bigram, rows[at].chunk, *kept.of(rows[at].chunk));
    ++at;
  }
  return at;
}

std::optional<Sweep> begin(storage::Database& database) {
  return database.write([](storage::Connection& connection) -> std::optional<Sweep> {
    if (const auto begun = sweep(connection)) return begun;
    const auto [made, swept] = removals(connection);
    if (made == swept) return std::nullopt;
    const Sweep begun{made, 0};
    set_sweep(connection, begun);
    return begun;
  });
}

}  // namespace

bool sweep_removed(storage::Database& database, const std::function<bool()>& goes_on, const Pause& pause) {
  auto current = begin(database);
  if (!current) return true;
  const Kept kept(database);
  while (goes_on()) {
    auto done = current->done;
    const auto rows = database.read([&](storage::Connection& c) {
      done = current->done;
      return rows_to_change(c, kept, done);
    });
    for (std::size_t at = 0; at < rows.size();) {
      if (!goes_on()) return false;
      const auto begun = std::chrono::steady_clock::now();
      at = database.write([&](storage::Connection& c) { return change_rows(c, kept, rows, at); });
      pause(std::chrono::steady_clock::now() - begun);
    }
    current->done = done;
    database.write([&](storage::Connection& connection) {
      if (done != 0) {
        set_sweep(connection, current);
      } else {
        set_swept(connection, current->removals);
        set_sweep(connection, std::nullopt);
      }
    });
    if (done == 0) return true;
  }
  return false;
}

}  // namespace dontgoback::core::search
