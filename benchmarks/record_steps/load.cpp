// Unary calls of step.StepService/RecordSteps, as many under way at a time as are told, each of another walker. A small
// client over libnghttp2, since what is at hand (grpc-js, grpc++'s own client) costs more a call than the server does.
//   record_steps_load PORT TOKENS CONNECTIONS STREAMS SECONDS [health]
// TOKENS: a line `UUID TOKEN` a walker. `health`: asks gRPC's own health service instead, which does nothing. Prints
// one line of JSON: calls a second, latencies, what failed, and the processor's time a call that the load itself took.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <nghttp2/nghttp2.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Walker {
  std::string uuid, bearer;
};

struct Load {
  std::vector<Walker> walkers;
  std::string path = "/step.StepService/RecordSteps";
  std::string date;
  bool asks_health = false;
  std::size_t next = 0;
  std::int32_t steps = 1;
  std::vector<std::uint32_t> microseconds;  // of those answered
  std::uint64_t failed = 0;
  bool stopping = false;
};

struct Call {
  std::string body;
  std::size_t sent = 0;
  Clock::time_point began;
  bool ok = false;
};

struct Connection {
  Load* load = nullptr;
  int socket = -1;
  nghttp2_session* session = nullptr;
  std::unordered_map<std::int32_t, Call> calls;
  std::string output;
  bool begin();
  void end(std::int32_t stream);
  bool write();
};

nghttp2_nv field(std::string_view name, std::string_view value) {
  return {reinterpret_cast<std::uint8_t*>(const_cast<char*>(name.data())),
          reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data())), name.size(), value.size(),
          NGHTTP2_NV_FLAG_NO_COPY_NAME};
}

std::string message(const Load& load, const Walker& walker, std::int32_t steps) {
  if (load.asks_health) return std::string(5, '\0');
  std::string text = "\x0a";
  text += static_cast<char>(walker.uuid.size());
  text += walker.uuid;
  text += '\x10';
  for (auto left = static_cast<std::uint32_t>(steps);; left >>= 7U) {
    text += static_cast<char>((left & 0x7FU) | (left > 0x7F ? 0x80U : 0U));
    if (left <= 0x7F) break;
  }
  text += '\x1a';
  text += static_cast<char>(load.date.size());
  text += load.date;
  std::string framed(5, '\0');
  framed[4] = static_cast<char>(text.size());
  return framed + text;
}

ssize_t give(nghttp2_session*, std::int32_t stream, std::uint8_t* to, std::size_t space, std::uint32_t* flags,
             nghttp2_data_source*, void* user) {
  auto& call = static_cast<Connection*>(user)->calls.at(stream);
  const auto count = std::min(space, call.body.size() - call.sent);
  std::memcpy(to, call.body.data() + call.sent, count);
  call.sent += count;
  if (call.sent == call.body.size()) *flags |= NGHTTP2_DATA_FLAG_EOF;
  return static_cast<ssize_t>(count);
}

bool Connection::begin() {
  if (load->stopping) return true;
  const auto& walker = load->walkers[load->next];
  load->next = (load->next + 1) % load->walkers.size();
  if (load->next == 0) ++load->steps;
  const std::array<nghttp2_nv, 8> head{field(":method", "POST"),
                                       field(":scheme", "http"),
                                       field(":path", load->path),
                                       field(":authority", "localhost"),
                                       field("te", "trailers"),
                                       field("content-type", "application/grpc"),
                                       field("user-agent", "record_steps"),
                                       field("authorization", walker.bearer)};
  nghttp2_data_provider provider{};
  provider.read_callback = give;
  const auto stream = nghttp2_submit_request(session, nullptr, head.data(), head.size(), &provider, nullptr);
  if (stream < 0) return false;
  calls.emplace(stream, Call{message(*load, walker, load->steps), 0, Clock::now(), false});
  return true;
}

void Connection::end(std::int32_t stream) {
  const auto found = calls.find(stream);
  if (found == calls.end()) return;
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - found->second.began).count();
  if (found->second.ok) {
    load->microseconds.push_back(static_cast<std::uint32_t>(took));
  } else {
    ++load->failed;
  }
  calls.erase(found);
}

