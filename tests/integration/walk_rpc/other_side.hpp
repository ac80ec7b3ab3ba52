#pragma once

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "walk/rpc/loading.hpp"
#include "walk/rpc/rpc.hpp"

namespace dontgoback::test {

/// The module's side of the seam: a walker for each token, and days in memory. It answers within the call, unless it is
/// told to keep its answers.
class OtherSide final : public walk::rpc::Calls {
 public:
  static inline const std::string kAnn = "00000000-0000-4000-8000-00000000000a";
  static inline const std::string kBob = "00000000-0000-4000-8000-00000000000b";
  static constexpr const char* kAnnsToken = "ann";
  static constexpr const char* kBobsToken = "bob";

  void authenticate(std::string access_token, Answer<Caller> answer) override;
  void record(WalkerId walker, std::vector<walk::steps::Update> updates,
              Answer<std::vector<walk::steps::Recorded>> answer) override;
  void days_of(WalkerId caller, std::vector<std::string> uuids, Days days, Answer<std::vector<DayOf>> answer) override;
  std::unique_ptr<Watch> watch(WalkerId caller, std::vector<std::string> uuids, std::function<void()> changed) override;
  void board(WalkerId caller, Period period, Answer<std::vector<BoardEntry>> answer) override;
  std::variant<security::CertificatePair, security::CertificateProblem> certificate(
      const security::CertificateFiles& files) const override;
  std::optional<time::Day> day_of(std::string_view text) const override;
  std::string text_of(time::Day day) const override;
  void warn(std::string_view line) override;

  void sign_out(const std::string& token);
  /// From now on what is recorded is answered when `let_go` says so, the last first.
  void keep_answers();
  void let_go();
  /// Waits until so many are kept.
  void wait_for_kept(std::size_t count);
  void walk(const std::string& uuid, const std::string& day, std::int32_t steps);
  void set_board(std::vector<BoardEntry> entries);
  /// Tells everybody who watches.
  void tell();
  std::size_t watchers();
  std::vector<walk::steps::Update> recorded();
  int boards_asked();
  Failure refusal{FailureKind::unavailable, {"안 됩니다.", "Not now."}};
  std::set<std::int32_t> refused_totals{};

 private:
  class Watching;

  std::recursive_mutex mutex_;  // what it tells asks it in turn
  std::condition_variable_any changed_;
  std::set<std::string> signed_out_;
  bool keeps_ = false;
  std::deque<std::function<void()>> kept_;
  std::map<std::pair<std::string, time::Day>, std::int32_t> days_;
  std::vector<BoardEntry> board_;
  std::set<Watching*> watching_;
  std::vector<walk::steps::Update> recorded_;
  int boards_asked_ = 0;
};

/// The shared object, served.
struct Served {
  explicit Served(walk::rpc::Settings settings = {}) {
    settings.listen = "127.0.0.1:0";
    server = walk::rpc::load_server(DONTGOBACK_GRPC_OBJECT, settings, calls);
  }
  /// Of a connection of its own.
  std::shared_ptr<grpc::Channel> channel() const { return channel_to(server->port()); }
  static std::shared_ptr<grpc::Channel> channel_to(int port) {
    grpc::ChannelArguments arguments;
    arguments.SetInt("grpc.use_local_subchannel_pool", 1);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 100);
    return grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials(),
                                     arguments);
  }

  OtherSide calls{};
  std::unique_ptr<walk::rpc::Server> server;
};

}  // namespace dontgoback::test
