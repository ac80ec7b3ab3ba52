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
export type Post = Schemas['Feed'];
export type PostPage = Schemas['FeedPage'];
export type PostEdit = Schemas['FeedEdit'];
export type Comment = Schemas['Comment'];
export type CommentPage = Schemas['CommentPage'];
export type CommentEdit = Schemas['CommentEdit'];
export type Text = Schemas['Text'];
export type NewComment = Schemas['NewComment'];
export type AssetPoint = Schemas['AssetPoint'];
export type AssetHistory = Schemas['AssetHistory'];
export type LikeState = Schemas['LikeState'];
export type Failure = Schemas['Failure'];
export type Offers = Schemas['SignInProviders'];
export type SignUp = Schemas['SignUp'];
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
export type ReportCase = Schemas['ReportCase'];
export type ReportCaseInFull = Schemas['ReportCaseInFull'];
export type ReportCasePage = Schemas['ReportCasePage'];
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
