#include <utility>

#include "dontgoback/http/node_calls.hpp"
#include "dontgoback/json/reader.hpp"
#include "dontgoback/json/writer.hpp"
#include "refusals.hpp"
#include "reports.hpp"
#include "wire.hpp"

namespace dontgoback::walk::reports {
namespace {

using ports::ReportedNames;

// A page of kMostListed, each with kMostSaid texts of text::kMostWritten code points.
constexpr std::size_t kMostRead = 2 * 1024 * 1024;
constexpr std::string_view kNotTaken =
    "it does not take this node's tokens: both must know the same auth server (--auth-url), the client of this node "
    "must have the scope walk:moderate, and walk must let its address in";

constexpr Failure kAway{FailureKind::unavailable,
                        {"지금은 걷기 서버에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.",
                         "The server that runs walk cannot be reached right now. Please try again."}};

template <class T>
struct Enveloped {
  T data;
};
BOOST_DESCRIBE_STRUCT(Enveloped<PageTold>, (), (data))
BOOST_DESCRIBE_STRUCT(Enveloped<DecidedTold>, (), (data))

/// Nothing: it says what this node does not know.
std::optional<ReportedNames::Reported> understood(ReportedTold told) {
  const auto kind = ports::reported_kind_named(told.kind);
  const auto decision = told.decision ? ports::reported_decision_named(*told.decision) : std::nullopt;
  if (!kind || decision.has_value() != told.decision.has_value()) return std::nullopt;
  ReportedNames::Reported reported{.id = told.id,
                                   .kind = *kind,
                                   .name = std::move(told.name),
                                   .name_now = std::move(told.nameNow),
                                   .reports = told.reports,
                                   .reasons = {},
                                   .said = {},
                                   .opened_on = told.openedOn,
                                   .decision = decision,
                                   .decided_on = told.decidedOn};
  for (const auto& each : told.reasons) {
    const auto reason = report_reason_named(each.reason);
    if (!reason) return std::nullopt;
    reported.reasons.push_back({*reason, each.times});
  }
  for (auto& each : told.said) {
    const auto reason = report_reason_named(each.reason);
    if (!reason) return std::nullopt;
    reported.said.push_back({*reason, std::move(each.text)});
  }
  return reported;
}

class RemoteReportedNames final : public ReportedNames {
 public:
  RemoteReportedNames(http::Client& client, std::shared_ptr<ports::TokenSource> tokens, std::string url)
      : node_(client, std::move(tokens), std::move(url),
              {.subject = "the node that runs walk",
               .option = "--walk-url",
               .not_taken = std::string(kNotTaken),
               .away = kAway,
               .no_token = kAway}) {}

  void count_in(telemetry::Metrics& metrics, const std::string& name) { node_.count_in(metrics, name); }
  telemetry::Finding finding() const { return node_.finding(); }
  void look() { node_.look({kListPath}); }

  Result<Page> list(State state, std::int64_t before, int size) override {
    auto told = call<PageTold>(kListPath, [&](json::Writer& writer) {
      writer.field("state", name_of(state));
      writer.field("before", before);
      writer.field("size", static_cast<std::int64_t>(size));
    });
    if (!told) return told.failure();
    Page page;
    page.open = told->open;
    for (auto& each : told->reports) {
      auto reported = understood(std::move(each));
      if (!reported) return not_understood(kListPath);
      page.reports.push_back(*std::move(reported));
    }
    return page;
  }

  Result<Reported> check(std::int64_t id, const Deciding& deciding) override { return ask(kCheckPath, id, deciding); }
  Result<Reported> decide(std::int64_t id, const Deciding& deciding) override { return ask(kDecidePath, id, deciding); }

 private:
  Result<Reported> ask(const char* path, std::int64_t id, const Deciding& deciding) {
    auto told = call<DecidedTold>(path, [&](json::Writer& writer) {
      writer.field("id", id);
      writer.field("decision", to_string(deciding.decision));
      writer.field("name", deciding.name);
    });
    if (!told) return told.failure();
    if (told->refused) {
      const auto refusal = refusal_named(*told->refused);
      return refusal ? *refusal : not_understood(path);
    }
    auto reported = told->report ? understood(*std::move(told->report)) : std::nullopt;
    if (!reported) return not_understood(path);
    return *std::move(reported);
  }

  Failure not_understood(const char* path) {
    node_.not_understood(path);
    return kAway;
  }

  template <class T, class F>
  Result<T> call(const char* path, F&& write_fields) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object();
    write_fields(writer);
    writer.end_object();
    const auto answer = node_.post(path, std::move(body), {.body = kMostRead});
    if (!answer) return answer.failure();
    if (answer->status != 200) {
      node_.answered_in_vain(path, answer->status);
      return kAway;
    }
    auto read = json::read<Enveloped<T>>(answer->body);
    if (!read) return not_understood(path);
    node_.answered();
    return std::move(read->data);
  }

  http::NodeCalls node_;
};

}  // namespace

std::shared_ptr<ReportedNames> make_remote_reported_names(http::Client& client,
                                                          std::shared_ptr<ports::TokenSource> tokens,
                                                          std::string walk_url, const http::PeerWatch* watch) {
  auto names = std::make_shared<RemoteReportedNames>(client, std::move(tokens), std::move(walk_url));
  http::watch_node(watch, "walk", names);
  return names;
}

}  // namespace dontgoback::walk::reports
