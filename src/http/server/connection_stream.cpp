#include <boost/asio/redirect_error.hpp>
#include <charconv>

#include "dontgoback/telemetry/log.hpp"
#include "http/server/connection.hpp"
#include "http/server/host_failure.hpp"

namespace dontgoback::http {
using boost::system::error_code;
using std::chrono::milliseconds;
namespace {

// When there may be a place: a body of a few megabytes has been taken, one of many streams has ended.
constexpr std::string_view kRetryOpenEnd = "30";
// What the kernel holds counts as taken. Of events a little, for what it holds is late; of a body what keeps a distant
// reader busy for a round trip: by itself the kernel would take megabytes.
constexpr int kEventsInKernel = ChunkedStream::kMostBehind;
constexpr int kBodyInKernel = 256 * 1024;

/// How much longer a reader may be waited for: he may be behind the slowest rate by so much, and never gains more.
class Patience {
 public:
  explicit Patience(const TimeLimits& limits) : limits_(limits), left_(limits.answer) {}
  void more(std::size_t bytes) {
    // In microseconds, for a piece may be small.
    const std::chrono::microseconds for_size(bytes * 1'000'000 / limits_.slowest_reader);
    left_ += for_size;
  }
  SteadyTime until(SteadyTime now) const { return now + left_; }
  void waited(SteadyTime::duration time) { left_ = std::min<SteadyTime::duration>(limits_.answer, left_ - time); }

 private:
  const TimeLimits& limits_;
  SteadyTime::duration left_;
};

}  // namespace

/// Before the head is written, for the answer is another when there is none.
void Connection::find_place() {
  if (!response_->has_open_end() || exchange_.head_only()) return;
  if (response_->stream) {
    const bool is_counted = visitor_.place.is_of(visitor_.place);
    stream_place_.emplace(service_.streams, is_counted ? exchange_.peer_text : std::string_view{});
    if (!stream_place_->is_over()) return;
    stream_place_.reset();
    service_.refused_stream.add();
  } else if (auto place = service_.bodies->take_place()) {
    body_place_.emplace(std::move(*place));
    return;
  }
  response_ = host_failure(exchange_.request, 503).header("Retry-After", std::string(kRetryOpenEnd));
}

Awaitable<void> Connection::stream() {
  const bool is_body = response_->write_body != nullptr;
  const bool chunked = parser_->http11();
  Timer bell(executor(), SteadyTime::max());
  auto stream = std::make_shared<ChunkedStream>(*this, is_body ? ChunkedStream::Of::body : ChunkedStream::Of::events);
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
  error_code ignored;
  channel_.socket().set_option(asio::socket_base::send_buffer_size(is_body ? kBodyInKernel : kEventsInKernel), ignored);
  watch_for_end(stream);
  begin_stream(stream);
  if (draining()) stream->end();
  body_in_file_.reset();
  forget_request();
  co_await send_stream(*stream, chunked);
}

void Connection::begin_stream(const std::shared_ptr<ChunkedStream>& stream) {
  if (response_->write_body) {
    service_.bodies->run(std::move(*body_place_), stream, std::exchange(response_->write_body, nullptr),
                         exchange_.request_id);
    body_place_.reset();
    return;
  }
  try {
    response_->stream(stream);
  } catch (const std::exception& error) {
    telemetry::log_error("stream failed", {{"cause", error.what()}, {"id", exchange_.request_id}});
    stream->close();
  }
}

/// A stream stays long, and there are many: what its request took goes to others.
void Connection::forget_request() {
  parser_.reset();
  exchange_.fields = {};
  exchange_.request.path = {};
  exchange_.request.query = {};
  exchange_.target = {};
  exchange_.authority = {};
  input_.drop();
  head_ = {};
  response_->headers = {};
  response_->stream = nullptr;
}

Awaitable<void> Connection::send_stream(ChunkedStream& stream, bool chunked) {
  const bool is_body = stream.is_body();
  ChunkedStream::Piece piece;
  std::array<char, 18> size_line;
  auto state = stream.take(piece);
  const auto last_moment =
      is_body ? SteadyTime::max() : std::chrono::steady_clock::now() + service_.settings.limits.stream;
  Patience patience(service_.settings.limits);
  while (!broken_ && (state == ChunkedStream::State::ready || state == ChunkedStream::State::waiting)) {
    if (state == ChunkedStream::State::ready) {
      const auto bytes = piece.view();
      unsent_ = {asio::const_buffer{}, asio::buffer(bytes), asio::const_buffer{}};
      if (chunked) {
        auto* end = std::to_chars(size_line.data(), size_line.data() + 16, bytes.size(), 16).ptr;
        *end++ = '\r';
        *end++ = '\n';
        unsent_[0] = asio::buffer(size_line.data(), static_cast<std::size_t>(end - size_line.data()));
        unsent_[2] = asio::buffer("\r\n", 2);
      }
      answer_bytes_ += bytes.size();
      const auto began = std::chrono::steady_clock::now();
      patience.more(bytes.size());
      co_await write(is_body ? patience.until(began) : SteadyTime::max());
      const auto now = std::chrono::steady_clock::now();
      patience.waited(now - began);
      if (now >= last_moment) stream.close();
    } else {
      wait_until(is_body ? Phase::answering : Phase::streaming, last_moment);
      error_code woken;
      co_await stream_bell_->async_wait(asio::redirect_error(kAwait, woken));
    }
    state = stream.take(piece);
  }
  if (state == ChunkedStream::State::ended && chunked && !broken_) {
    unsent_ = {asio::buffer("0\r\n\r\n", 5), asio::const_buffer{}, asio::const_buffer{}};
    co_await write(is_body ? patience.until(std::chrono::steady_clock::now()) : SteadyTime::max());
  }
  if (is_body && (state != ChunkedStream::State::ended || broken_)) {
    response_->reason = "cut";
    broken_ = true;
  }
}

/// Reads what should never come, to see the end when it does.
void Connection::watch_for_end(std::shared_ptr<ChunkedStream> stream) {
  channel_.socket().async_wait(Socket::wait_read, [self = shared_from_this(), stream](error_code error) {
    if (!error) self->channel_.read_some(asio::buffer(self->loop_.sink), error);
    if (!error || error == asio::error::would_block) return self->watch_for_end(stream);
    stream->detach();
    self->wake_stream(true);
  });
}

void Connection::wake_stream(bool cut) {
  if (stream_bell_ != nullptr) stream_bell_->cancel();
  // Cut off while the client does not take what it was sent: nothing else would end that wait.
  if (cut) stop_waiting();
}

}  // namespace dontgoback::http
