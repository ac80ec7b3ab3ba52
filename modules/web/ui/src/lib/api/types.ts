import type { components, operations } from './schema';

// The names the page uses for what openapi.json describes; schema.d.ts is generated from it by `npm run types`.
type Schemas = components['schemas'];
/** What an operation answers, where it has no name of its own there. */
type DataOf<Operation extends keyof operations> = operations[Operation]['responses'] extends {
  200: { content: { 'application/json': { data: infer Data } } };
}
  ? Data
  : never;

export type Direction = Schemas['Direction'];
export type Role = Schemas['Role'];
export type Interval = Schemas['Interval'];
export type SignInProvider = Schemas['SignInProvider'];
export type User = Schemas['User'];
/** As whom somebody speaks below a post. 0 is its author's number. */
export interface Face {
  unlinked: boolean;
  author: string;
  type: Direction;
  number: number;
}
/** What may be said without its author's name. */
interface Unlinkable {
  /** Under a name that leads to nobody; its user is 0. */
  unlinked?: boolean;
  /** Said to its author alone. */
  isMine?: boolean;
  /** When it goes by itself, where its author wished that. */
  removeAt?: string | null;
}
/** Said anew here, whatever the description says of it. */
type With<T, More> = Omit<T, keyof More> & More;
export type Post = With<Schemas['Feed'], Unlinkable & { myFace?: Face }>;
export type PostPage = Omit<Schemas['FeedPage'], 'feeds'> & { feeds: Post[] };
export type PostEdit = Schemas['FeedEdit'];
export type Comment = With<Schemas['Comment'], Unlinkable & { face?: number }>;
export type CommentPage = Omit<Schemas['CommentPage'], 'comments'> & { comments: Comment[] };
export type CommentEdit = Schemas['CommentEdit'];
export type Revisions = Schemas['Revisions'];
export type Text = Schemas['Text'];
export type NewComment = Schemas['NewComment'];
export type AssetPoint = Schemas['AssetPoint'];
export type AssetHistory = Schemas['AssetHistory'];
export type AssetFacts = Schemas['AssetFacts'];
export type Today = Schemas['Today'];
export type TodayMove = Schemas['TodayMove'];
export type LikeState = Schemas['LikeState'];
export type Failure = Schemas['Failure'];
export type Offers = Schemas['SignInProviders'];
export type SignUp = Schemas['SignUp'];
export type Network = Schemas['Network'];
export type AccountSettings = Schemas['Settings'];
export type Location = Schemas['Location'];
export type EmailLinkWish = Schemas['EmailLinkWish'];
export type EmailLinkAsked = Schemas['EmailLinkAsked'];
export type EmailCode = Schemas['EmailCode'];
export type SignUpAnswers = Schemas['SignUpAnswers'];
export type WaysIn = DataOf<'identities'>;
export type LinkingBegun = DataOf<'linkIdentity'>;
export type Device = Schemas['Session'];
export type DeviceList = Schemas['SessionList'];
export type HandOverCode = Schemas['HandOverCode'];
export type HandOver = Schemas['HandOver'];
export type HandOverReference = Schemas['HandOverReference'];
export type HandOverTyped = Schemas['HandOverTyped'];
/** The device that has to allow it. */
export type HandOverAsked = Pick<HandOver, 'device'>;
export type HandOverClaim = DataOf<'handOverClaim'>;
export type LeavingWish = operations['leave']['requestBody']['content']['application/json'];
export type Left = DataOf<'leave'>;
export type SettingsChange = Schemas['SettingsChange'];
export type Notification = Schemas['Notification'];
export type NotificationPage = Schemas['NotificationPage'];
export type NotificationsRead = DataOf<'readNotifications'>;
export type NodeStatus = Schemas['NodeStatus'];
export type ReportCase = Schemas['ReportCase'];
export type ReportCaseInFull = Schemas['ReportCaseInFull'];
export type ReportCasePage = Schemas['ReportCasePage'];
export type WalkReport = Schemas['WalkReport'];
export type WalkReportPage = Schemas['WalkReportPage'];
export type NewWalkDecision = Schemas['NewWalkDecision'];
export type ReportDecision = Schemas['ReportDecision'];
export type NewDecision = Schemas['NewDecision'];
export type ModerationReason = Schemas['ModerationReason'];
export type Suspension = Schemas['Suspension'];
export type StandingAct = Schemas['StandingAct'];
export type ModerationRules = Schemas['ModerationRules'];
export type AuditPage = Schemas['AuditPage'];
export type AuditEntry = AuditPage['entries'][number];
export type Passkey = Schemas['Passkey'];
export type PasskeyMaking = Schemas['PasskeyMaking'];
export type PasskeyUsing = Schemas['PasskeyUsing'];
export type NewPasskey = Schemas['NewPasskey'];
export type PasskeyAnswer = Schemas['PasskeyAnswer'];
export type Withheld = NonNullable<Post['withheld']>[number];
export type FoundPage = Schemas['FoundPage'];
export type Block = Schemas['Block'];
export type BlockPage = Schemas['BlockPage'];
export type MutePage = Schemas['MutePage'];
export type HiddenWords = Schemas['HiddenWords'];
export type NewReport = Schemas['NewReport'];
export type ReportReason = Schemas['ReportReason'];
export type ModerationTarget = Schemas['ModerationTarget'];
export type ModerationAct = Schemas['ModerationAct'];
export type ModerationActPage = Schemas['ModerationActPage'];
export type NewObjection = Schemas['NewObjection'];
