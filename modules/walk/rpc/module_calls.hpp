#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "dontgoback/limits/limiter.hpp"
#include "dontgoback/shared/state.hpp"
#include "dontgoback/storage/database.hpp"
#include "dontgoback/time/clock.hpp"
#include "rpc.hpp"
#include "watches.hpp"
#include "workers.hpp"

namespace dontgoback::walk::rpc {

class Names;

/// What the module answers the gRPC server with.
class ModuleCalls final : public Calls {
 public:
  using MakeBoard = std::function<std::vector<BoardEntry>(storage::Connection&, WalkerId caller, Period)>;

  struct Needs {
    const Names& names;
    steps::Recorder& recorder;
    MakeBoard board;
    storage::Database& database;
    shared::State& state;
    limits::Limiter& limiter;
    const time::Clock& clock;
  };
  /// What it needs outlives it. It is to end after the server, and before the recorder.
  explicit ModuleCalls(Needs needs);
  ~ModuleCalls() override;

  void authenticate(std::string access_token, Answer<Caller> answer) override;
  void record(WalkerId walker, std::vector<steps::Update> updates,
              Answer<std::vector<steps::Recorded>> answer) override;
  void days_of(WalkerId caller, std::vector<std::string> uuids, Days days, Answer<std::vector<DayOf>> answer) override;
  std::unique_ptr<Watch> watch(WalkerId caller, std::vector<std::string> uuids, std::function<void()> changed) override;
  void board(WalkerId caller, Period period, Answer<std::vector<BoardEntry>> answer) override;
  std::variant<security::CertificatePair, security::CertificateProblem> certificate(
      const security::CertificateFiles& files) const override;
  std::optional<time::Day> day_of(std::string_view text) const override;
  std::string text_of(time::Day day) const override;
  void warn(std::string_view line) override;

 private:
  struct Finished {
    Answer<std::vector<steps::Recorded>> answer;
    Result<std::vector<steps::Recorded>> recorded;
  };
  void finish(Finished finished);
  void tell_finished();
  Result<Caller> holder_of(const std::string& credential) const;
  bool is_too_often(const limits::Rate& rate, WalkerId walker);
  template <class T>
  void read(const limits::Rate& rate, WalkerId caller, Answer<T> answer,
            std::function<Result<T>(storage::Connection&)> work);

  const Needs needs_;
  // Ended by who waits for what is recorded: the recorder answers each call, and after its last answer this may go.
  struct UnderWay;
  const std::unique_ptr<UnderWay> under_way_;
  // What is recorded is told by one thread at a time, which goes on while there is more: so a commit wakes one, once.
  std::mutex finished_mutex_;
  std::vector<Finished> finished_;
  bool telling_ = false;
  Watches watches_;
  Workers answering_;  // what is out of memory
  Workers reading_;    // SQL
};

}  // namespace dontgoback::walk::rpc
