#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace dontgoback::core::search {

/// Two letters that follow each other in a word: the code point of the first times 2^21, plus that of the second.
/// Positive, and the same for ever: rows are kept by it.
using Bigram = std::int64_t;

/// Those of the words of `text::searchable`, each once, ascending.
std::vector<Bigram> bigrams_of(std::string_view words);

}  // namespace dontgoback::core::search
