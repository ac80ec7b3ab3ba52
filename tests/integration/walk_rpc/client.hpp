#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dontgoback::test {

/// A call of any shape, in bytes. One thing at a time.
class Talk {
 public:
  struct Options {
    std::vector<std::string> authorization{"Bearer ann"};
    std::chrono::milliseconds deadline{10'000};
    bool compresses = false;  ///< what it sends
  };
  Talk(const std::shared_ptr<grpc::Channel>& channel, const std::string& method, const Options& options);
  ~Talk();

  bool write(const std::string& bytes);
  void writes_done();
  /// The next message; nothing when there is none any more.
  std::optional<std::string> read();
  grpc::Status finish();
  void cancel() { context_.TryCancel(); }

 private:
  bool next(int tag);

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  grpc::GenericStub stub_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
};

/// What a call with one message and one answer comes to.
struct Answered {
  grpc::Status status;
  std::string bytes;
};
Answered call(const std::shared_ptr<grpc::Channel>& channel, const std::string& method, const std::string& bytes,
              const Talk::Options& options = {});

}  // namespace dontgoback::test
