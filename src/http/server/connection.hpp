#pragma once

#include <boost/asio/buffer.hpp>
#include <memory>
#include <optional>
#include <string>

#include "http/server/body_lane.hpp"
#include "http/server/channel.hpp"
#include "http/server/chunked_stream.hpp"
#include "http/server/event_loop.hpp"
#include "http/server/head.hpp"
#include "http/server/input_buffer.hpp"
#include "http/server/request_body.hpp"
#include "http/server/request_parser.hpp"
#include "http/server/service.hpp"
#include "http/server/stream_places.hpp"

namespace dontgoback::http {

/// One client's socket from accept to close: reads requests, has them answered, writes the answers. Lives in one loop
/// and is touched by its thread only, except for the request in hand while a lane has it.
class Connection : public InLoop, public InWaitingLine, public std::enable_shared_from_this<Connection> {
 public:
  enum class Kind {
    user,
    management,  ///< not logged
    surplus,     ///< one too many: told so and closed
  };
  struct Visitor {
    Kind kind;
    Address address;
    AddressPlaces::Place place;
    const security::ServerCertificate* certificate = nullptr;  ///< TLS is ended here
  };
  /// On the loop's thread, as everything.
  Connection(Service& service, EventLoop& loop, Socket socket, const RouteTable& routes, Visitor visitor);
  ~Connection();

  /// Serves until the client or a time limit ends it.
  static void start(std::shared_ptr<Connection> connection);

  /// Interrupts what is waited for when its limit has passed.
  void expire_if_past(SteadyTime now);
  /// Ends after the request in hand or the one that has arrived; when there is none, with the step that says so.
  void drain();
  /// Ends for another client's sake. False: this one's request is just coming.
  bool give_way();
  const AddressPlaces::Place& place() const { return visitor_.place; }
  SteadyTime waits_since{};  ///< for the waiting line
  void wake_stream(bool cut);
  Executor executor() { return channel_.socket().get_executor(); }

 private:
  static constexpr std::size_t kLongestLoggedPath = 128;
  enum class Phase { idle, head, body, answering, writing, streaming, leaving };
  enum class Parsed { whole, partly, refused };
  enum class Written { all, partly, failed };

  // connection.cpp: the way of a request
  static Awaitable<void> live(std::shared_ptr<Connection> self);
  Awaitable<bool> greet();
  Awaitable<void> serve();
  Awaitable<void> turn_away();
  Awaitable<void> linger();
  void decide();
  void refuse(int status);
  void refuse_for_memory();
  MemoryShare::Reach reach_of_sender() const;
  void account_for(bool was_stream);
  /// Management answers until the very end, so that probes see what happens.
  bool draining() const { return drain_step() != Drain::none; }
  Drain drain_step() const { return visitor_.kind == Kind::user ? service_.drain.load() : Drain::none; }
  /// Whether no request is waited for any more, had none arrived.
  bool dismissed() const;
  void wait_within(Phase phase, std::chrono::milliseconds limit);
  void wait_until(Phase phase, SteadyTime deadline);

  // connection_input.cpp
  void begin_request();
  Parsed parse_head();
  Parsed parse_body();
  /// Whole with the head. Refuses one that is wrong.
  bool body_has_arrived();
  bool wait_for_head();
  /// More of the request. False: there will be none.
  Awaitable<bool> receive();
  /// Of the next request, read or still with the kernel.
  bool anything_received() const;
  void stop_waiting();
  Awaitable<void> read_body();
  void read_failed();

  // connection_answer.cpp: how a response comes about
  Awaitable<void> answer();
  void admit();
  void handle();
  void admit_and_handle();
  Awaitable<void> run(void (Connection::*step)());
  Awaitable<void> run_in(WorkerLane& lane, void (Connection::*step)());

  // connection_output.cpp
  void prepare_answer();
  std::size_t write_some(boost::system::error_code& error);
  Written write_now();
  Awaitable<void> write_answer();
  Awaitable<void> write(SteadyTime until);

  // connection_stream.cpp: answers of open end
  void find_place();
  Awaitable<void> stream();
  void begin_stream(const std::shared_ptr<ChunkedStream>& stream);
  void forget_request();
  Awaitable<void> send_stream(ChunkedStream& stream, bool chunked);
  void watch_for_end(std::shared_ptr<ChunkedStream> stream);

  Service& service_;
  EventLoop& loop_;
  const RouteTable& routes_;
  const Visitor visitor_;
  Channel channel_;

  Phase phase_ = Phase::idle;
  SteadyTime deadline_ = SteadyTime::max();
  bool expired_ = false;
  bool gave_way_ = false;

  // The request, whose head stays in the buffer until it is answered.
  InputBuffer input_;
  RequestBody body_;
  Exchange exchange_;
  std::optional<RequestParser> parser_;
  SteadyTime began_{};
  bool first_ = true;

  // The answer.
  std::optional<Response> response_;
  bool keep_ = false;    // the connection, after this answer; before the first one false
  bool unread_ = false;  // the client may still be sending this request
  bool broken_ = false;  // nothing more can be written
  std::string head_;
  Channel::Pieces unsent_;
  std::optional<off_t> body_in_file_;  // of the program, where unsent_[1] begins
  std::size_t answer_bytes_ = 0;
  MemoryShare unsent_share_;

  std::optional<BodyLane::Place> body_place_;
  std::optional<StreamPlaces::Place> stream_place_;
  ChunkedStream* stream_ = nullptr;
  Timer* stream_bell_ = nullptr;
};

}  // namespace dontgoback::http
