import { isUnlinked, type TextTarget } from '../api/moderation';
import type { Comment, Post, User } from '../api/types';
import type { MenuItem } from '../components/Menu.svelte';
import { isAdmin, mayActOn } from '../roles';
import { session } from '../session.svelte';
import { hideText, liftAccount, stopAuthor, suspendAccount } from './acts';
import { look } from './ask';
import { w } from './words';

/** What moderators find in the menu of a post or comment; `take` takes it out of sight, and answers how to put it back. */
function ofText(target: TextTarget, author: Post | Comment, take: () => () => void): MenuItem[] {
  if (!mayActOn(session.user, author)) return [];
  const hide = { text: w().menuHide, act: () => hideText(target, take) };
  // Nobody is told whose an unlinked one is; admins may find out, and that is written down.
  if (isUnlinked(author)) {
    const stop = { text: w().menuStop, act: () => stopAuthor(target, take), danger: true };
    return [hide, stop, ...(isAdmin(session.user) ? [{ text: w().menuLook, act: () => look(target) }] : [])];
  }
  // Of somebody who has left.
  if (!author.userId) return [hide];
  return [hide, { text: w().menuSuspend, act: () => suspendAccount(author.userId, take), danger: true }];
}

export const ofPost = (post: Post, take: (id: number) => () => void): MenuItem[] =>
  ofText({ kind: 'FEED', id: post.feedId }, post, () => take(post.feedId));

export const ofComment = (comment: Comment, take: () => () => void): MenuItem[] =>
  ofText({ kind: 'COMMENT', id: comment.commentId }, comment, take);

/** Of a profile, which is read again when something was done. Whether it is suspended nobody is told: both are offered. */
export const ofProfile = (user: User, changed: () => void): MenuItem[] =>
  mayActOn(session.user, user)
    ? [
        { text: w().menuSuspendAccount, act: () => suspendAccount(user.userId, () => (changed(), changed)), danger: true },
        { text: w().menuLift, act: () => liftAccount(user.userId, changed) }
      ]
    : [];
