#include "http/client/client_connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>

#include "dontgoback/text/ascii.hpp"
#include "http/client/response_reader.hpp"

namespace dontgoback::http {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
namespace {

using PlainStream = tcp::socket;
using TlsStream = asio::ssl::stream<tcp::socket>;

tcp::socket& socket_of(PlainStream& stream) { return stream; }
tcp::socket& socket_of(TlsStream& stream) { return stream.next_layer(); }

/// Where certificates of authorities are looked for; what is set in the environment goes first (OpenSSL's
/// X509_get_default_cert_file(3)).
std::string trust_store() {
  const auto place = [](const char* variable, const char* otherwise) {
    const char* set = ::secure_getenv(variable);
    const std::string path = set != nullptr ? set : otherwise;
    std::error_code ignored;
    return path + " (" + variable + (std::filesystem::exists(path, ignored) ? ")" : "; not there)");
  };
  return "authorities are looked for in " + place(X509_get_default_cert_file_env(), X509_get_default_cert_file()) +
         " and " + place(X509_get_default_cert_dir_env(), X509_get_default_cert_dir()) +
         ", which the package ca-certificates fills; add the one of this certificate there";
}

[[noreturn]] void throw_handshake_failed(const text::Url& url, SSL* tls, error_code failed) {
  const long verdict = SSL_get_verify_result(tls);
  const auto reason = ERR_GET_REASON(static_cast<unsigned long>(failed.value()));
  const bool of_tls = failed.category() == asio::error::get_ssl_category();
  const std::string host = url.host + ":" + std::to_string(url.port);
  if (verdict == X509_V_ERR_CERT_NOT_YET_VALID || verdict == X509_V_ERR_CERT_HAS_EXPIRED) {
    throw NotTrusted("the certificate of " + host + " is not trusted: " + X509_verify_cert_error_string(verdict) +
                     "; check it, and this machine's clock");
  }
  // What the check of the name leaves behind.
  if (verdict != X509_V_OK && verdict != X509_V_ERR_UNSPECIFIED && verdict != X509_V_ERR_APPLICATION_VERIFICATION) {
    throw NotTrusted("the certificate of " + host + " is not trusted: " + X509_verify_cert_error_string(verdict) +
                     "; " + trust_store());
  }
  if (of_tls && reason == SSL_R_CERTIFICATE_VERIFY_FAILED) {
    throw NotTrusted("the certificate of " + host + " is not for the name " + std::string(url.host_name()));
  }
  if (of_tls && (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST)) {
    throw std::runtime_error("no TLS is spoken there: should the URL begin with http://?");
  }
  throw std::runtime_error("TLS: " + failed.message());
}

/// A small loop of its own: the caller's thread drives it until the operation or its time ends.
class Loop {
 public:
  asio::io_context context{1};

  void run(asio::awaitable<void> operation, tcp::socket& socket, ClientDeadline deadline) {
    std::optional<std::exception_ptr> ended;
    const auto end = [&ended](std::exception_ptr error) { ended = error; };
    asio::co_spawn(context, std::move(operation), end);
    context.restart();
    context.run_until(deadline);
    if (!ended) {
      error_code ignored;
      socket.close(ignored);
      context.run();  // what was waiting ends at once, with an error that means only this
      throw std::runtime_error("no answer in time");
    }
    if (*ended) std::rethrow_exception(*ended);
  }
};

/// Asks the proxy at the other end of the socket to connect it to the server.
/// RFC 5280 section 4.1.2.5.2: `notAfter` of what the server showed.
std::optional<std::chrono::sys_seconds> certificate_end(SSL* tls) {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(tls), &X509_free);
  std::tm end{};
  if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1) return std::nullopt;
  return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&end)));
}

asio::awaitable<void> tunnel(tcp::socket& socket, const text::Url& url) {
  constexpr std::size_t kMaxHead = 8 * 1024;
  const auto server = url.host + ":" + std::to_string(url.port);
  const auto head = "CONNECT " + server + " HTTP/1.1\r\nHost: " + server + "\r\n\r\n";
  co_await asio::async_write(socket, asio::buffer(head), asio::use_awaitable);
  std::string answer;
  error_code failed;
  co_await asio::async_read_until(socket, asio::dynamic_buffer(answer, kMaxHead), "\r\n\r\n",
                                  asio::redirect_error(asio::use_awaitable, failed));
  if (failed) throw std::runtime_error("the proxy does not answer as one: " + failed.message());
  // "HTTP/1.1 200 …": a 2xx has no body, and a server says nothing before it was spoken to.
  const auto status = answer.starts_with("HTTP/1.") && answer.size() > 12 ? answer.substr(9, 3) : std::string();
  if (!status.starts_with('2') || !answer.ends_with("\r\n\r\n")) {
    const bool is_status = !status.empty() && std::ranges::all_of(status, text::is_digit);
    throw std::runtime_error("the proxy does not connect us" + (is_status ? ": it answers " + status : std::string()));
  }
}

