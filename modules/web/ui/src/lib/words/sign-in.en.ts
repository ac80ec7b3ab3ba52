import type { SignInWords } from './sign-in.ko';

export const en: SignInWords = {
  lookAround: 'Look around',
  signInWith: (name) => `Continue with ${name}`,
  lookAroundHint: 'No sign-up: start with a name of this browser’s own. It is deleted when you write nothing for a day or stay away for 14, and signing out loses it.',
  loginIntro: 'A fortune that changes every morning is your name.',
  loginPoint1: 'You start with ten million won (₩10.0M): 1000만, where 만 is ten thousand.',
  loginPoint2: {
    WESTERN: 'Every day at 3 a.m.: blue when it rose, red when it fell.',
    KOREAN: 'Every day at 3 a.m.: red when it rose, blue when it fell.'
  },
  loginPoint3: 'A post keeps the name of the day it was written.',
  agree: 'By starting you agree to the terms and the privacy policy.',
  orElse: 'or',
  nothingOffered: 'Nobody new can start here now. Please ask who runs this server.',
  signedInAlready: 'You are signed in already.',
  toSettings: 'To the settings',

  email: 'E-mail',
  emailHint: 'We send you a link to sign in. There is no password.',
  sendLink: 'Send the link',
  sending: 'Sending',
  checkMail: 'Check your mail',
  mailSent: (email) => `A link was sent to ${email}. It works once, for 15 minutes.`,
  mailElsewhere: 'If you opened it on another device or in another app, enter the six digits shown there.',
  code: 'Six-digit code',
  enter: 'Continue',
  otherEmail: 'Use another address',
  codeOver: 'Too late, or too many wrong codes. Ask for another mail.',

  takeAlong: 'Take along what I wrote as a guest',
  takeAlongHint:
    'Posts, comments and likes become the member’s. Left behind they stay the guest’s and cannot be edited any more.',
  invited: 'You came with an invitation: sign in to join.',
  invitationOnly: 'Joining needs an invitation. Members can sign in.',
  signUpClosed: 'Nobody new can join now. Members can sign in.',

  statuses: {
    SUSPENDED: () => 'This account is suspended.',
    'close-success': (until) => `Your account will be deleted. Sign in${until ? ` by ${until}` : ''} to keep it.`,
    'inactive-success': () => 'Your account is inactive. Signing in wakes it.',
    'guest-removed': () => 'The guest account is deleted.',
    'close-fail': () => 'The link to close the account has ended or is not valid.',
    'inactive-fail': () => 'The link to deactivate the account has ended or is not valid.',
    'link-invalid': () => 'The sign-in link has ended or was used already.',
    cancelled: () => 'You cancelled signing in. You can start again.',
    refused: () => 'Signing in was refused. Try again, or another way.',
    expired: () => 'Signing in took too long, or was begun in another browser. Start again.',
    'provider-away': () => 'The sign-in service does not answer. Try again in a moment, or another way.',
    busy: () => 'There is too much to do just now. Try again in a minute.',
    unverified: () => 'The e-mail address is not verified. Verify it with the sign-in service, then try again.',
    'linked-elsewhere': () => 'That account is linked to another member already. Nothing was changed.',
    'sign-up-closed': () => 'That account is nobody’s here, and nobody new can join now.',
    'invitation-needed': () => 'Joining needs an invitation. Open your invitation, then sign in again.',
    linked: () => 'The way to sign in is linked.',
    'passkey-copied': () =>
      'Your passkey was used fewer times than we know of: somebody may have a copy. If you did not move it yourself, remove it in the settings.',
    'session-over': () => 'Your session has ended. What you wrote is kept, and is there when you sign in to the same account.',
    'guest-over': () => 'The guest session has ended. What you wrote is kept in this browser.',
    'ended-elsewhere': () => 'The session was ended in another tab.'
  },

  passkeySignIn: 'Sign in with a passkey',
  passkeyWaits: 'Confirm it on your device',
  passkeyWhy: {
    cancelled: 'You cancelled, or it took too long. You can try again.',
    unsupported: 'Passkeys cannot be used in this browser or on this device.',
    known: 'This device has a passkey already.'
  },

  bringHere: 'Bring from another device',
  bringHereHint: 'Show a code in the settings of a device that is signed in, and enter it here.',
  guestLost: 'The guest account of this browser cannot be entered again then.',
  waitsForOther: (device) => `Waiting to be allowed on ${device}.`,
  otherDevice: 'the other device',
  notAllowed: 'It was refused, or took too long. Try again with a new code.'
};
