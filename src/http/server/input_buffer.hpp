#pragma once

#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "http/server/memory_budget.hpp"

namespace dontgoback::http {

struct Block {
  std::unique_ptr<char[]> data;
  std::size_t size = 0;
};

/// Blocks of one size that the connections of a loop read to, used again.
class BlockPool {
 public:
  static constexpr std::size_t kBlock = 4 * 1024;

  Block take();
  /// Blocks of other sizes are freed.
  void give_back(Block block);

 private:
  static constexpr std::size_t kKept = 64;
  std::vector<Block> free_;
};

/// What a connection has read and not used up. It has no memory while nothing has arrived, a block while a request is
/// small, and grows for a head that needs it: clients that say nothing cost nothing.
class InputBuffer {
 public:
  /// Heads have at most `longest_head` bytes, or a block. Pool and budget outlive the buffer.
  InputBuffer(BlockPool& pool, MemoryBudget& budget, std::size_t longest_head);
  ~InputBuffer();

  std::string_view unread() const { return {in_.data.get() + used_, received_ - used_}; }
  void use(std::size_t bytes) { used_ += bytes; }

  bool has_memory() const { return in_.size > 0; }
  /// Where to read to; empty when it is full.
  boost::asio::mutable_buffer space();
  void arrived(std::size_t bytes) { received_ += bytes; }

  /// As long as a head may be, and nothing else.
  bool is_full_of_head() const { return received_ == longest_head_; }
  /// Makes space for more of a head, into which no views are held yet. False: the budget has none.
  bool grow();
  enum class Made { yes, full, no_memory };
  /// Makes space for more of a body: what was used of the head stays where it is until `next`. Full: a block of what is
  /// there could not be used.
  Made make_space_behind_head(MemoryShare::Reach reach);

  /// The request has been answered: what was used is forgotten, and the memory with it when nothing else has arrived.
  void next();
  /// Nothing of it is needed any more: all is forgotten, whatever has arrived.
  void drop();

 private:
  BlockPool& pool_;
  const std::size_t longest_head_;
  MemoryShare share_;
  Block head_;  // once it is kept apart
  Block in_;
  std::size_t received_ = 0;  // of in_
  std::size_t used_ = 0;
};

}  // namespace dontgoback::http