template <class Stream>
class Connected final : public ClientConnection {
 public:
  template <class... Args>
  explicit Connected(Args&&... args) : stream_(loop_.context, std::forward<Args>(args)...) {}

  void connect(const text::Url& url, const Resolver::Endpoints& endpoints, Way way, ClientDeadline deadline) {
    loop_.run(connecting(url, endpoints, way), socket_of(stream_), deadline);
  }

  Answer exchange(const std::string& head, const ClientRequest& request, ClientDeadline deadline) override {
    Answer answer;
    loop_.run(exchanging(head, request, answer), socket_of(stream_), deadline);
    return answer;
  }

  bool quiet() override {
    error_code ignored;
    return socket_of(stream_).available(ignored) == 0;
  }

 private:
  asio::awaitable<void> connecting(const text::Url& url, const Resolver::Endpoints& endpoints, Way way) {
    auto& socket = socket_of(stream_);
    error_code refused;
    co_await asio::async_connect(socket, endpoints, asio::redirect_error(asio::use_awaitable, refused));
    if (refused) throw std::runtime_error("no connection: " + refused.message());
    socket.set_option(tcp::no_delay(true));
    if (way == Way::by_proxy) co_await tunnel(socket, url);
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      stream_.set_verify_mode(asio::ssl::verify_peer);
      const std::string name(url.host_name());
      stream_.set_verify_callback(asio::ssl::host_name_verification(name));
      error_code is_name;
      asio::ip::make_address(name, is_name);
      // RFC 6066 section 3: names only.
      if (is_name && SSL_set_tlsext_host_name(stream_.native_handle(), name.c_str()) != 1) {
        throw std::runtime_error("host name is not one for TLS");
      }
      error_code failed;
      co_await stream_.async_handshake(asio::ssl::stream_base::client,
                                       asio::redirect_error(asio::use_awaitable, failed));
      if (failed) throw_handshake_failed(url, stream_.native_handle(), failed);
      certificate_ends_ = certificate_end(stream_.native_handle());
    }
  }

  asio::awaitable<void> exchanging(const std::string& head, const ClientRequest& request, Answer& answer) {
    error_code error;
    const std::array<asio::const_buffer, 2> bytes{asio::buffer(head), asio::buffer(request.body)};
    co_await asio::async_write(stream_, bytes, asio::redirect_error(asio::use_awaitable, error));
    // A server may answer and close before it has read everything (413): what it said is there to be read.
    ResponseReader reader(request.method == Method::head, request.body_limit);
    while (!reader.done()) {
      error_code failed;
      const auto read =
          co_await stream_.async_read_some(asio::buffer(buffer_), asio::redirect_error(asio::use_awaitable, failed));
      if (failed && reader.untouched()) throw NothingCame((error ? error : failed).message());
      if (failed && failed != asio::error::eof) throw boost::system::system_error(failed);
      failed ? reader.end() : reader.put({buffer_.data(), read});
    }
    answer.keep = !error && reader.keep();
    answer.date = reader.date();
    answer.response = reader.take();
    answer.certificate_ends = certificate_ends_;
  }

  Loop loop_;
  Stream stream_;
  std::array<char, 8 * 1024> buffer_;
  std::optional<std::chrono::sys_seconds> certificate_ends_;
};

}  // namespace

std::unique_ptr<ClientConnection> ClientConnection::open(const text::Url& url, const Resolver::Endpoints& endpoints,
                                                         asio::ssl::context* tls, ClientDeadline deadline, Way way) {
  if (tls == nullptr) {
    auto plain = std::make_unique<Connected<PlainStream>>();
    plain->connect(url, endpoints, way, deadline);
    return plain;
  }
  auto secure = std::make_unique<Connected<TlsStream>>(*tls);
  secure->connect(url, endpoints, way, deadline);
  return secure;
}

}  // namespace dontgoback::http
