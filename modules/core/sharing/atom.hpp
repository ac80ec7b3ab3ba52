#pragma once

#include <span>
#include <string>

#include "dontgoback/http/language.hpp"
#include "dontgoback/time/clock.hpp"
#include "feed/feed.hpp"

namespace dontgoback::core::sharing {

/// What a topic's feed says of itself.
struct AtomFeed {
  std::string network;  ///< its name
  std::string topic;    ///< without its `#`
  std::string origin;   ///< the public URL
  http::Language language;
};

/// The feed's own address below the origin, and that of the topic's page.
std::string feed_path(std::string_view topic);
std::string topic_path(std::string_view topic);

/// When the newest of the posts was written or changed; the epoch where there is none.
time::Timestamp changed_at(std::span<const feed::PostForStrangers> posts);

/// An Atom document (RFC 4287) of well-formed UTF-8 texts. Pure.
std::string atom(const AtomFeed& feed, std::span<const feed::PostForStrangers> posts);

}  // namespace dontgoback::core::sharing
