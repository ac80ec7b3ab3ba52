#include "connection.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace record_steps {
namespace {

constexpr std::size_t kFrameHead = 5;  // of gRPC: whether it is compressed, and its length

nghttp2_nv field(std::string_view name, std::string_view value) {
  return {reinterpret_cast<std::uint8_t*>(const_cast<char*>(name.data())),
          reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data())), name.size(), value.size(),
          NGHTTP2_NV_FLAG_NO_COPY_NAME};
}

int connected(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("nobody listens at that port");
  }
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket;
}

}  // namespace

Connection::Connection(Traffic& traffic, Outcome& outcome, int port, int under_way, int open_streams)
    : traffic_(traffic), outcome_(outcome), socket_(connected(port)) {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session_callbacks_new(&callbacks);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, &Connection::on_header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, &Connection::on_data);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, &Connection::on_close);
  nghttp2_session_client_new(&session_, callbacks, this);
  nghttp2_session_callbacks_del(callbacks);
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
  nghttp2_submit_window_update(session_, NGHTTP2_FLAG_NONE, 0, 1 << 20);
  if (stays_open()) {
    for (int i = 0; i < open_streams; ++i) open(traffic_.next());
  }
  for (int i = 0; i < under_way && !looks(); ++i) go_on();
  write();
}

Connection::~Connection() {
  nghttp2_session_del(session_);
  ::close(socket_);
}

bool Connection::open(Walker& walker) {
  const std::array<nghttp2_nv, 8> head{field(":method", "POST"),
                                       field(":scheme", "http"),
                                       field(":path", traffic_.path()),
                                       field(":authority", "localhost"),
                                       field("te", "trailers"),
                                       field("content-type", "application/grpc"),
                                       field("user-agent", "record_steps"),
                                       field("authorization", walker.bearer)};
  nghttp2_data_provider provider{};
  provider.read_callback = &Connection::give;
  const auto id = nghttp2_submit_request(session_, nullptr, head.data(), head.size(), &provider, nullptr);
  if (id < 0) return false;
  auto& stream = streams_[id];
  stream.walker = &walker;
  if (stays_open() && !looks()) {
    idle_.push_back(id);
    return true;
  }
  stream.body = traffic_.message(walker);
  stream.began = Clock::now();
  stream.waiting = true;
  return true;
}

bool Connection::go_on() {
  if (!stays_open()) return open(traffic_.next());
  if (idle_.empty()) return true;
  const auto id = idle_.front();
  idle_.pop_front();
  auto& stream = streams_.at(id);
  stream.body = traffic_.message(*stream.walker);
  stream.sent = 0;
  stream.began = Clock::now();
  stream.waiting = true;
  const auto code = nghttp2_session_resume_data(session_, id);  // refused where it has not begun to wait
  return code == 0 || code == NGHTTP2_ERR_INVALID_ARGUMENT;
}

ssize_t Connection::give(nghttp2_session*, std::int32_t id, std::uint8_t* to, std::size_t space, std::uint32_t* flags,
                         nghttp2_data_source*, void* self) {
  auto& connection = *static_cast<Connection*>(self);
  auto& stream = connection.streams_.at(id);
  const auto count = std::min(space, stream.body.size() - stream.sent);
  if (count == 0) return NGHTTP2_ERR_DEFERRED;
  std::memcpy(to, stream.body.data() + stream.sent, count);
  stream.sent += count;
  if (stream.sent == stream.body.size() && (!connection.stays_open() || connection.looks()))
    *flags |= NGHTTP2_DATA_FLAG_EOF;
  return static_cast<ssize_t>(count);
}

void Connection::answered(Stream& stream) {
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - stream.began).count();
  outcome_.microseconds.push_back(static_cast<std::uint32_t>(took));
  stream.waiting = false;
  if (!std::exchange(stream.has_answered, true)) ++outcome_.streams_answered;
}

/// Each message of the server acknowledges one; what is in it is not looked at.
void Connection::received(std::int32_t id, Stream& stream, const std::uint8_t* bytes, std::size_t size) {
  while (size > 0) {
    if (stream.answer_left == 0) {
      const auto head = std::min(size, kFrameHead - stream.answer_head.size());
      stream.answer_head.append(reinterpret_cast<const char*>(bytes), head);
      bytes += head;
      size -= head;
      if (stream.answer_head.size() < kFrameHead) return;
      for (const auto c : stream.answer_head.substr(1)) {
        stream.answer_left = stream.answer_left << 8U | static_cast<unsigned char>(c);
      }
      stream.answer_head.clear();
    }
    const auto part = std::min(size, stream.answer_left);
    bytes += part;
    size -= part;
    stream.answer_left -= part;
    if (stream.answer_left > 0) return;
    answered(stream);
    if (looks()) continue;
    idle_.push_back(id);
    go_on();
  }
}

int Connection::on_data(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* bytes, std::size_t size,
                        void* self) {
  auto& connection = *static_cast<Connection*>(self);
  if (!connection.stays_open()) return 0;
  if (const auto found = connection.streams_.find(id); found != connection.streams_.end()) {
    connection.received(id, found->second, bytes, size);
  }
  return 0;
}

int Connection::on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
                          const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* self) {
  if (std::string_view(reinterpret_cast<const char*>(name), name_size) != "grpc-status") return 0;
  auto& streams = static_cast<Connection*>(self)->streams_;
  if (const auto found = streams.find(frame->hd.stream_id); found != streams.end()) {
    found->second.ok = value_size == 1 && *value == '0';
  }
  return 0;
}

void Connection::ended(std::int32_t id) {
  const auto found = streams_.find(id);
  if (found == streams_.end()) return;
  if (found->second.ok && found->second.waiting && !stays_open()) {
    answered(found->second);
  } else {
    ++outcome_.failed;  // also one that was to stay open
  }
  std::erase(idle_, id);
  streams_.erase(found);
}

int Connection::on_close(nghttp2_session*, std::int32_t id, std::uint32_t, void* self) {
  auto& connection = *static_cast<Connection*>(self);
  connection.ended(id);
  return connection.looks() || connection.go_on() ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

void Connection::write() {
  for (;;) {
    while (output_.empty()) {
      const std::uint8_t* bytes = nullptr;
      const auto count = nghttp2_session_mem_send(session_, &bytes);
      if (count < 0) throw std::runtime_error("libnghttp2 has nothing to send for what was asked");
      if (count == 0) return;
      output_.assign(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
      // As much as there is in one call.
      while (output_.size() < 16'384) {
        const auto more = nghttp2_session_mem_send(session_, &bytes);
        if (more <= 0) break;
        output_.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(more));
      }
    }
    const auto sent = ::send(socket_, output_.data(), output_.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN) return;
    if (sent < 0) throw std::runtime_error("the server closed a connection");
    output_.erase(0, static_cast<std::size_t>(sent));
  }
}

void Connection::read() {
  std::array<std::uint8_t, 65'536> bytes{};
  const auto count = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) throw std::runtime_error("the server closed a connection");
  if (nghttp2_session_mem_recv(session_, bytes.data(), static_cast<std::size_t>(count)) < 0) {
    throw std::runtime_error("the server speaks no HTTP/2");
  }
  write();
}

}  // namespace record_steps
