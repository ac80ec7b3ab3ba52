#pragma once

#include <grpc/grpc.h>

namespace dontgoback::walk::rpc {

/// What a thread asks of gRPC is often done at once: a message that has come is read, an answer goes into the socket.
/// The first such thing while this lives is told by the same thread when it ends, where gRPC would wake another for it;
/// within what is told so, a few times at most. Not where a lock is held at its end: any reaction of any call may be
/// told.
class ToldHere {
 public:
  /// gRPC has one queue of what it tells for all servers of a process; its calls say which.
  static void of(grpc_completion_queue* queue);

  ToldHere();
  ~ToldHere();
  ToldHere(const ToldHere&) = delete;
  ToldHere& operator=(const ToldHere&) = delete;

 private:
  grpc_completion_queue* const queue_;
};

}  // namespace dontgoback::walk::rpc
