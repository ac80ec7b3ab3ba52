import type { components, operations } from '$lib/api/schema';

// The names that walking's pages use for what openapi.json describes.
type Schemas = components['schemas'];

export type OwnWalker = Schemas['Walker'];
export type Friend = Schemas['NamedWalker'];
export type Related = Schemas['RelatedWalker'];

export const periods = ['today', 'week', 'month'] as const satisfies Schemas['Board']['period'][];
export type Period = (typeof periods)[number];
export type Entry = Schemas['BoardEntry'];
export type Board = Schemas['Board'];
export type Percentile = Schemas['Percentile'];
export type Group = Schemas['Group'];
export type Member = Schemas['GroupMember'];
export type NewWalkReport = Schemas['NewWalkReport'];

export type NewUpdate = Schemas['StepUpdateOfDay'];
export type Recorded = Schemas['RecordedDay'];
export type Days = Schemas['StepDays'];
export type Day = Days['days'][number];
export type Why = Schemas['WhySteps'];
export type Statistics = Schemas['StepStatistics'];
export const spans = ['week', 'month', 'year'] as const satisfies Statistics['period'][];
/** From Monday, the first of the month or of the year on. */
export type Span = (typeof spans)[number];

export type WalkDevice = operations['walkerSessions']['responses'][200]['content']['application/json']['data']['sessions'][number];

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
