#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dontgoback/http/identity.hpp"
#include "dontgoback/result.hpp"
#include "steps/steps.hpp"

// The gRPC server is a shared object, loaded where it serves: linked into the program it would cost every node memory.
// This header is all that both sides know of one another. It holds no code that either would have to export.
namespace dontgoback::walk::rpc {

/// What the server asks of the module. Any thread. Nothing here blocks: what has to wait for the database answers from
/// another thread.
class Calls {
 public:
  template <class T>
  using Answer = std::function<void(Result<T>)>;

  virtual ~Calls() = default;
  /// Whose access token it is.
  virtual void authenticate(std::string access_token, Answer<http::Identity> answer) = 0;
  virtual void record(WalkerId walker, std::vector<steps::Update> updates,
                      Answer<std::vector<steps::Recorded>> answer) = 0;

  struct DayOf {
    std::string walker;  ///< UUID, as text
    time::Day day;
    std::int32_t steps;
    std::int32_t rank = 0;  ///< among those asked for, from 1 on
  };
  /// Days of the walkers with these UUIDs, which are the caller itself or friends of it (forbidden); `day`: that one
  /// alone; nothing: the last kDaysBack. In order of day.
  virtual void days_of(WalkerId caller, std::vector<std::string> uuids, std::optional<time::Day> day,
                       Answer<std::vector<DayOf>> answer) = 0;

  /// Ended by destroying it: then `changed` is not being called, and never will be.
  class Watch {
   public:
    virtual ~Watch() = default;
  };
  /// Calls `changed`, which must not block, when something may be new for who looks at the days of these walkers, once
  /// a second at most.
  virtual std::unique_ptr<Watch> watch(WalkerId caller, std::vector<std::string> uuids,
                                       std::function<void()> changed) = 0;

  struct BoardEntry {
    std::string walker;
    std::string nickname;
    std::int32_t steps;
    std::int32_t rank;
    bool is_me;
    bool is_doubtful;
  };
  enum class Period { today, week, month };
  /// The caller's board of friends.
  virtual void board(WalkerId caller, Period period, Answer<std::vector<BoardEntry>> answer) = 0;
};

struct Settings {
  std::string listen;       ///< ADDR:PORT
  std::string certificate;  ///< a PEM file; empty: plain (h2c)
  std::string key;
};

/// A server that serves. Destroying it ends all calls and waits for them.
class Server {
 public:
  virtual ~Server() = default;
  virtual int port() const = 0;
  /// Whether it takes calls, as gRPC's health service says.
  virtual void set_serving(bool serving) = 0;
};

/// The one symbol of the shared object, `dontgoback_grpc_server`. Null, and `error` says why, when it cannot serve.
using MakeServer = Server* (*)(const Settings&, Calls&, std::string& error);

}  // namespace dontgoback::walk::rpc
