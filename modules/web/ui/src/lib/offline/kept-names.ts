/** So many of the posts opened last are kept. */
export const mostPosts = 20;

const dayMs = 86_400_000;

/**
 * Under which name an answer is kept, or null where it is not: the feed's beginning, who one is, posts that were opened with
 * the beginning of their comments, and one's own profile. A graph's dates move on each day: it is known by their span.
 */
export function nameOfAnswer(path: string, who: number): string | null {
  const { pathname, searchParams } = new URL(path, 'http://here');
  if (!pathname.startsWith('/api/v1/')) return null;
  const [part, id, more] = pathname.slice('/api/v1/'.length).split('/');
  const begins = (name: string) => (searchParams.get(name) ?? '0') === '0';
  if (part === 'users' && more === undefined && (id === 'me' || id === String(who))) return `users/${id}`;
  if (part === 'users' && id === String(who) && more === 'asset-facts') return 'facts';
  if (part === 'users' && id === String(who) && more === 'asset-histories') {
    const [from, to] = ['from', 'to'].map((name) => Date.parse(searchParams.get(name) ?? ''));
    return `history/${searchParams.get('interval')}/${Math.round((to! - from!) / dayMs)}`;
  }
  if (part === 'feeds' && id === undefined) return begins('lastFeedId') ? 'feed' : null;
  if (part === 'feeds' && id === 'profile') {
    const own = searchParams.get('userId') === String(who) && begins('lastFeedId');
    return own ? `own/${searchParams.get('type') ?? ''}` : null;
  }
  if (part === 'feeds' && /^\d+$/.test(id!) && more === undefined) return `post/${id}/`;
  if (part === 'comments' && /^\d+$/.test(id ?? '') && searchParams.get('view') === 'threads') {
    return begins('lastCommentId') && searchParams.get('size') !== '1' ? `post/${id}/${searchParams.get('order')}` : null;
  }
  return null;
}
