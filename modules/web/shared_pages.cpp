#include "shared_pages.hpp"

#include <optional>

#include "answer.hpp"
#include "dontgoback/http/entity_tag.hpp"
#include "dontgoback/http/parameters.hpp"
#include "dontgoback/text/excerpt.hpp"
#include "dontgoback/text/number.hpp"
#include "dontgoback/text/percent.hpp"
#include "dontgoback/text/utf8.hpp"
#include "dontgoback/time/day.hpp"
#include "head.hpp"

namespace dontgoback::web {
namespace {

constexpr std::size_t kTitle = 60;  // characters
constexpr std::size_t kDescription = 200;
constexpr std::size_t kLongestTopic = 50;  // code points

std::optional<ports::SharedPost> find(ports::SharedPosts& posts, const http::Request& request) {
  const auto id = text::number<std::int64_t>(request.path_parameter("id"));
  if (!id || *id < 1) return std::nullopt;
  try {
    return posts.find(request, *id);
  } catch (const Unavailable&) {
    return std::nullopt;  // the page says it, and tries again
  }
}

Head head_of(const ports::SharedPost& post, const OwnSite& own, const std::string& origin,
             const http::Request& request) {
  const std::string network(own.network().name.in(request.language));
  const auto description = text::excerpt(post.text, kDescription);
  Head head{.title = text::excerpt(post.text, kTitle) + " · " + network, .description = description, .more = {}};
  // Whoever has the link reads; nobody is to find by a search what somebody once wrote.
  head.more = meta("robots", "noindex, noarchive") + property("og:type", "article") +
              property("og:title", post.author.empty() ? network : post.author + " · " + network) +
              property("og:description", description) +
              property("og:url", origin + "/post/" + std::string(request.path_parameter("id"))) +
              property("og:site_name", network) +
              property("og:locale", request.language == http::Language::en ? "en_US" : "ko_KR") +
              property("og:image", origin + "/icon-512.png") +
              property("article:published_time", time::to_rfc3339(post.written_at)) + meta("twitter:card", "summary");
  return head;
}

http::Response answer(std::string html, std::string_view policy, const http::Request& request) {
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  auto tag = http::entity_tag(html);
  if (http::names_entity_tag(request.header("If-None-Match"), tag)) {
    response.status = 304;
  } else {
    response.body = std::move(html);
  }
  response.header("ETag", std::move(tag));
  response.header("Cache-Control", "public, max-age=0, s-maxage=60");
  response.header("Vary", "Accept-Encoding, Accept-Language");
  return std::move(response).header("Content-Security-Policy", std::string(policy));
}

/// The name of the topic that the query asks for alone, as it was typed.
std::optional<std::string> topic_of(const http::Request& request) {
  for (const auto& [name, value] : http::form_pairs(request.query).value_or(http::FormPairs{})) {
    if (name != "q" || !value.starts_with('#') || !text::is_utf8(value)) continue;
    auto topic = value.substr(1);
    const bool fits = text::code_points(topic) >= 2 && text::code_points(topic) <= kLongestTopic;
    if (fits && text::excerpt(topic, kLongestTopic) == topic && topic.find_first_of(" #/") == topic.npos) return topic;
  }
  return std::nullopt;
}

}  // namespace

http::Response SharedPages::shell(const http::Request& request) const {
  return web::answer(own_.site().shell(), own_.site().policy, request);
}

http::Response SharedPages::post(const http::Request& request) const {
  const auto found = find(*posts_, request);
  if (!found) return shell(request);
  return answer(with_head(own_.site().shell().identity.bytes, head_of(*found, own_, origin_, request)),
                own_.site().policy, request);
}

http::Response SharedPages::search(const http::Request& request) const {
  const auto topic = topic_of(request);
  if (!topic) return shell(request);
  const std::string name(own_.network().name.in(request.language));
  const auto title = text::escaped_for_markup("#" + *topic + " · " + name);
  Head head{.title = own_.network().name.ko, .description = own_.description(request.language), .more = {}};
  head.more.append("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"")
      .append(title)
      .append("\" href=\"/topics/")
      .append(text::percent_encoded(*topic))
      .append("/feed.xml\" />\n    ");
  return answer(with_head(own_.site().shell().identity.bytes, head), own_.site().policy, request);
}

}  // namespace dontgoback::web
