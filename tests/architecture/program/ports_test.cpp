#include "dontgoback/ports.hpp"

#include <catch2/catch.hpp>

namespace {

struct Light {
  virtual ~Light() = default;
};
struct Lamp final : Light {};
struct Bell {};

}  // namespace

TEST_CASE("a port is found by its own type and is the one that was offered") {
  dontgoback::Ports ports;
  const auto lamp = std::make_shared<Lamp>();
  ports.offer<Light>(lamp);
  CHECK(ports.find<Light>() == lamp);
  CHECK_FALSE(ports.find<Lamp>());
  CHECK_FALSE(ports.find<Bell>());
}

TEST_CASE("what would leave somebody without a port, or with another, is an error of the list of modules") {
  dontgoback::Ports ports;
  ports.offer<Light>(std::make_shared<Lamp>());
  CHECK_THROWS_AS(ports.offer<Light>(std::make_shared<Lamp>()), std::logic_error);
  CHECK_FALSE(ports.find<Bell>());
  CHECK_THROWS_AS(ports.offer<Bell>(std::make_shared<Bell>()), std::logic_error);
}

TEST_CASE("who comes before the owner finds the port later") {
  const auto lamp = std::make_shared<Lamp>();
  std::function<std::shared_ptr<Light>()> light, again;
  {
    dontgoback::Ports ports;
    light = ports.later<Light>();
    CHECK_FALSE(light());
    ports.offer<Light>(lamp);
    again = ports.later<Light>();
    CHECK_THROWS_AS(ports.offer<Light>(lamp), std::logic_error);
    CHECK_FALSE(ports.later<Bell>()());
  }
  CHECK(light() == lamp);
  CHECK(again() == lamp);
}

TEST_CASE("what several modules offer is found by their names, all of it, or it was offered too late") {
  dontgoback::Ports ports;
  const auto hall = std::make_shared<Lamp>(), porch = std::make_shared<Lamp>();
  ports.offer<Light>("hall", hall);
  ports.offer<Light>("porch", porch);
  CHECK_THROWS_AS(ports.offer<Light>("hall", porch), std::logic_error);
  CHECK(ports.all<Light>() == std::map<std::string, std::shared_ptr<Light>>{{"hall", hall}, {"porch", porch}});
  CHECK_FALSE(ports.find<Light>());
  CHECK(ports.all<Bell>().empty());
  CHECK_THROWS_AS(ports.offer<Light>("attic", porch), std::logic_error);
}
