export interface OwnWalker {
  userUuid: string;
  nickname: string | null;
  sharesSteps: boolean;
  offsetMinutes: number;
}
export interface Friend {
  walkerId: string;
  nickname: string | null;
}
export type Relation = 'ME' | 'NONE' | 'REQUESTED' | 'REQUESTED_ME' | 'FRIEND' | 'BLOCKED';
export type Related = Friend & { relation: Relation };
export type Asked = Related;

export const periods = ['today', 'week', 'month'] as const;
export type Period = (typeof periods)[number];
export interface Entry extends Friend {
  steps: number;
  /** None for who is doubtful. */
  rank: number | null;
  isMe: boolean;
  doubtful: boolean;
}
export interface Board {
  period: Period;
  from: string;
  to: string;
  entries: Entry[];
  me: Entry | null;
}
export interface Percentile {
  /** Whether one is compared with all who wish to be. */
  optIn: boolean;
  /** So many of a hundred others walked less today; null as long as too few are compared. */
  percent: number | null;
}
export interface Group {
  groupId: string;
  name: string;
  isOwner: boolean;
}
export interface Member extends Friend {
  isOwner: boolean;
  isMe: boolean;
}
export interface Invitation {
  link: string;
  expiresAt: string;
}

export type StepsSource = 'UNKNOWN' | 'PHONE' | 'WATCH' | 'MANUAL' | 'IMPORT' | 'FIRST_RELEASE';
export interface NewUpdate {
  day: string;
  device: string;
  source: StepsSource;
  steps: number;
  hours?: number[];
  version: number;
  utcOffsetMinutes?: number;
}
export interface Recorded {
  day: string;
  steps: number;
}
export interface Day {
  day: string;
  steps: number;
  byHours: boolean;
  confidence: number;
}
export interface Days {
  /** On the walker's clock. */
  today: string;
  days: Day[];
}
export interface Why {
  day: string;
  steps: number;
  byHours: boolean;
  /** What decided, in words. */
  rule: string;
  devices: { device: string; source: StepsSource; steps: number; tellsHours: boolean }[];
  confidence: number;
  doubts: { doubt: string; confidence: number; text: string }[];
}

export const spans = ['week', 'month', 'year'] as const;
/** From Monday, the first of the month or of the year on. */
export type Span = (typeof spans)[number];
export interface Average {
  average: number;
  /** So many days it is of. */
  days: number;
}
export interface Statistics {
  period: Span;
  from: string;
  to: string;
  steps: number;
  days: number;
  average: number;
  best: { day: string; steps: number } | null;
  /** Monday first. */
  weekdays: Average[];
  hours: Average[];
}

export interface GoalChoice {
  /** A day; 0: no goal. */
  steps: number;
  shared: boolean;
  /** Whether one missed day a week is forgiven. */
  grace: boolean;
}
export interface Goal extends GoalChoice {
  /** What holds today, which a lower choice does not change. */
  today: { day: string; goal: number; steps: number; reached: boolean };
}
export interface Streak {
  current: number;
  longest: number;
  since: string | null;
}
export interface FriendGoal extends Friend {
  steps: number;
  reached: boolean;
}

export interface Notice {
  notificationId: number;
  kind: string;
  text: string;
  read: boolean;
  createdAt: string;
}
export interface WalkerSettings {
  /** Of what its devices are told. */
  language: 'ko' | 'en' | null;
  notifications: Record<string, boolean>;
  quietHours: { from: string; to: string } | null;
}
export type WalkerSettingsChange = Partial<WalkerSettings>;
export interface WalkDevice {
  sessionId: number;
  device: string | null;
  current: boolean;
}
