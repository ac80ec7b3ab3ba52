import { friends as calls } from './api';
import type { Friend, Related } from './types';

/** Whom a walker walks with, who asked, and whom it blocks. Read together, so that nothing moves what is tapped. */
export class Friends {
  friends = $state.raw<Friend[]>([]);
  asking = $state.raw<Friend[]>([]);
  asked = $state.raw<Friend[]>([]);
  blocked = $state.raw<Friend[]>([]);
  ready = $state(false);
  failed = $state<unknown>(null);

  async read(): Promise<void> {
    this.failed = null;
    try {
      const [friends, asking, asked, blocked] = await Promise.all([
        calls.list(),
        calls.requests('in'),
        calls.requests('out'),
        calls.blocks()
      ]);
      Object.assign(this, { friends: byName(friends), asking, asked, blocked, ready: true });
    } catch (error) {
      this.failed = error;
    }
  }

  /** Asks by an id or a link; what the server then says of the two. */
  async ask(whom: { walkerId: string } | { link: string }): Promise<Related> {
    const answer = await calls.ask(whom);
    await this.read();
    return answer;
  }
  async accept(friend: Friend): Promise<void> {
    await calls.accept(friend.walkerId);
    this.asking = without(this.asking, friend);
    this.friends = byName([...without(this.friends, friend), friend]);
  }
  async refuse(friend: Friend): Promise<void> {
    await calls.decline(friend.walkerId);
    this.asking = without(this.asking, friend);
  }
  async takeBack(friend: Friend): Promise<void> {
    await calls.decline(friend.walkerId);
    this.asked = without(this.asked, friend);
  }
  async remove(friend: Friend): Promise<void> {
    await calls.remove(friend.walkerId);
    this.friends = without(this.friends, friend);
  }
  async block(friend: Friend): Promise<void> {
    await calls.block(friend.walkerId);
    await this.read();
  }
  async unblock(friend: Friend): Promise<void> {
    await calls.unblock(friend.walkerId);
    this.blocked = without(this.blocked, friend);
  }
}

const without = (list: Friend[], { walkerId }: Friend): Friend[] => list.filter((each) => each.walkerId !== walkerId);

/** Who has no name yet last. */
const byName = (list: Friend[]): Friend[] =>
  [...list].sort((one, other) => {
    if (one.nickname === null || other.nickname === null) return Number(one.nickname === null) - Number(other.nickname === null);
    return one.nickname.localeCompare(other.nickname);
  });
