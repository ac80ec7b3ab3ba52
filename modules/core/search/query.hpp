#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bigrams.hpp"
#include "dontgoback/result.hpp"

namespace dontgoback::core::search {

/// What is looked for: posts that have all the words, each as a part of one of theirs.
struct Query {
  std::string text;                ///< as `text::searchable` has it
  std::vector<std::string> words;  ///< as `text::searchable` has them, each once, the longest first
  std::vector<Bigram> bigrams;     ///< some of theirs, 1 to kMostBigrams: what has the words has these
  /// What is in the stored text of every such post, byte by byte: a run of letters that have no case. May be empty.
  std::string needle;
  std::string topic;  ///< that they have, as `topic_name` has it; empty: whatever they have
};

inline constexpr std::size_t kLongestQuery = 600;  ///< code points
inline constexpr std::size_t kMostBigrams = 8;

/// Of well-formed UTF-8 as it was typed. Invalid: longer than kLongestQuery, or without a word of two letters. Pure.
Result<Query> read_query(std::string_view typed);

/// Of the name of a topic, without its `#`. Invalid: what can be none. Pure.
Result<Query> read_topic(std::string_view typed);

/// Whether a post with this text, as it is stored, has all the words, and the topic. Pure.
bool matches(const Query& query, std::string_view content);

}  // namespace dontgoback::core::search
