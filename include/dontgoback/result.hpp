#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace dontgoback {

/// A sentence shown to people, in both languages of the service. Both views must outlive every use: string literals.
struct Message {
  std::string_view ko;
  std::string_view en;
};

/// Why an expected thing did not happen. Each kind has one HTTP status (`http::status_of`).
enum class FailureKind {
  invalid,          ///< 400: the input breaks a rule
  unauthenticated,  ///< 401: nobody is signed in, or the credential is not good
  forbidden,        ///< 403: somebody is, but may not do this
  not_found,        ///< 404: not there, or deleted
  conflict,         ///< 409: contradicts what is already there
  too_large,        ///< 413: more than the stated limit
  rate_limited,     ///< 429: too often from here
  unavailable,      ///< 503: something needed is away or busy; the same call may work later
};

struct Failure {
  FailureKind kind;
  Message message;
};

/// Either a value or the reason there is none. What callers must expect is said here; what is broken throws.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Failure failure) : state_(failure) {}

  explicit operator bool() const noexcept { return state_.index() == 0; }
  bool has_value() const noexcept { return state_.index() == 0; }

  /// The value; throws std::bad_variant_access on a failure.
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  /// The failure; throws std::bad_variant_access on a value.
  const Failure& failure() const { return std::get<1>(state_); }

 private:
  std::variant<T, Failure> state_;
};

/// What a Result carries when there is nothing to say but "done".
struct Done {};

/// Something this process depends on is away, locked or overloaded: the request becomes a 503 with `Retry-After`.
/// `what()` is for the log only.
class Unavailable : public std::runtime_error {
 public:
  /// What it means to who asked: the sentence that people read.
  enum class Effect {
    not_done,       ///< something needed is away; whoever answers requests logs the cause
    too_many,       ///< more is asked at once than can be done
    not_read,       ///< what is stored cannot be read; whoever stores has logged the cause
    not_saved,      ///< and so with what was to be stored: nothing of it is
    perhaps_saved,  ///< whether it was stored is not known
  };

  explicit Unavailable(const std::string& cause, int retry_after_seconds = 1)
      : std::runtime_error(cause), retry_after_seconds_(retry_after_seconds) {}
  Unavailable(const std::string& cause, Effect effect)
      : std::runtime_error(cause),
        retry_after_seconds_(effect == Effect::not_read || effect == Effect::not_saved ? 5 : 1),
        effect_(effect) {}
  int retry_after_seconds() const noexcept { return retry_after_seconds_; }
  Effect effect() const noexcept { return effect_; }

 private:
  int retry_after_seconds_;
  Effect effect_ = Effect::not_done;
};

}  // namespace dontgoback
