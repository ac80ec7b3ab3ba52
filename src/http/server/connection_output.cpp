#include <sys/sendfile.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <cerrno>

#include "http/server/connection.hpp"

namespace dontgoback::http {
using boost::system::error_code;
namespace {

/// From here on a second system call costs less than copying the body out of the program's memory.
constexpr std::size_t kWorthSendfile = 16 * 1024;
// A page of the feed.
constexpr std::size_t kSmallAnswer = 64 * 1024;

}  // namespace

void Connection::prepare_answer() {
  const bool http11 = parser_->http11();
  keep_ = !unread_ && !response_->has_open_end() && !draining() && parser_->keep_alive();
  HeadRules rules;
  rules.date = loop_.date();
  if (response_->has_open_end()) rules.framing = http11 ? Framing::chunked : Framing::until_close;
  rules.close = !keep_;
  rules.announce_keep_alive = keep_ && !http11;
  rules.https = service_.settings.public_url_is_https;
  write_head(head_, exchange_, *response_, rules);

  const bool bodiless =
      exchange_.head_only() || response_->has_open_end() || response_->status == 204 || response_->status == 304;
  const auto body = bodiless ? std::string_view{} : body_of(*response_);
  answer_bytes_ = body.size();
  unsent_ = {asio::buffer(head_), asio::buffer(body), asio::const_buffer{}};
  body_in_file_.reset();
  if (body.size() >= kWorthSendfile && !response_->fixed_body.empty() && !channel_.has_tls()) {
    body_in_file_ = service_.program_file.offset_of(body);
  }
}

std::size_t Connection::write_some(error_code& error) {
  if (!body_in_file_) return channel_.write_some(unsent_, error);
  const int socket = channel_.socket().native_handle();
  ssize_t written = -1;
  do {
    if (const auto& head = unsent_[0]; head.size() > 0) {
      written = ::send(socket, head.data(), head.size(), MSG_MORE | MSG_NOSIGNAL);
    } else {
      auto from = *body_in_file_;
      const auto size = unsent_[1].size();
      written = ::sendfile(socket, service_.program_file.descriptor(), &from, size);
      if (written > 0) body_in_file_ = from;
    }
  } while (written < 0 && errno == EINTR);
  if (written < 0) error.assign(errno, boost::system::system_category());
  // The file is shorter than what is linked: somebody wrote into it.
  if (written == 0) error = asio::error::eof;
  return written > 0 ? static_cast<std::size_t>(written) : 0;
}

/// Writes what the socket takes: nearly always everything, without a turn through the loop.
Connection::Written Connection::write_now() {
  while (asio::buffer_size(unsent_) > 0) {
    error_code error;
    auto written = write_some(error);
    if (error == asio::error::would_block) return Written::partly;
    if (error) {
      broken_ = true;
      return Written::failed;
    }
    for (auto& buffer : unsent_) {
      const auto n = std::min(written, buffer.size());
      buffer += n;
      written -= n;
    }
  }
  return Written::all;
}

/// Writes the rest of an answer, which is held for a client that does not take it at once.
Awaitable<void> Connection::write_answer() {
  const auto held = response_->body.capacity();
  const auto reach = held <= kSmallAnswer ? reach_of_sender() : MemoryShare::Reach::half;
  if (!unsent_share_.grow_to(held, reach)) {
    service_.refused_for_memory.add();
    broken_ = true;
    co_return;
  }
  const auto& limits = service_.settings.limits;
  const std::chrono::seconds for_size(asio::buffer_size(unsent_) / limits.slowest_reader);
  co_await write(std::chrono::steady_clock::now() + limits.answer + for_size);
}

/// Writes the rest as the client takes it.
Awaitable<void> Connection::write(SteadyTime until) {
  while (write_now() == Written::partly) {
    wait_until(Phase::writing, std::min(until, std::chrono::steady_clock::now() + service_.settings.limits.write));
    error_code error;
    co_await channel_.socket().async_wait(channel_.waits_to_write(), asio::redirect_error(kAwait, error));
    if (error) broken_ = true;
    if (broken_) co_return;
  }
}

}  // namespace dontgoback::http
