#include "told_here.hpp"

#include <atomic>

namespace dontgoback::walk::rpc {
namespace {

constexpr int kDeepest = 4;  // a thread has one stack

std::atomic<grpc_completion_queue*> queue_of_all{nullptr};
thread_local int depth = 0;

}  // namespace

void ToldHere::of(grpc_completion_queue* queue) { queue_of_all.store(queue, std::memory_order_relaxed); }

ToldHere::ToldHere() : queue_(depth < kDeepest ? queue_of_all.load(std::memory_order_relaxed) : nullptr) {
  if (queue_ != nullptr) grpc_completion_queue_thread_local_cache_init(queue_);
}

ToldHere::~ToldHere() {
  void* tag = nullptr;
  int ok = 0;
  if (queue_ == nullptr || grpc_completion_queue_thread_local_cache_flush(queue_, &tag, &ok) == 0) return;
  auto* told = static_cast<grpc_completion_queue_functor*>(tag);
  ++depth;
  told->functor_run(told, ok);
  --depth;
}

}  // namespace dontgoback::walk::rpc
