import { notices } from './api';
import type { Notice } from './types';

/** What a walker is told. It is not what the account is told, and stands on walking's own pages only. */
class News {
  unread = $state(0);
  list = $state.raw<Notice[]>([]);

  /** How many are unread. What cannot be asked now is asked when somebody looks again. */
  async ask(): Promise<void> {
    const answer = await notices.page(0, 1).catch(() => null);
    if (answer) this.unread = answer.unreadCount;
  }
}

export const news = new News();
