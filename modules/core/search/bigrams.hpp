#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace dontgoback::core::search {

/// Two letters that follow each other in a word: 16 bits of the first times 2^16, plus as many of the second. What lies
/// past U+FFFF shares its bits with another, mostly one that nobody writes: a look in vain. Positive, below 2^32, and
/// the same for ever: rows are kept by it.
using Bigram = std::int64_t;

/// Those of the words of `text::searchable`, each once, ascending.
std::vector<Bigram> bigrams_of(std::string_view words);

}  // namespace dontgoback::core::search
