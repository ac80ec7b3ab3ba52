#include "http/client/pooled_client.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <vector>

#include "dontgoback/http/method.hpp"
#include "dontgoback/telemetry/log.hpp"
#include "dontgoback/text/url.hpp"
#include "http/client/client_connection.hpp"
#include "http/client/client_tls.hpp"
#include "http/client/public_address.hpp"
#include "http/client/resolver.hpp"

namespace dontgoback::http {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kStrangersKept = 4;

constexpr Failure kNoAnswer{FailureKind::unavailable,
                            {"다른 서버가 응답하지 않습니다. 잠시 후 다시 시도해 주세요.",
                             "Another server does not answer. Please try again in a moment."}};

void append_field(std::string& head, std::string_view name, std::string_view value) {
  constexpr std::string_view kBreaks("\r\n\0", 3);
  if (name.find_first_of(kBreaks) != name.npos || value.find_first_of(kBreaks) != value.npos) {
    throw std::invalid_argument("line break in a header");
  }
  head.append(name).append(": ").append(value).append("\r\n");
}

text::Url url_of(const std::string& text) {
  auto url = text::Url::parse(text);
  if (!url) throw std::invalid_argument("not a URL of a server: " + text);
  return *std::move(url);
}

std::string head_of(const ClientRequest& request, const text::Url& url) {
  if (request.method == Method::other) throw std::invalid_argument("not a method to call with");
  std::string head(name_of(request.method));
  head.append(" ").append(url.target()).append(" HTTP/1.1\r\n");
  append_field(head, "Host", url.authority());
  for (const auto& [name, value] : request.headers) append_field(head, name, value);
  const bool body_expected =
      request.method == Method::post || request.method == Method::put || request.method == Method::patch;
  if (body_expected || !request.body.empty()) {
    append_field(head, "Content-Length", std::to_string(request.body.size()));
  }
  return head.append("\r\n");
}

class PooledClient final : public Client {
 public:
  explicit PooledClient(ClientSettings settings) : settings_(std::move(settings)) {}

  Result<ClientResponse> send(const ClientRequest& request) override {
    const auto deadline = Clock::now() + request.time_limit;
    const auto url = url_of(request.url);
    const auto head = head_of(request, url);
    try {
      auto response = call(url, head, request, deadline);
      note(url, std::nullopt);
      return response;
    } catch (const NotTrusted& certificate) {
      note(url, NoAnswer{true, certificate.what()});
    } catch (const std::exception& error) {
      note(url, NoAnswer{false, error.what()});
    }
    return kNoAnswer;
  }

  StrangersAnswer send_to_stranger(const ClientRequest& request) override {
    const auto deadline = Clock::now() + request.time_limit;
    const auto url = url_of(request.url);
    const auto head = head_of(request, url);
    StrangersAnswer answer;
    try {
      answer.response = call_stranger(url, head, request, deadline);
    } catch (const std::exception& error) {
      answer.cause = error.what();
    }
    return answer;
  }

  std::optional<NoAnswer> why_no_answer(const std::string& url) const override {
    const auto key = url_of(url).origin();
    const std::lock_guard lock(mutex_);
    const auto found = troubles_.find(key);
    if (found == troubles_.end()) return std::nullopt;
    return found->second;
  }

 private:
  struct Kept {
    std::unique_ptr<ClientConnection> connection;
    Clock::time_point until;
  };
  /// One whose address was public when it was opened.
  struct StrangersKept {
    std::string key;
    std::unique_ptr<ClientConnection> connection;
    Clock::time_point until;
  };

  ClientResponse call(const text::Url& url, const std::string& head, const ClientRequest& request,
                      ClientDeadline deadline) {
    const auto key = request.proxy.empty() ? url.origin() : url.origin() + " by " + request.proxy;
    if (auto kept = take(key); kept && kept->quiet()) {
      try {
        return finish(key, std::move(kept), head, request, deadline);
      } catch (const NothingCame&) {
        // The server closed it while it was idle. Not another kept one: that may be as old.
      }
    }
    const auto at = request.proxy.empty() ? url : url_of(request.proxy);
    auto fresh =
        ClientConnection::open(url, resolver_.resolve(std::string(at.host_name()), std::to_string(at.port), deadline),
                               url.https ? &tls() : nullptr, deadline,
                               request.proxy.empty() ? ClientConnection::Way::direct : ClientConnection::Way::by_proxy);
    return finish(key, std::move(fresh), head, request, deadline);
  }

