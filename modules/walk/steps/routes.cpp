#include "recorder.hpp"

namespace dontgoback::walk::steps {

std::unique_ptr<Recorder> make_recorder(Host& host, const http::Authenticator&, Listeners listeners,
                                        const Limits& limits) {
  return std::make_unique<QueuedRecorder>(
      QueuedRecorder::Parts{host.database, host.clock, host.trust, std::move(listeners), limits});
}

}  // namespace dontgoback::walk::steps
