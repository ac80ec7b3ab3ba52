#include "http/server/input_buffer.hpp"

#include <algorithm>
#include <utility>

namespace dontgoback::http {

Block BlockPool::take() {
  if (free_.empty()) return {std::make_unique_for_overwrite<char[]>(kBlock), kBlock};
  Block block = std::move(free_.back());
  free_.pop_back();
  return block;
}

void BlockPool::give_back(Block block) {
  if (block.size == kBlock && free_.size() < kKept) free_.push_back(std::move(block));
}

InputBuffer::InputBuffer(BlockPool& pool, MemoryBudget& budget, std::size_t longest_head)
    : pool_(pool), longest_head_(std::max(longest_head, BlockPool::kBlock)), share_(budget) {}

InputBuffer::~InputBuffer() {
  pool_.give_back(std::move(head_));
  pool_.give_back(std::move(in_));
}

boost::asio::mutable_buffer InputBuffer::space() {
  if (!has_memory()) in_ = pool_.take();
  return {in_.data.get() + received_, in_.size - received_};
}

bool InputBuffer::grow() {
  const auto size = std::min(2 * in_.size, longest_head_);
  if (!share_.grow_to(size, MemoryShare::Reach::half)) return false;
  Block larger{std::make_unique_for_overwrite<char[]>(size), size};
  std::copy_n(in_.data.get(), received_, larger.data.get());
  pool_.give_back(std::exchange(in_, std::move(larger)));
  return true;
}

InputBuffer::Made InputBuffer::make_space_behind_head(MemoryShare::Reach reach) {
  const auto left = unread();
  if (left.size() >= BlockPool::kBlock) return Made::full;
  if (head_.size > 0) {
    std::copy(left.begin(), left.end(), in_.data.get());
  } else {
    const auto both = BlockPool::kBlock + (in_.size > BlockPool::kBlock ? in_.size : 0);
    if (!share_.grow_to(both, reach)) return Made::no_memory;
    Block behind = pool_.take();
    std::copy(left.begin(), left.end(), behind.data.get());
    head_ = std::exchange(in_, std::move(behind));
  }
  received_ = left.size();
  used_ = 0;
  return Made::yes;
}

void InputBuffer::drop() {
  use(unread().size());
  next();
}

void InputBuffer::next() {
  pool_.give_back(std::exchange(head_, {}));
  const auto left = unread();
  if (left.empty()) {
    pool_.give_back(std::exchange(in_, {}));
    share_.release();
  } else {
    std::copy(left.begin(), left.end(), in_.data.get());
  }
  received_ = left.size();
  used_ = 0;
}

}  // namespace dontgoback::http
