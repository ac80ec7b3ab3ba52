#pragma once

#include <cstdint>
#include <string>

#include "dontgoback/time/clock.hpp"

namespace dontgoback::auth {

/// Who does something: a client over the network, an operator at the command line (`cli:USER`), or the node itself.
struct Actor {
  std::string name;
  std::string address;  ///< of a client; the name of the machine for the others

  static Actor node();
};

/// A row of the audit trail: who, what, about what, from where, with which result. No secret and no token is ever in
/// it.
struct AuditEntry {
  std::int64_t id = 0;
  time::Timestamp at{};
  Actor actor;
  std::string action;      ///< `token`, `introspect`, `revoke`, `client add`, `key rotate` …
  std::string subject;     ///< a client's id or a kid; empty where there is none
  std::string result;      ///< `done`; the error code of a client's refusal, `refused: ` and why of an operator's
  std::string reason{};    ///< of a client's refusal: one word that says what exactly was wrong
  std::int64_t times = 1;  ///< alike refusals within a few seconds share a row
};

}  // namespace dontgoback::auth