  ClientResponse finish(const std::string& key, std::unique_ptr<ClientConnection> connection, const std::string& head,
                        const ClientRequest& request, ClientDeadline deadline) {
    auto answer = connection->exchange(head, request, deadline);
    if (answer.keep) keep(key, std::move(connection));
    return std::move(answer.response);
  }

  ClientResponse call_stranger(const text::Url& url, const std::string& head, const ClientRequest& request,
                               ClientDeadline deadline) {
    const auto key = url.origin();
    const auto finish_and_keep = [&](std::unique_ptr<ClientConnection> connection) {
      auto answer = connection->exchange(head, request, deadline);
      if (answer.keep) keep_strangers(key, std::move(connection));
      return std::move(answer.response);
    };
    if (auto kept = take_strangers(key); kept && kept->quiet()) {
      try {
        return finish_and_keep(std::move(kept));
      } catch (const NothingCame&) {  // as in `call`
      }
    }
    auto endpoints = resolver_.resolve(std::string(url.host_name()), std::to_string(url.port), deadline);
    // What is left is connected to as it is: the name is not looked up again.
    std::erase_if(endpoints, [](const auto& endpoint) { return !is_public(endpoint.address()); });
    if (endpoints.empty()) throw std::runtime_error("not a public address");
    return finish_and_keep(ClientConnection::open(url, endpoints, url.https ? &tls() : nullptr, deadline));
  }

  std::unique_ptr<ClientConnection> take_strangers(const std::string& key) {
    const std::lock_guard lock(mutex_);
    std::erase_if(strangers_, [now = Clock::now()](const StrangersKept& kept) { return kept.until < now; });
    const auto found = std::ranges::find(strangers_, key, &StrangersKept::key);
    if (found == strangers_.end()) return nullptr;
    auto connection = std::move(found->connection);
    strangers_.erase(found);
    return connection;
  }

  void keep_strangers(const std::string& key, std::unique_ptr<ClientConnection> connection) {
    const std::lock_guard lock(mutex_);
    if (strangers_.size() == kStrangersKept) strangers_.erase(strangers_.begin());
    strangers_.push_back({key, std::move(connection), Clock::now() + settings_.kept_for});
  }

  /// Logs what changes: who is away is called again every few seconds.
  void note(const text::Url& url, std::optional<NoAnswer> trouble) {
    {
      const std::lock_guard lock(mutex_);
      const auto key = url.origin();
      const auto found = troubles_.find(key);
      if (!trouble) {
        if (found == troubles_.end()) return;
        troubles_.erase(found);
      } else {
        const bool same = found != troubles_.end() && found->second.cause == trouble->cause;
        troubles_.insert_or_assign(key, *trouble);
        if (same) return;
      }
    }
    if (trouble) {
      telemetry::log_warn("calls to another node fail", {{"host", url.authority()}, {"cause", trouble->cause}});
    } else {
      telemetry::log_info("another node answers again", {{"host", url.authority()}});
    }
  }

  std::unique_ptr<ClientConnection> take(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = pools_.find(key);
    if (found == pools_.end()) return nullptr;
    auto& pool = found->second;
    const auto now = Clock::now();
    std::erase_if(pool, [now](const Kept& kept) { return kept.until < now; });
    if (pool.empty()) return nullptr;
    auto newest = std::move(pool.back().connection);
    pool.pop_back();
    return newest;
  }

  void keep(const std::string& key, std::unique_ptr<ClientConnection> connection) {
    const std::lock_guard lock(mutex_);
    auto& pool = pools_[key];
    if (pool.size() == settings_.kept_per_host) pool.erase(pool.begin());
    pool.push_back({std::move(connection), Clock::now() + settings_.kept_for});
  }

  /// Made at the first https call: reading the system's certificates takes about a megabyte.
  boost::asio::ssl::context& tls() {
    const std::lock_guard lock(mutex_);
    if (!tls_) tls_ = make_client_tls(settings_.extra_ca_file);
    return *tls_;
  }

  const ClientSettings settings_;
  Resolver resolver_;
  mutable std::mutex mutex_;
  std::map<std::string, NoAnswer> troubles_;        // by scheme, host and port
  std::unique_ptr<boost::asio::ssl::context> tls_;  // before the pools, whose connections use it
  std::map<std::string, std::vector<Kept>> pools_;
  std::vector<StrangersKept> strangers_;  // the longest kept first
};

}  // namespace

std::unique_ptr<Client> make_client(ClientSettings settings) {
  return std::make_unique<PooledClient>(std::move(settings));
}

}  // namespace dontgoback::http
