#include <algorithm>
#include <iterator>
#include <vector>

#include "dontgoback/text/searchable.hpp"
#include "search.hpp"
#include "store.hpp"

namespace dontgoback::core::search {
namespace {

class Adding final : public feed::Listener {
  void edited(storage::Connection& connection, const Edited& edit) const override {
    const auto chunk = chunk_of(edit.id);
    if (chunk >= hold_opened(connection)) return;  // its text is read when it is sealed, after this transaction
    const auto before = bigrams_of(text::searchable(edit.before));
    const auto after = bigrams_of(text::searchable(edit.after));
    std::vector<Bigram> added;
    std::ranges::set_difference(after, before, std::back_inserter(added));
    Offsets post;
    post.add(offset_of(edit.id));
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
