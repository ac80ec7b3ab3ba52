#pragma once

#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <typeindex>
#include <typeinfo>
#include <unordered_map>
#include <utility>

namespace dontgoback {

/// What the modules of this process offer one another: ports (`dontgoback/ports/`), found by their type. Filled by
/// `Module::connect`, owners before users; one thread, before anything runs. Only module.cpp files and src/app see it:
/// what needs a port further inside is given it.
///
/// A port is there before its owner has started, and in a command, for which nothing is started: finding one opens
/// nothing. What a port needs (a key, a secret) it opens when it is first asked.
class Ports {
 public:
  /// `ports.offer<ports::AssetSource>(source)`. Throws std::logic_error when one is offered already, or was looked for
  /// in vain before: then its owner must come before its users in the list of modules.
  template <class Port>
  void offer(std::type_identity_t<std::shared_ptr<Port>> port) {
    static_assert(!std::is_const_v<Port>);
    put(typeid(Port), std::move(port));
  }
  /// Null: nobody offers it; the node neither runs its owner nor knows where it is.
  template <class Port>
  std::shared_ptr<Port> find() const {
    static_assert(!std::is_const_v<Port>);
    return std::static_pointer_cast<Port>(get(typeid(Port)));
  }

  /// The same for who comes before the owner because the owner needs a port of its own: two modules that know one
  /// another. What is returned finds the port once all modules have connected, and outlives this.
  template <class Port>
  std::function<std::shared_ptr<Port>()> later() {
    static_assert(!std::is_const_v<Port>);
    auto& awaited = awaited_[typeid(Port)];
    if (!awaited) {
      const auto there = ports_.find(typeid(Port));
      awaited = std::make_shared<std::shared_ptr<void>>(there == ports_.end() ? nullptr : there->second);
    }
    return [awaited] { return std::static_pointer_cast<Port>(*awaited); };
  }

  /// A port that several modules offer, each by its own name. Throws as the other.
  template <class Port>
  void offer(const std::string& owner, std::type_identity_t<std::shared_ptr<Port>> port) {
    auto& named = named_[typeid(Port)];
    if (named.looked_for || !named.ports.emplace(owner, std::move(port)).second) {
      throw std::logic_error(std::string(typeid(Port).name()) + " of " + owner + " is offered twice, or too late");
    }
  }
  /// All that are offered, by the names of who does.
  template <class Port>
  std::map<std::string, std::shared_ptr<Port>> all() const {
    auto& named = named_[typeid(Port)];
    named.looked_for = true;
    std::map<std::string, std::shared_ptr<Port>> ports;
    for (const auto& [owner, port] : named.ports) ports.emplace(owner, std::static_pointer_cast<Port>(port));
    return ports;
  }

 private:
  struct Named {
    std::map<std::string, std::shared_ptr<void>> ports;
    bool looked_for = false;
  };
  void put(const std::type_info& type, std::shared_ptr<void> port) {
    const auto [offered, is_new] = ports_.emplace(type, std::move(port));
    if (!is_new) throw std::logic_error(std::string(type.name()) + " is offered twice, or after it was looked for");
    if (const auto awaited = awaited_.find(type); awaited != awaited_.end()) *awaited->second = offered->second;
  }
  std::shared_ptr<void> get(const std::type_info& type) const { return ports_.try_emplace(type).first->second; }

  mutable std::unordered_map<std::type_index, std::shared_ptr<void>> ports_;  // null: looked for in vain
  mutable std::unordered_map<std::type_index, Named> named_;
  std::unordered_map<std::type_index, std::shared_ptr<std::shared_ptr<void>>> awaited_;
};

}  // namespace dontgoback
