#include "remote.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <utility>

#include "answers.hpp"
#include "dontgoback/http/node_calls.hpp"
#include "dontgoback/json/writer.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "service.hpp"

namespace dontgoback::extension {

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::seconds kTimeLimit{7};
/// A first-release extension may be replaced while this node runs.
constexpr std::chrono::minutes kAskSinglyFor{10};
/// After so many single calls in a row that got no answer the rest of a batch is not tried: at 7 s each they would take
/// hours.
constexpr int kGiveUpAfter = 3;

/// The calls' paths; the second one ends with an account's number.
constexpr const char* kTogether = "/msa/ext/api/update-assets";
constexpr const char* kSingly = "/msa/ext/api/update-asset/";

constexpr std::string_view kNotTaken =
    "it does not take this node's tokens: both must know the same auth server (--auth-url), and the client of this "
    "node "
    "must have the scope asset:update";

constexpr Failure kAway{FailureKind::unavailable,
                        {"자산 서버에 연결할 수 없습니다.", "The extension server cannot be reached."}};
constexpr Failure kNoToken{
    FailureKind::unavailable,
    {"자산 서버에 보낼 토큰을 받을 수 없습니다.", "No token could be had for the extension server."}};
constexpr Failure kStrange{FailureKind::unavailable,
                           {"자산 서버의 응답을 이해할 수 없습니다.", "The extension server's answer makes no sense."}};
constexpr Failure kRefused{FailureKind::invalid,
                           {"자산 서버가 요청을 거부했습니다.", "The extension server refuses the request."}};

using Changes = std::vector<Result<ports::AssetChange>>;

class RemoteAssetSource final : public ports::AssetSource {
 public:
  RemoteAssetSource(http::Client& client, std::shared_ptr<ports::TokenSource> tokens, std::string url)
      : node_(client, std::move(tokens), std::move(url),
              {.subject = "the extension server",
               .option = "--extension-url",
               .not_taken = std::string(kNotTaken),
               .away = kAway,
               .no_token = kNoToken}) {}

  void count_in(telemetry::Metrics& metrics, const std::string& name) { node_.count_in(metrics, name); }
  telemetry::Finding finding() const { return node_.finding(); }
  void look() { node_.look({kTogether, kSingly + std::string("1")}); }

  Changes changes(time::Day day, std::span<const ports::AssetQuery> queries) override {
    // What the other side would refuse must not fail the whole call.
    std::vector<ports::AssetQuery> good;
    good.reserve(queries.size());
    for (const auto& query : queries) {
      if (!refusal(query)) good.push_back(query);
    }
    auto answered = ask(day, good);
    if (good.size() == queries.size()) return answered;

    Changes all;
    all.reserve(queries.size());
    std::size_t next = 0;
    for (const auto& query : queries) {
      const auto refused = refusal(query);
      all.push_back(refused ? Result<ports::AssetChange>(*refused) : std::move(answered[next++]));
    }
    return all;
  }

 private:
  Changes ask(time::Day day, const std::vector<ports::AssetQuery>& queries) {
    if (queries.empty()) return {};
    if (Steady::now().time_since_epoch() >= singly_until_.load()) {
      if (auto answers = ask_together(day, queries)) return *answers;
      singly_until_ = (Steady::now() + kAskSinglyFor).time_since_epoch();
      telemetry::log_info("the extension has no batch call: asking for one account at a time");
    }
    return ask_singly(day, queries);
  }

  /// Nothing when the node does not know this call.
  std::optional<Changes> ask_together(time::Day day, const std::vector<ports::AssetQuery>& queries) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object();
    writer.field("snapshotDay", day);
    writer.key("accounts");
    writer.begin_array();
    for (const auto& query : queries) {
      writer.begin_object();
      writer.field("userId", query.user);
      writer.field("asset", query.asset);
      writer.end_object();
    }
    writer.end_array();
    writer.end_object();

    const auto answer = node_.post(kTogether, std::move(body), {.time = kTimeLimit});
    if (!answer) return Changes(queries.size(), answer.failure());
    if (answer->status == 404) return std::nullopt;
    if (answer->status != 200) {
      note_status(kTogether, answer->status);
      return Changes(queries.size(), failure_of(answer->status));
    }
    const auto changes = read_many(answer->body, day, queries);
    note_body(kTogether, changes.has_value());
    if (!changes) return Changes(queries.size(), kStrange);
    return Changes(changes->begin(), changes->end());
  }

  Changes ask_singly(time::Day day, const std::vector<ports::AssetQuery>& queries) {
    Changes changes;
    changes.reserve(queries.size());
    int unanswered = 0;
    for (const auto& query : queries) {
      if (unanswered == kGiveUpAfter) {
        changes.emplace_back(kAway);
        continue;
      }
      const auto answer = ask_one(day, query);
      unanswered = answer ? 0 : unanswered + 1;
      if (!answer) {
        changes.emplace_back(answer.failure());
      } else if (answer->status != 200) {
        note_status(kSingly, answer->status);
        changes.emplace_back(failure_of(answer->status));
      } else if (const auto change = read_one(answer->body, day, query)) {
        note_body(kSingly, true);
        changes.emplace_back(*change);
      } else {
        note_body(kSingly, false);
        changes.emplace_back(kStrange);
      }
    }
    return changes;
  }

  Result<http::ClientResponse> ask_one(time::Day day, const ports::AssetQuery& query) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object();
    writer.field("asset", query.asset);
    writer.field("snapshotDay", day);
    writer.end_object();
    return node_.post(kSingly + std::to_string(query.user.value), std::move(body), {.time = kTimeLimit});
  }

  static Failure failure_of(int status) { return status == 400 ? kRefused : kStrange; }

  void note_status(const char* path, int status) {
    if (status != 400) return node_.answered_in_vain(path, status);
    // Of what was sent, not of the two nodes.
    telemetry::log_warn("the extension refuses a request", {{"status", status}});
  }

  void note_body(const char* path, bool understood) {
    if (!understood) return node_.not_understood(path);
    node_.answered();
  }

  http::NodeCalls node_;
  std::atomic<Steady::duration> singly_until_{Steady::duration::min()};
};

}  // namespace

std::shared_ptr<ports::AssetSource> make_remote_asset_source(http::Client& client,
                                                             std::shared_ptr<ports::TokenSource> tokens,
                                                             std::string extension_url, const http::PeerWatch* watch) {
  auto source = std::make_shared<RemoteAssetSource>(client, std::move(tokens), std::move(extension_url));
  http::watch_node(watch, "extension", source);
  return source;
}

}  // namespace dontgoback::extension
