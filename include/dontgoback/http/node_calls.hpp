#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/peer.hpp"
#include "dontgoback/ports/token_source.hpp"

namespace dontgoback::http {

/// Another node of this service.
struct NodeDescription {
  std::string subject;    ///< "the core server"
  std::string option;     ///< what says where it is: "--core-url"
  std::string not_taken;  ///< what it means that it takes no token of this node, and what to do
  Failure away;           ///< what a call that got no answer comes to
  Failure no_token;       ///< what one comes to that got no token
};

/// Calls of a port that another node serves, under this node's access token, and how they end (Peer). Blocks as Client
/// does; any thread, but for `look`.
class NodeCalls {
 public:
  /// `url`: of the node, without a slash at its end. `client` outlives it.
  NodeCalls(Client& client, std::shared_ptr<ports::TokenSource> tokens, std::string url, NodeDescription of);

  struct Limits {
    std::chrono::milliseconds time{3000};
    std::size_t body = 4 * 1024 * 1024;
  };
  /// POSTs JSON; the answer, whatever its status. One that is refused for its token is sent once more, with a new one.
  Result<ClientResponse> post(const std::string& path, std::string body, Limits limits);

  /// How an answer of the call to `path` was: of use, of another status than it should have, or no sense in it.
  void answered();
  void answered_in_vain(const std::string& path, int status);
  void not_understood(const std::string& path);

  /// From then on calls are counted and timed under this name: `dontgoback_node_calls_total` as Peer does, and
  /// `dontgoback_node_call_duration_seconds{node}`. Looks are not. Before the first call.
  void count_in(telemetry::Metrics& metrics, const std::string& node);

  /// What is wrong with the calls, or else with reaching the node.
  telemetry::Finding finding() const;
  /// Whether the node is there, without asking it for anything: none of `paths`, of which it serves one at least, takes
  /// a GET. Every few minutes while all is well. Of one thread.
  void look(const std::vector<std::string>& paths);

 private:
  Client& client_;
  const std::shared_ptr<ports::TokenSource> tokens_;
  const std::string url_;
  const NodeDescription of_;
  Peer place_;
  Peer use_;
  telemetry::Histogram* took_ = nullptr;
  std::optional<std::chrono::steady_clock::time_point> looked_at_;
};

/// http::watch of whatever calls by NodeCalls, as often as all of them: it has `finding()`, `look()` and
/// `count_in(metrics, name)`.
template <class T>
void watch_node(const PeerWatch* watch, const std::string& name, const std::shared_ptr<T>& caller) {
  if (watch == nullptr) return;
  caller->count_in(watch->metrics, name);
  http::watch(
      *watch, name, std::chrono::seconds(10), [caller] { return caller->finding(); }, [caller] { caller->look(); });
}

}  // namespace dontgoback::http
