#pragma once

#include <memory>
#include <string>
#include <vector>

#include "network.hpp"
#include "site.hpp"

namespace dontgoback::web {

/// The built-in site as the network's own: its shell says the name and what else the page is to know before it asks,
/// its manifest the name. Where the operator has said nothing, it is the built-in one, byte by byte.
class OwnSite {
 public:
  OwnSite(const Site& built_in, Network network);
  OwnSite(const OwnSite&) = delete;  // files point into it
  OwnSite& operator=(const OwnSite&) = delete;

  const Site& site() const { return site_; }
  const Network& network() const { return network_; }
  /// What the network is, in a sentence: for who sees no more than a page's head.
  std::string description(http::Language language) const;

 private:
  void replace(std::string_view path, std::string bytes);

  const Network network_;
  std::vector<std::unique_ptr<const std::string>> kept_;
  std::vector<File> files_;
  Site site_;
};

}  // namespace dontgoback::web
