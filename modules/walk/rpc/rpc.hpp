#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dontgoback/id.hpp"
#include "dontgoback/result.hpp"
#include "dontgoback/security/files/certificate.hpp"
#include "steps/steps.hpp"

// The gRPC server is a shared object, loaded where it serves: linked into the program it would cost every node memory.
// This header is all that both sides know of one another. It holds no code that either would have to export.
namespace dontgoback::walk::rpc {

/// What the server asks of the module. Any thread. Nothing here blocks: what has to wait for the database is answered
/// from another thread. Each answer comes once, also within the call when nothing can be asked now.
class Calls {
 public:
  template <class T>
  using Answer = std::function<void(Result<T>)>;

  virtual ~Calls() = default;

  struct Caller {
    WalkerId walker;
    std::string uuid;  ///< as text, in lower case
  };
  /// Whose access token it is, now: asked again of a stream's token, which may have ended meanwhile, or its session. Of
  /// a server whose callers are known by name (Settings) also whose UUID that is which a call names, as it was sent.
  virtual void authenticate(std::string access_token, Answer<Caller> answer) = 0;
  virtual void record(WalkerId walker, std::vector<steps::Update> updates,
                      Answer<std::vector<steps::Recorded>> answer) = 0;

  struct DayOf {
    std::string walker;  ///< UUID, as text
    time::Day day;
    std::int32_t steps = 0;
    std::int32_t rank = 0;  ///< of that day among those asked for, from 1 on
  };
  struct Days {
    std::optional<time::Day> from;  ///< the last kDaysBack where nothing is said
    std::optional<time::Day> to;    ///< today where nothing is said
  };
  /// Days of the walkers with these UUIDs, at most kMostWalkers, which are the caller itself or friends of it
  /// (forbidden, of whoever is neither or nobody at all). In order of day. Of several walkers one day: `days.to`.
  virtual void days_of(WalkerId caller, std::vector<std::string> uuids, Days days,
                       Answer<std::vector<DayOf>> answer) = 0;

  /// Ended by destroying it: then `changed` is not being called, and never will be. From within it, too.
  class Watch {
   public:
    virtual ~Watch() = default;
  };
  /// Calls `changed`, which must not block, when something may be new for who looks at the days of these walkers (none:
  /// of the caller and its friends), once a second at most.
  virtual std::unique_ptr<Watch> watch(WalkerId caller, std::vector<std::string> uuids,
                                       std::function<void()> changed) = 0;

  struct BoardEntry {
    std::string walker;
    std::string nickname;
    std::int32_t steps = 0;
    std::int32_t rank = 0;
    bool is_me = false;
    bool is_doubtful = false;
  };
  enum class Period { today, week, month };
  /// The caller's board of friends.
  virtual void board(WalkerId caller, Period period, Answer<std::vector<BoardEntry>> answer) = 0;

  /// What is in the files of Settings, or why they cannot serve. Blocks.
  virtual std::variant<security::CertificatePair, security::CertificateProblem> certificate(
      const security::CertificateFiles& files) const = 0;
  /// `YYYY-MM-DD`, read and written.
  virtual std::optional<time::Day> day_of(std::string_view text) const = 0;
  virtual std::string text_of(time::Day day) const = 0;
  /// A line for the log.
  virtual void warn(std::string_view line) = 0;
};

inline constexpr std::size_t kMostWalkers = 501;  ///< of one question: oneself and as many friends as one may have

struct Settings {
  std::string listen{};       ///< ADDR:PORT
  std::string certificate{};  ///< a PEM file; empty: plain (h2c)
  std::string key{};
  std::size_t max_connections = 1000;
  /// What says whose call it is. By name: where there is no token, the UUID that it names, of several the first; then
  /// step.StepService is served alone.
  enum class Callers { by_token, by_name };
  Callers callers = Callers::by_token;
  std::string option = "--grpc-listen";            ///< what gave the address
  std::chrono::milliseconds client_reads{60'000};  ///< a write that waits for longer ends its stream
  std::chrono::milliseconds looked_at{2'000};      ///< so often all streams are
};

/// A server that serves. Destroying it ends all calls and waits for them.
class Server {
 public:
  virtual ~Server() = default;
  virtual int port() const = 0;
  /// Whether it takes calls, as gRPC's health service says. True at first.
  virtual void set_serving(bool serving) = 0;
};

/// The one symbol of the shared object, `dontgoback_grpc_server`. Null, and `error` says why, when it cannot serve.
/// `Calls` outlives the server.
using MakeServer = Server* (*)(const Settings&, Calls&, std::string& error);

}  // namespace dontgoback::walk::rpc
