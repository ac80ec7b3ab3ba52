#include "sealing.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "dontgoback/text/searchable.hpp"
#include "store.hpp"

namespace dontgoback::core::search {
namespace {

/// While people post a slice is paid by as many times its length for others: with what reading the texts costs, posting
/// loses less than a twentieth.
constexpr int kOthersShare = 35;
constexpr std::chrono::milliseconds kLongestPause{600};
constexpr std::int64_t kTextsAtOnce = 512;
/// A bigram and who has it: a number each, so that they are sorted quickly.
using Pair = std::uint64_t;
Pair pair_of(Bigram bigram, int offset) {
  return (static_cast<Pair>(bigram) << kChunkBits) | static_cast<Pair>(offset);
}
Bigram bigram_of(Pair pair) { return static_cast<Bigram>(pair >> kChunkBits); }

/// How many whole chunks there are below an id.
Chunk whole_below(std::int64_t id) { return id > 0 ? id >> kChunkBits : 0; }

std::int64_t newest_of(storage::Database& database) {
  return database.read([](storage::Connection& connection) { return feed::newest_post(connection).value; });
}

/// Nothing when all below `settled` is sealed.
std::optional<Chunk> next_after(const Sealed& range, Chunk settled) {
  if (range.next < settled) return range.next;
  return range.first > 0 ? std::optional(range.first - 1) : std::nullopt;
}

/// How far the index is, and how far it could be.
struct Look {
  explicit Look(storage::Connection& connection, std::int64_t newest)
      : range(sealed(connection)),
        begun(sealing(connection)),
        open(opened(connection)),
        whole(whole_below(newest + 1)),
        settled(whole_below(newest + 1 - kMargin)) {
    // Nothing is sealed: it begins at the top, where people look.
    if (range.first == range.next && settled > range.next) range = {settled, settled};
  }

  bool is_all_done() const { return !begun && whole <= open && !next_after(range, settled); }

  Sealed range;
  std::optional<Sealing> begun;
  Chunk open, whole, settled;
};

bool is_behind(storage::Database& database, std::int64_t newest) {
  return database.read([newest](storage::Connection& connection) { return !Look(connection, newest).is_all_done(); });
}

/// What is to be sealed. From here on edits of its posts add themselves.
std::optional<Sealing> begin(storage::Database& database, std::int64_t newest) {
  if (!is_behind(database, newest)) return std::nullopt;  // and nothing is written
  return database.write([newest](storage::Connection& connection) -> std::optional<Sealing> {
    hold_sealing(connection);
    const Look look(connection, newest);
    if (look.whole > look.open) set_opened(connection, look.whole);
    if (look.begun) return look.begun;
    const auto next = next_after(look.range, look.settled);
    if (!next) return std::nullopt;
    set_sealed(connection, look.range);
    const Sealing begun{*next, 0};
    set_sealing(connection, begun);
    return begun;
  });
}

/// Of all posts of the chunk, without what is written. On SQLite a read, which no writer waits for.
std::vector<Pair> read_pairs(storage::Database& database, const Sealing& what) {
  std::vector<Pair> pairs;
  for (std::int64_t i = 0; i < kChunkPosts; i += kTextsAtOnce) {
    const auto from = first_of(what.chunk).value + i;
    const auto before = pairs.size();
    const auto read = [&](storage::Connection& connection) {
      pairs.resize(before);
      feed::each_kept_text(connection, {{from}, {from + kTextsAtOnce}}, [&](feed::PostId id, std::string_view content) {
        for (const auto bigram : bigrams_of(text::searchable(content))) {
          if (bigram > what.written) pairs.push_back(pair_of(bigram, offset_of(id)));
        }
      });
    };
    database.dialect() == storage::Dialect::sqlite ? database.read(read) : database.write(read);
  }
  std::ranges::sort(pairs);
  return pairs;
}

/// The next rows; it moves `at` behind them.
std::vector<NewRow> take_rows(const std::vector<Pair>& pairs, std::size_t& at) {
  std::vector<NewRow> rows;
  while (at < pairs.size() && rows.size() < kRowsAtOnce) {
    const auto bigram = bigram_of(pairs[at]);
    Offsets offsets;
    for (; at < pairs.size() && bigram_of(pairs[at]) == bigram; ++at) {
      offsets.add(static_cast<int>(pairs[at] & (kChunkPosts - 1)));
    }
    rows.push_back({bigram, encode(offsets)});
  }
  return rows;
}

/// As many rows as a slice takes, from `at` on; where it is then. Nothing when somebody else writes the chunk.
std::optional<std::size_t> write_slice(storage::Connection& connection, const std::vector<Pair>& pairs, std::size_t at,
                                       Sealing what) {
  if (hold_sealing(connection) != what) return std::nullopt;
  const auto begun = std::chrono::steady_clock::now();
  while (at < pairs.size() && std::chrono::steady_clock::now() - begun < kSlice) {
    const auto rows = take_rows(pairs, at);
    add_rows(connection, what.chunk, rows);
    what.written = rows.back().bigram;
  }
  if (at < pairs.size()) {
    set_sealing(connection, what);
    return at;
  }
  auto range = sealed(connection);
  (what.chunk == range.next ? range.next : range.first) = what.chunk == range.next ? what.chunk + 1 : what.chunk;
  set_sealed(connection, range);
  set_sealing(connection, std::nullopt);
  return at;
}

}  // namespace

bool is_behind(storage::Database& database) { return is_behind(database, newest_of(database)); }

std::int64_t seal(storage::Database& database, const std::function<bool()>& goes_on, const Pause& pause) {
  std::int64_t chunks = 0;
  auto newest = newest_of(database);
  while (goes_on()) {
    auto what = begin(database, newest);
    if (!what) break;
    const auto pairs = read_pairs(database, *what);
    std::size_t at = 0;
    do {
      if (!goes_on()) return chunks;
      const auto begun = std::chrono::steady_clock::now();
      const auto reached = database.write([&](storage::Connection& c) { return write_slice(c, pairs, at, *what); });
      if (!reached) return chunks;
      const auto took = std::chrono::steady_clock::now() - begun;
      at = *reached;
      if (at > 0) what->written = bigram_of(pairs[at - 1]);
      const auto newest_before = std::exchange(newest, newest_of(database));
      const bool is_quiet = newest_before == newest;
      pause(std::min<std::chrono::steady_clock::duration>(is_quiet ? took : kOthersShare * took, kLongestPause));
    } while (at < pairs.size());
    ++chunks;
  }
  return chunks;
}

}  // namespace dontgoback::core::search
