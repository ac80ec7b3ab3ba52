#include "finder.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "store.hpp"

namespace dontgoback::core::search {
namespace {

using feed::PostId;

/// A window of chunks whose rows are read together. The first are small, since what is common fills a page from them.
constexpr std::array<std::int64_t, 3> kWindows{8, 64, 256};
/// So few hits are looked at rather than compared with a further bigram.
constexpr int kFewHits = 8;
constexpr std::size_t kFirstBatch = 16;
constexpr int kFirstTexts = 32;
constexpr int kTextsAtOnce = 1024;

/// A hidden word that is looked for hides nothing.
feed::Reader reader_of(const Query& query, feed::Reader reader) {
  if (!reader.away || reader.away->words.empty()) return reader;
  auto away = std::make_shared<feed::TurnedAway>(*reader.away);
  away->words.let_through(query.text);
  reader.away = std::move(away);
  return reader;
}

/// One search, from the newest down.
class Finder {
 public:
  Finder(storage::Connection& connection, const Query& query, PostId before, std::size_t size, feed::Reader reader)
      : connection_(connection),
        query_(query),
        reader_(reader_of(query, std::move(reader))),
        size_(size),
        position_(before) {
    for (const auto bigram : query.bigrams) costs_.push_back({bigram, 0});
  }

  Found run() {
    const PostId end{feed::newest_post(connection_).value + 1};
    position_ = std::min(position_, end);
    const auto [first, next] = sealed(connection_);
    if (scan_down_to(first_of(next)) && walk_down_to(first)) scan_down_to(PostId{0});
    if (position_.value > 0) found_.next = position_;
    return std::move(found_);
  }

 private:
  struct Cost {
    Bigram bigram;
    std::size_t bytes;  ///< of its rows so far
  };

  bool is_full() const { return found_.posts.size() == size_; }
  bool finds(const feed::PostText& post) const {
    return !reader_.skips_post(post.id, post.author) && matches(query_, post.content) &&
           !reader_.skips(post.owner, post.content);
  }

  /// Looks at texts; whether it came so far.
  bool scan_down_to(PostId end) {
    int at_once = kFirstTexts;
    while (position_ > end && scanned_ < kMostScanned) {
      const auto most = kMostScanned - scanned_;
      const PostId from{std::max(end.value, position_.value - most)};
      int rows = 0;
      PostId last = position_;
      feed::each_text(connection_, {from, position_}, query_.needle, at_once, reader_, [&](const feed::PostText& post) {
        ++rows;
        if (is_full()) return;
        last = post.id;
        if (finds(post)) found_.posts.push_back(post.id);
      });
      const auto reached = is_full() || rows == at_once ? last : from;
      scanned_ += position_.value - reached.value;
      position_ = reached;
      if (is_full()) return false;
      at_once = kTextsAtOnce;
    }
    return position_ <= end;
  }

  /// Looks chunks up; whether it came so far.
  bool walk_down_to(Chunk end) {
    std::int64_t walked = 0;
    for (std::size_t i = 0; position_ > first_of(end);) {
      const auto top = chunk_of({position_.value - 1});
      const auto window = std::min(kWindows[i], kMostChunks - walked);
      if (window == 0) return false;
      const auto bottom = std::max(end, top + 1 - window);
      if (!look_up(bottom, top + 1)) return false;
      walked += top + 1 - bottom;
      i = std::min(i + 1, kWindows.size() - 1);
    }
    return true;
  }

  /// Whether it came to the window's end.
  bool look_up(Chunk bottom, Chunk before) {
    hits_.assign(static_cast<std::size_t>(before - bottom), {});
    intersect(bottom, before);
    if (chunk_of(position_) < before) hits_.back().keep_below(offset_of(position_));
    std::vector<PostId> batch;
    for (auto i = hits_.size(); i-- > 0;) {
      const bool all = hits_[i].each_down([&](int offset) {
        batch.push_back({first_of(bottom + static_cast<Chunk>(i)).value + offset});
        return batch.size() < batch_size() || check(batch);
      });
      if (!all) return false;
    }
    if (!check(batch)) return false;
    position_ = first_of(bottom);
    return true;
  }

  std::size_t batch_size() const { return candidates_ == 0 ? kFirstBatch : feed::kFoundAtOnce; }

  /// Looks at the texts of some candidates, the highest ids first, and empties them; whether the search goes on.
  bool check(std::vector<PostId>& batch) {
    if (batch.empty()) return true;
    std::vector<PostId> matched;
    feed::each_text(connection_, batch, reader_, [&](const feed::PostText& post) {
      if (finds(post)) matched.push_back(post.id);
    });
    std::ranges::sort(matched, std::greater{});
    for (const auto id : matched) {
      found_.posts.push_back(id);
      position_ = id;
      if (is_full()) return false;
    }
    position_ = batch.back();
    candidates_ += static_cast<int>(batch.size());
    batch.clear();
    return candidates_ < kMostCandidates;
  }

  /// Leaves in hits_ what has all the bigrams, or more when that is little. The rarest so far first; the others are
  /// asked for the chunks that are left.
  void intersect(const Chunk bottom, Chunk before) {
    std::ranges::stable_sort(costs_, {}, &Cost::bytes);
    Chunk from = bottom;
    for (std::size_t i = 0; i < costs_.size() && from < before; ++i) {
      std::vector<bool> has_row(hits_.size());
      each_row(connection_, costs_[i].bigram, from, before, [&](Chunk chunk, std::string_view ids) {
        costs_[i].bytes += ids.size();
        const auto at = static_cast<std::size_t>(chunk - bottom);
        has_row[at] = true;
        if (i == 0) {
          hits_[at] = read_row(ids);
        } else if (!hits_[at].empty()) {
          hits_[at] &= read_row(ids);
        }
      });
      Chunk lowest = before;
      Chunk end = from;
      int count = 0;
      for (Chunk chunk = from; chunk < before; ++chunk) {
        auto& hits = hits_[static_cast<std::size_t>(chunk - bottom)];
        if (!has_row[static_cast<std::size_t>(chunk - bottom)]) hits = {};
        const int left = hits.count();
        if (left == 0) continue;
        count += left;
        lowest = std::min(lowest, chunk);
        end = chunk + 1;
      }
      if (count <= kFewHits) return;
      from = lowest;
      before = end;
    }
  }

  storage::Connection& connection_;
  const Query& query_;
  feed::Reader reader_;
  const std::size_t size_;
  PostId position_;  ///< what is not below has been looked at
  Found found_;
  std::int64_t scanned_ = 0;
  int candidates_ = 0;
  std::vector<Cost> costs_;
  std::vector<Offsets> hits_;  ///< of a window's chunks
};

}  // namespace

Found find(storage::Connection& connection, const Query& query, PostId before, std::size_t size, feed::Reader reader) {
  return Finder(connection, query, before, size, std::move(reader)).run();
}

}  // namespace dontgoback::core::search
