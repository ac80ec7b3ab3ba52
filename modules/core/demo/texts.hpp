#pragma once

#include <span>
#include <string_view>

#include "dontgoback/http/identity.hpp"

// The demo's little world: who is there and what they wrote.
namespace dontgoback::core::demo {

struct Member {
  std::string_view email;
  http::Role role;
};

struct DemoComment {
  int member;         ///< index into members()
  int minutes_later;  ///< after what it answers
  std::string_view content;
  bool reply = false;  ///< to the last comment above it that is none
};

struct DemoPost {
  int member;
  int hours_ago;
  std::string_view content;
  std::span<const DemoComment> comments;
};

std::span<const Member> members();
/// Oldest first. Every comment is older than 20 minutes ago.
std::span<const DemoPost> posts();

}  // namespace dontgoback::core::demo
