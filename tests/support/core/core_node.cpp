#include "support/core/core_node.hpp"

#include <algorithm>
#include <stdexcept>

namespace dontgoback::test {
namespace {

config::Node core_node_in(const std::filesystem::path& data_dir, const std::string& public_url) {
  auto node = node_in(data_dir);
  node.role = "core";
  node.public_url = public_url;
  node.public_url_is_https = public_url.starts_with("https:");
  node.web_origins = {node.public_url};
  return node;
}

/// New accounts, of which most tests are made, write as others do unless the test says otherwise.
GivenOptions with_defaults(GivenOptions given) {
  const auto is_given = std::ranges::any_of(given, [](const auto& each) { return each.first == "newcomer-writes"; });
  if (!is_given) given.emplace_back("newcomer-writes", "0");
  return given;
}

}  // namespace

CoreNode::CoreNode(storage::Database& database, const time::Clock& clock, const std::filesystem::path& data_dir,
                   const GivenOptions& given, const std::string& public_url)
    : public_url_(public_url),
      node_({.clock = clock,
             .node = core_node_in(data_dir, public_url),
             .database = &database,
             .services = std::make_shared<NoServices>()}) {
  node_.start(module_, with_defaults(given));
  node_.run();
}

CoreNode::~CoreNode() { node_.stop(); }

Browser CoreNode::guest() const {
  auto guest = browser();
  if (guest.post("/api/guest").status != 200) throw std::runtime_error("no guest");
  return guest;
}

Browser CoreNode::signed_in(UserId user) {
  auto member = browser();
  const auto link = sign_in_link(user);
  if (member.post("/api/sign-in-link", link.substr(link.find('?') + 1)).field("location") != "/") {
    throw std::runtime_error("not signed in");
  }
  return member;
}

std::string CoreNode::command(const std::string& group, const std::string& name, const GivenOptions& given, bool json) {
  auto printed = node_.command(module_.commands(), group, name, given, json);
  last_notes_ = std::move(printed.notes);
  return printed.out;
}

std::string CoreNode::users(const std::string& name, const GivenOptions& given, bool json) {
  return command("users", name, given, json);
}

UserId CoreNode::create_user(const std::string& role) {
  const auto printed = users("create", {{"member-role", role}}, true);
  return UserId{json_at(printed, "/userId").as_int64()};
}

std::string CoreNode::sign_in_link(UserId user) {
  auto url = users("sign-in-link", {{"id", std::to_string(user.value)}});
  if (!url.starts_with(public_url_) || url.back() != '\n') throw std::runtime_error("not a link: " + url);
  url.pop_back();
  return url.substr(public_url_.size());
}

}  // namespace dontgoback::test
