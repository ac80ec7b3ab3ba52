#include "client.hpp"

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <cstdint>
#include <stdexcept>

namespace dontgoback::test {
namespace {

enum Tag { kStart = 1, kWrite, kWritesDone, kRead, kFinish };

void* as_tag(int tag) { return reinterpret_cast<void*>(static_cast<std::intptr_t>(tag)); }

}  // namespace

Talk::Talk(const std::shared_ptr<grpc::Channel>& channel, const std::string& method, const Options& options)
    : stub_(channel) {
  for (const auto& each : options.authorization) context_.AddMetadata("authorization", each);
  if (options.compresses) context_.set_compression_algorithm(GRPC_COMPRESS_GZIP);
  context_.set_deadline(std::chrono::system_clock::now() + options.deadline);
  call_ = stub_.PrepareCall(&context_, method, &queue_);
  call_->StartCall(as_tag(kStart));
  next(kStart);
}

Talk::~Talk() {
  context_.TryCancel();
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
  }
}

bool Talk::next(int wanted) {
  void* tag = nullptr;
  bool ok = false;
  // Any thread may talk; Catch's assertions are for one.
  if (!queue_.Next(&tag, &ok) || tag != as_tag(wanted)) throw std::logic_error("the client's queue is out of order");
  return ok;
}

bool Talk::write(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  call_->Write(grpc::ByteBuffer(&slice, 1), as_tag(kWrite));
  return next(kWrite);
}

void Talk::writes_done() {
  call_->WritesDone(as_tag(kWritesDone));
  next(kWritesDone);
}

std::optional<std::string> Talk::read() {
  grpc::ByteBuffer buffer;
  call_->Read(&buffer, as_tag(kRead));
  if (!next(kRead)) return std::nullopt;
  grpc::Slice slice;
  if (!buffer.DumpToSingleSlice(&slice).ok()) throw std::logic_error("the message cannot be read");
  return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
}

grpc::Status Talk::finish() {
  grpc::Status status;
  call_->Finish(&status, as_tag(kFinish));
  next(kFinish);
  return status;
}

Answered call(const std::shared_ptr<grpc::Channel>& channel, const std::string& method, const std::string& bytes,
              const Talk::Options& options) {
  Talk talk(channel, method, options);
  talk.write(bytes);
  talk.writes_done();
  auto answer = talk.read();
  return {talk.finish(), answer.value_or("")};
}

}  // namespace dontgoback::test
