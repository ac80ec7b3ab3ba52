#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace dontgoback::walk::rpc {

/// So many of something at a time, and of them so many for each that has them. Any thread.
class Shares {
 public:
  /// `most_waiting`: that wait for one, in all, and `most_waiting_of_one` for each.
  Shares(std::size_t most, std::size_t most_of_one, std::size_t most_waiting = 0, std::size_t most_waiting_of_one = 0)
      : most_(most),
        most_of_one_(most_of_one),
        most_waiting_(most_waiting),
        most_waiting_of_one_(most_waiting_of_one) {}
  Shares(const Shares&) = delete;
  Shares& operator=(const Shares&) = delete;

  /// One of them, until it is destroyed, which is before `Shares` is.
  class Share {
   public:
    Share(Share&& other) noexcept : of_(std::exchange(other.of_, nullptr)), whose_(std::move(other.whose_)) {}
    Share& operator=(Share&& other) noexcept {
      std::swap(of_, other.of_);
      std::swap(whose_, other.whose_);
      return *this;
    }
    ~Share() {
      if (of_ != nullptr) of_->give_back(whose_);
    }

   private:
    friend class Shares;
    Share(Shares& of, std::string whose) : of_(&of), whose_(std::move(whose)) {}

    Shares* of_;
    std::string whose_;
  };

  /// Nothing when there is none left. `whose`: empty where nobody's are counted but all.
  std::optional<Share> take(std::string whose);
  /// Within the call or later, from whoever gives one back: whoever has the fewest comes first, then who came first. So
  /// those who hold many for long keep no one else waiting for longer than until one of them is given back. False, and
  /// it will not be called, when too many wait.
  using Granted = std::function<void(Share share)>;
  [[nodiscard]] bool await(std::string whose, Granted granted);

 private:
  struct Waiting {
    std::string whose;
    Granted granted;
  };

  struct Of {
    std::size_t taken = 0;
    std::size_t waiting = 0;
  };

  std::size_t taken_by(const std::string& whose) const;
  bool enter(const std::string& whose);
  void leave(const std::string& whose);
  void give_back(const std::string& whose);

  const std::size_t most_;
  const std::size_t most_of_one_;
  const std::size_t most_waiting_;
  const std::size_t most_waiting_of_one_;
  std::mutex mutex_;
  std::list<Waiting> waiting_;
  std::size_t taken_ = 0;
  std::unordered_map<std::string, Of> of_;  // those who have or wait for some
};

}  // namespace dontgoback::walk::rpc
