#pragma once

#include <string>
#include <string_view>

namespace dontgoback::mail {

/// What became of a mail.
struct Answer {
  enum class Kind {
    done,
    later,    ///< not now: the same may work later
    refused,  ///< never will
  };
  Kind kind;
  std::string what;  ///< one line for an operator and the log: no address in it
};

/// What is written on the outside.
struct Envelope {
  std::string_view id;    ///< of the letter
  std::string_view from;  ///< addresses
  std::string_view to;
};

/// A way out of the node. One thread at a time.
class Way {
 public:
  virtual ~Way() = default;
  /// Hands a composed mail over. May block for 30 s. What is broken here (a full disk) throws.
  virtual Answer send(const Envelope& envelope, std::string_view mail) = 0;
};

}  // namespace dontgoback::mail
