// Rows of the search index, and queries: what is read is written the same again, and what was typed finds itself.
#include "core/search/chunk.hpp"
#include "core/search/query.hpp"
#include "dontgoback/text/searchable.hpp"
#include "dontgoback/text/utf8.hpp"
#include "fuzz.hpp"

using namespace dontgoback;
using namespace dontgoback::core;
using dontgoback::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = fuzz::text_of(data, size);
  search::Offsets offsets;
  if (search::decode(input, offsets)) require(search::encode(offsets) == input);

  if (!text::is_utf8(input) || text::code_points(input) > search::kLongestQuery) return 0;
  const auto words = text::searchable(input);
  require(text::is_utf8(words));
  require(!words.starts_with(' ') && !words.ends_with(' ') && words.find("  ") == std::string::npos);
  const auto query = search::read_query(input);
  require(query.has_value() == !search::bigrams_of(words).empty());
  if (!query) return 0;
  require(query->bigrams.size() <= search::kMostBigrams);
  require(search::matches(*query, input));
  return 0;
}
