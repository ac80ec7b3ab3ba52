#include <sys/sendfile.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <cerrno>
#include <charconv>

#include "dontgoback/telemetry/log.hpp"
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
  keep_ = !unread_ && !response_->stream && !draining() && parser_->keep_alive();
  HeadRules rules;
  rules.date = loop_.date();
  if (response_->stream) rules.framing = http11 ? Framing::chunked : Framing::until_close;
  rules.close = !keep_;
  rules.announce_keep_alive = keep_ && !http11;
  rules.https = service_.settings.public_url_is_https;
  write_head(head_, exchange_, *response_, rules);

  const bool bodiless =
      exchange_.head_only() || response_->stream || response_->status == 204 || response_->status == 304;
  const auto body = bodiless ? std::string_view{} : body_of(*response_);
  answer_bytes_ = body.size();
  unsent_ = {asio::buffer(head_), asio::buffer(body), asio::const_buffer{}};
  body_in_file_.reset();
  if (body.size() >= kWorthSendfile && !response_->fixed_body.empty()) {
    body_in_file_ = service_.program_file.offset_of(body);
  }
}

std::size_t Connection::write_some(error_code& error) {
  if (!body_in_file_) return socket_.write_some(unsent_, error);
  ssize_t written = -1;
  do {
    if (const auto& head = unsent_[0]; head.size() > 0) {
      written = ::send(socket_.native_handle(), head.data(), head.size(), MSG_MORE | MSG_NOSIGNAL);
    } else {
      auto from = *body_in_file_;
      const auto size = unsent_[1].size();
      written = ::sendfile(socket_.native_handle(), service_.program_file.descriptor(), &from, size);
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
    co_await socket_.async_wait(Socket::wait_write, asio::redirect_error(kAwait, error));
    if (error) broken_ = true;
    if (broken_) co_return;
  }
}

Awaitable<void> Connection::stream() {
  const bool chunked = parser_->http11();
  Timer bell(socket_.get_executor(), SteadyTime::max());
  auto stream = std::make_shared<ChunkedStream>(*this);
  // Also when the loop is destroyed under this coroutine: senders keep the stream for as long as they like.
  struct Attached {
    Connection& connection;
    ChunkedStream& stream;
    ~Attached() {
      stream.detach();
      connection.stream_ = nullptr;
      connection.stream_bell_ = nullptr;
    }
  };
  const Attached attached{*this, *stream};
  stream_ = stream.get();
  stream_bell_ = &bell;
  // What the kernel holds counts as behind, too; by itself it would take megabytes.
  error_code ignored;
  socket_.set_option(asio::socket_base::send_buffer_size(static_cast<int>(ChunkedStream::kMostBehind)), ignored);
  watch_for_end(stream);
  try {
    response_->stream(stream);
  } catch (const std::exception& error) {
    telemetry::log_error("stream failed", {{"cause", error.what()}, {"id", exchange_.request_id}});
    stream->close();
  }
  if (draining()) stream->close();

  body_in_file_.reset();
  std::string bytes;
  std::array<char, 18> size_line;
  auto state = stream->take(bytes);
  const auto last_moment = std::chrono::steady_clock::now() + service_.settings.limits.stream;
  while (!broken_ && (state == ChunkedStream::State::ready || state == ChunkedStream::State::waiting)) {
    if (state == ChunkedStream::State::ready) {
      unsent_ = {asio::const_buffer{}, asio::buffer(bytes), asio::const_buffer{}};
      if (chunked) {
        auto* end = std::to_chars(size_line.data(), size_line.data() + 16, bytes.size(), 16).ptr;
        *end++ = '\r';
        *end++ = '\n';
        unsent_[0] = asio::buffer(size_line.data(), static_cast<std::size_t>(end - size_line.data()));
        unsent_[2] = asio::buffer("\r\n", 2);
      }
      answer_bytes_ += bytes.size();
      co_await write(SteadyTime::max());
      if (std::chrono::steady_clock::now() >= last_moment) stream->close();
    } else {
      wait_until(Phase::streaming, last_moment);
      error_code woken;
      co_await bell.async_wait(asio::redirect_error(kAwait, woken));
    }
    state = stream->take(bytes);
  }
  if (state == ChunkedStream::State::ended && chunked && !broken_) {
    unsent_ = {asio::buffer("0\r\n\r\n", 5), asio::const_buffer{}, asio::const_buffer{}};
    co_await write(SteadyTime::max());
  }
}

/// Reads what should never come, to see the end when it does.
void Connection::watch_for_end(std::shared_ptr<ChunkedStream> stream) {
  socket_.async_read_some(asio::buffer(loop_.sink), [self = shared_from_this(), stream](error_code error, std::size_t) {
    if (!error) return self->watch_for_end(stream);
    stream->detach();
    self->wake_stream(true);
  });
}

void Connection::wake_stream(bool cut) {
  if (stream_bell_ != nullptr) stream_bell_->cancel();
  // Cut off while the client does not take what it was sent: nothing else would end that wait.
  error_code ignored;
  if (cut) socket_.cancel(ignored);
}

}  // namespace dontgoback::http
