#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dontgoback/config/node.hpp"
#include "dontgoback/http/client.hpp"
#include "dontgoback/module.hpp"
#include "dontgoback/time/clock.hpp"

// What modules do in `dontgoback setup`, which makes a node of a bare machine. Every call may be made again, after
// whatever stopped the last one.
namespace dontgoback::setup {

/// A key of the configuration file, and its value, a text.
struct Entry {
  std::string key;
  std::string value;
};

/// What the operator is told: what was done, what is left to do, what is wrong, or what is good to know.
struct Said {
  enum class State { done, note, left, wrong };
  State state = State::done;
  std::string text;    ///< a sentence without its full stop
  std::string line{};  ///< to be pasted or opened; empty: nothing
};

/// A node that is to be one of several.
struct Joining {
  /// `join` by a code that another node's setup printed; `look` where the others are by now, as a node that has
  /// joined; `new_secret` in the place of the one it has.
  enum class To { join, look, new_secret };
  To to = To::look;
  std::string code{};      ///< of `join`
  std::string role;        ///< `core`
  std::string public_url;  ///< what others reach it by; empty: as it was
  std::filesystem::path data_dir;
  bool takes_insecure_http = false;  ///< secrets may travel without TLS to other machines
  http::Client& client;
  const time::Clock& clock;
};

struct Joined {
  std::vector<Entry> settings;  ///< that the node needs from now on
  std::vector<Said> said;
};

/// Another node that this one calls.
struct OtherNode {
  std::string subject;  ///< "the auth server"
  std::string option;   ///< what says where it is: `--auth-url`
  std::string url;
  std::string path;  ///< answered there, if only by 404 or 405, with a `Date`
};

/// A module that has a part in it is one of these besides.
class Party {
 public:
  virtual ~Party() = default;
  /// What the configuration of a new node of that role must say for the module, where nobody says otherwise.
  virtual std::vector<Entry> settings(const std::string& /*role*/, const std::string& /*public_url*/) const {
    return {};
  }
  /// On a node that does not run the module. Nothing: it knows nobody to join. Throws std::invalid_argument for a code
  /// that is none.
  virtual Joined join(const Joining&) { return {}; }
  /// On a node that runs it: configuration, database and keys are there.
  virtual std::vector<Said> prepare(Host&) { return {}; }
  /// The nodes that this one calls for the module, as its options say.
  virtual std::vector<OtherNode> others(const config::Node&) const { return {}; }
};

}  // namespace dontgoback::setup
