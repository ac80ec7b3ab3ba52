#include <algorithm>
#include <iterator>
#include <vector>

#include "dontgoback/text/searchable.hpp"
#include "search.hpp"
#include "store.hpp"

namespace dontgoback::core::search {
namespace {

class Adding final : public feed::Listener {
  void written(storage::Connection& connection, const Written& edit) const override {
    if (edit.comment || edit.before.empty()) return;  // of a new post the text is read when it is sealed
    const auto chunk = chunk_of(edit.post);
    if (chunk >= hold_opened(connection)) return;  // its text is read when it is sealed, after this transaction
    const auto before = bigrams_of(text::searchable(edit.before));
    const auto after = bigrams_of(text::searchable(edit.content));
    std::vector<Bigram> added;
    std::ranges::set_difference(after, before, std::back_inserter(added));
    Offsets post;
    post.add(offset_of(edit.post));
    // Ascending, as a seal goes: two who write rows of one chunk wait for each other at one end.
    for (const auto bigram : added) add_to_row(connection, bigram, chunk, post);
  }
};

}  // namespace

const feed::Listener& listener() {
  static const Adding kListener;
  return kListener;
}

}  // namespace dontgoback::core::search
