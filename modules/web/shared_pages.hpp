#pragma once

#include <memory>
#include <string>

#include "dontgoback/http/router.hpp"
#include "dontgoback/ports/shared_posts.hpp"
#include "own_site.hpp"

// Pages that say in their head what is behind a link, where the operator lets strangers read: docs/decisions/
// public-reading.md.
namespace dontgoback::web {

class SharedPages {
 public:
  /// `origin`: the public URL. `own` is to live as long.
  SharedPages(const OwnSite& own, std::shared_ptr<ports::SharedPosts> posts, std::string origin)
      : own_(own), posts_(std::move(posts)), origin_(std::move(origin)) {}

  /// `/post/{id}`: the post's head, or the shell as it is for every post that strangers may not read, and for none.
  /// Blocks.
  http::Response post(const http::Request& request) const;
  /// `/search`: where it is asked for a topic, the head names its feed.
  http::Response search(const http::Request& request) const;

 private:
  http::Response shell(const http::Request& request) const;

  const OwnSite& own_;
  const std::shared_ptr<ports::SharedPosts> posts_;
  const std::string origin_;
};

}  // namespace dontgoback::web
