#include "dontgoback/http/node_calls.hpp"

#include <array>
#include <utility>

namespace dontgoback::http {
namespace {

using std::chrono::microseconds;

constexpr std::chrono::minutes kLookAgain{5};
// From a neighbour's answer out of memory to the longest a caller waits.
constexpr std::array<microseconds, 9> kBounds{microseconds(1'000),   microseconds(5'000),     microseconds(10'000),
                                              microseconds(25'000),  microseconds(100'000),   microseconds(250'000),
                                              microseconds(500'000), microseconds(1'000'000), microseconds(3'000'000)};

}  // namespace

NodeCalls::NodeCalls(Client& client, std::shared_ptr<ports::TokenSource> tokens, std::string url, NodeDescription of)
    : client_(client),
      tokens_(std::move(tokens)),
      url_(std::move(url)),
      of_(std::move(of)),
      place_(client, of_.subject, of_.option),
      use_(client, "calls of " + of_.subject, of_.option) {}

Result<ClientResponse> NodeCalls::post(const std::string& path, std::string body, Limits limits) {
  ClientRequest request{.method = Method::post, .url = url_ + path, .headers = {}, .body = std::move(body)};
  request.time_limit = limits.time;
  request.body_limit = limits.body;
  for (bool repeated = false;; repeated = true) {
    const auto token = tokens_->token();
    if (!token) return of_.no_token;
    request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + *token}};
    const auto began = std::chrono::steady_clock::now();
    auto answer = client_.send(request);
    if (took_ != nullptr) took_->observe(std::chrono::steady_clock::now() - began);
    if (!answer) {
      use_.count_unanswered();
      place_.no_answer(request.url);
      return of_.away;
    }
    if (answer->status != 401 || repeated) return answer;
    tokens_->forget(*token);
  }
}

void NodeCalls::count_in(telemetry::Metrics& metrics, const std::string& node) {
  use_.count_in(metrics, node);
  took_ = &metrics.histogram("dontgoback_node_call_duration_seconds", "How long calls of other nodes took.", kBounds,
                             "node=\"" + node + '"');
}

void NodeCalls::answered() {
  use_.answered();
  place_.answered();
}

void NodeCalls::answered_in_vain(const std::string& path, int status) {
  use_.answered_in_vain(url_ + path, status, of_.not_taken);
}

void NodeCalls::not_understood(const std::string& path) { use_.not_understood(url_ + path); }

telemetry::Finding NodeCalls::finding() const {
  auto found = use_.finding();
  return found.weight == telemetry::Finding::Weight::unready ? std::move(found) : place_.finding();
}

void NodeCalls::look(const std::vector<std::string>& paths) {
  const auto now = std::chrono::steady_clock::now();
  const bool is_fine = place_.finding().weight == telemetry::Finding::Weight::fine;
  if (is_fine && looked_at_ && now - *looked_at_ < kLookAgain) return;
  looked_at_ = now;
  int status = 0;
  for (const auto& path : paths) {
    ClientRequest request;
    request.url = url_ + path;
    const auto answer = client_.send(request);
    if (!answer) return place_.no_answer(request.url);
    status = answer->status;
    // One of the first release refuses strangers before it looks.
    if (status == 405 || status == 401 || status == 403) return place_.answered();
    if (status != 404) break;
  }
  place_.answered_in_vain(url_ + paths.front(), status, {});
}

}  // namespace dontgoback::http