bool Connection::write() {
  for (;;) {
    while (output.empty()) {
      const std::uint8_t* bytes = nullptr;
      const auto count = nghttp2_session_mem_send(session, &bytes);
      if (count < 0) return false;
      if (count == 0) return true;
      output.assign(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
      // As much as there is in one call.
      while (output.size() < 16'384) {
        const auto more = nghttp2_session_mem_send(session, &bytes);
        if (more <= 0) break;
        output.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(more));
      }
    }
    const auto sent = ::send(socket, output.data(), output.size(), MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN;
    output.erase(0, static_cast<std::size_t>(sent));
  }
}

int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
              const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* user) {
  if (std::string_view(reinterpret_cast<const char*>(name), name_size) != "grpc-status") return 0;
  auto& calls = static_cast<Connection*>(user)->calls;
  if (const auto found = calls.find(frame->hd.stream_id); found != calls.end()) {
    found->second.ok = value_size == 1 && *value == '0';
  }
  return 0;
}

int on_close(nghttp2_session*, std::int32_t stream, std::uint32_t, void* user) {
  auto& connection = *static_cast<Connection*>(user);
  connection.end(stream);
  return connection.begin() ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

std::unique_ptr<Connection> open(Load& load, int port, int streams, int epoll) {
  auto connection = std::make_unique<Connection>();
  connection->load = &load;
  connection->socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(connection->socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("nobody listens at that port");
  }
  const int on = 1;
  ::setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session_callbacks_new(&callbacks);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
  nghttp2_session_client_new(&connection->session, callbacks, connection.get());
  nghttp2_session_callbacks_del(callbacks);
  nghttp2_submit_settings(connection->session, NGHTTP2_FLAG_NONE, nullptr, 0);
  nghttp2_submit_window_update(connection->session, NGHTTP2_FLAG_NONE, 0, 1 << 20);
  for (int i = 0; i < streams; ++i) connection->begin();
  if (!connection->write()) throw std::runtime_error("the server does not take the connection");
  epoll_event event{.events = EPOLLIN, .data = {.ptr = connection.get()}};
  ::epoll_ctl(epoll, EPOLL_CTL_ADD, connection->socket, &event);
  return connection;
}

void read(Connection& connection) {
  std::array<std::uint8_t, 65'536> bytes{};
  const auto count = ::recv(connection.socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (count < 0 && errno == EAGAIN) return;
  if (count <= 0) throw std::runtime_error("the server closed a connection");
  if (nghttp2_session_mem_recv(connection.session, bytes.data(), static_cast<std::size_t>(count)) < 0 ||
      !connection.write()) {
    throw std::runtime_error("the server speaks no HTTP/2");
  }
}

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::string today() {
  const auto now = std::time(nullptr) + 9 * 3600;  // in Seoul
  std::array<char, 16> text{};
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
  return text.data();
}

void run(int argc, char** argv) {
  if (argc < 6) throw std::runtime_error("usage: record_steps_load PORT TOKENS CONNECTIONS STREAMS SECONDS [health]");
  Load load;
  load.asks_health = argc > 6 && std::string_view(argv[6]) == "health";
  if (load.asks_health) load.path = "/grpc.health.v1.Health/Check";
  load.date = today();
  std::ifstream tokens(argv[2]);
  for (std::string uuid, token; tokens >> uuid >> token;) load.walkers.push_back({uuid, "Bearer " + token});
  if (load.walkers.empty()) throw std::runtime_error("no tokens");
  load.microseconds.reserve(1 << 22);
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<std::unique_ptr<Connection>> connections;
  const auto processor = processor_seconds();
  const auto began = Clock::now();
  for (int i = 0; i < std::stoi(argv[3]); ++i) {
    connections.push_back(open(load, std::stoi(argv[1]), std::stoi(argv[4]), epoll));
  }
  const auto end = began + std::chrono::seconds(std::stoi(argv[5]));
  std::array<epoll_event, 64> events{};
  while (Clock::now() < end) {
    const int count = ::epoll_wait(epoll, events.data(), events.size(), 100);
    for (int i = 0; i < count; ++i) read(*static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr));
  }
  const std::chrono::duration<double> took = Clock::now() - began;
  const auto spent = processor_seconds() - processor;
  auto& times = load.microseconds;
  std::sort(times.begin(), times.end());
  const auto at = [&times](double share) {
    if (times.empty()) return 0.0;
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))] / 1000.0;
  };
  std::cout << "{\"calls\":" << times.size() << ",\"perSecond\":" << static_cast<double>(times.size()) / took.count()
            << ",\"p50\":" << at(0.5) << ",\"p99\":" << at(0.99) << ",\"most\":" << at(1)
            << ",\"failed\":" << load.failed << ",\"loadMicroseconds\":"
            << spent * 1e6 / static_cast<double>(std::max<std::size_t>(times.size() + load.failed, 1)) << "}"
            << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << error.what() << std::endl;
    return 1;
  }
  return 0;
}
