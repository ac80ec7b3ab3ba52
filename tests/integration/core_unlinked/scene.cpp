#include "scene.hpp"

namespace dontgoback::test {
namespace {

constexpr std::size_t kAllOf = 200;

}  // namespace

Scene::Scene(storage::Dialect dialect, int size)
    : world(dialect),
      network(world, size),
      secret_id(network.join(kSecret, both_id)),
      open(world.node.signed_in(open_id)),
      both(world.node.signed_in(both_id)),
      rich(world.node.signed_in(rich_id)),
      ordinary(world.node.signed_in(ordinary_id)),
      common(world.node.signed_in(common_id)),
      secret(signed_in_as_secret()),
      newcomer(world.node.guest()),
      watcher_id(world.node.create_user()),
      watcher(world.node.signed_in(watcher_id), std::string(kWord)),
      guest(world.node.guest(), std::string(kWord)) {
  network.count_names();
}

Browser Scene::signed_in_as_secret() {
  const auto before = std::to_string(kSecretSession - 1);
  world.execute("INSERT INTO sessions (id, user_id, created_at, expires_at) VALUES (" + before + ", " +
                std::to_string(kSecret) + ", 1, 1)");
  world.execute("DELETE FROM sessions WHERE id = " + before);
  auto browser = world.node.signed_in(secret_id);
  REQUIRE(world.number("SELECT MAX(id) FROM sessions") == kSecretSession);
  return browser;
}

std::vector<UserId> Scene::people() const {
  const auto& all = network.members();
  auto some = all.size() <= kAllOf ? all : std::vector(all.begin(), all.begin() + kAllOf);
  some.push_back(secret_id);
  some.push_back(watcher_id);
  return some;
}

void Scene::remember_names() {
  shown.push_back(network.shown_as());
  days.push_back(time::to_rfc3339(world.clock.now()).substr(0, 10));
}

void Scene::first_day() {
  remember_names();
  const auto then = [this](auto what) {
    pause();
    return what;
  };
  of_open_ = then(write_post(open, "나무 하나"));
  of_both_ = then(write_post(both, "나무 둘"));
  of_watcher_ = then(write_post(watcher.browser, "나무 셋"));
  unlinked_of_both_ = then(write_unlinked(both));
  unlinked_of_secret_ = then(write_unlinked(secret));
  for (auto* each : {&rich, &ordinary, &common, &newcomer}) then(write_unlinked(*each));
  for (const auto& post : {of_open_, of_watcher_, unlinked_of_both_}) {
    then(comment_unlinked(secret, post));
    then(comment_unlinked(rich, post));
    then(write_comment(common, post, "댓글 나무"));
  }
  const auto asked = then(write_comment(open, unlinked_of_both_, "댓글 나무"));
  then(write_comment(both, unlinked_of_both_, "답글 나무", asked));  // as the post's author
  then(comment_unlinked(both, of_open_));
  then(comment_unlinked(both, of_watcher_));
  for (const auto& liked : {of_watcher_, unlinked_of_both_}) {
    then(secret.send("PUT", "/api/v1/feedLikes/" + liked).status);
    then(both.send("PUT", "/api/v1/feedLikes/" + liked).status);
  }
  then(watcher.browser.send("PUT", "/api/v1/feedLikes/" + unlinked_of_both_).status);
  then(watcher.browser.send("PUT", "/api/v1/feeds/" + unlinked_of_secret_ + "/saved").status);
}

void Scene::renew() {
  for (auto* each : {&open, &both, &rich, &ordinary, &common, &secret, &newcomer, &watcher.browser, &guest.browser}) {
    each->post("/api/token");
  }
}

void Scene::second_day() {
  network.next_day();
  renew();
  pause();
  remember_names();
  for (const auto& post : {of_open_, of_watcher_, unlinked_of_both_}) {
    write_comment(secret, post, "다음 날 나무");
    pause();
    write_comment(both, post, "다음 날 나무");
    pause();
  }
  write_comment(common, of_both_, "다음 날 나무");
  pause();
  comment_unlinked(rich, of_both_);
  pause();
  comment_unlinked(secret, unlinked_of_secret_);
  pause();
  write_unlinked(both, "다음 날 나무");
  pause();
}

}  // namespace dontgoback::test
