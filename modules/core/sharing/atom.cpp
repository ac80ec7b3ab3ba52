#include "atom.hpp"

#include <algorithm>

#include "dontgoback/text/excerpt.hpp"
#include "dontgoback/text/percent.hpp"
#include "dontgoback/time/day.hpp"

namespace dontgoback::core::sharing {
namespace {

constexpr std::size_t kTitle = 60;  // characters

void add(std::string& out, std::string_view element, std::string_view text) {
  out.append("<").append(element).append(">").append(text::escaped_for_markup(text));
  out.append("</").append(element.substr(0, element.find(' '))).append(">\n");
}

void add_link(std::string& out, std::string_view what, std::string_view address) {
  out.append("<link ").append(what).append(" href=\"").append(text::escaped_for_markup(address)).append("\"/>\n");
}

void add_entry(std::string& out, const AtomFeed& feed, const feed::PostForStrangers& post) {
  const auto address = feed.origin + "/post/" + std::to_string(post.id.value);
  out += "<entry>\n";
  add(out, "title", text::excerpt(post.text, kTitle));
  add(out, "id", address);
  add_link(out, "rel=\"alternate\" type=\"text/html\"", address);
  add(out, "published", time::to_rfc3339(post.written_at));
  add(out, "updated", time::to_rfc3339(post.changed_at));
  out += "<author>";
  add(out, "name", post.author.empty() ? http::in(feed.language, accounts::kNoName) : std::string_view(post.author));
  out += "</author>\n";
  add(out, "content type=\"text\"", post.text);
  out += "</entry>\n";
}

}  // namespace

std::string feed_path(std::string_view topic) { return "/topics/" + text::percent_encoded(topic) + "/feed.xml"; }

std::string topic_path(std::string_view topic) { return "/search?q=%23" + text::percent_encoded(topic); }

time::Timestamp changed_at(std::span<const feed::PostForStrangers> posts) {
  time::Timestamp newest{};
  for (const auto& post : posts) newest = std::max(newest, post.changed_at);
  return newest;
}

std::string atom(const AtomFeed& feed, std::span<const feed::PostForStrangers> posts) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"";
  out.append(feed.language == http::Language::en ? "en" : "ko").append("\">\n");
  add(out, "title", "#" + feed.topic + " · " + feed.network);
  add(out, "id", feed.origin + feed_path(feed.topic));
  add_link(out, "rel=\"self\" type=\"application/atom+xml\"", feed.origin + feed_path(feed.topic));
  add_link(out, "rel=\"alternate\" type=\"text/html\"", feed.origin + topic_path(feed.topic));
  add(out, "updated", time::to_rfc3339(changed_at(posts)));
  for (const auto& post : posts) add_entry(out, feed, post);
  out += "</feed>\n";
  return out;
}

}  // namespace dontgoback::core::sharing
