import type { components } from './schema';

// The names the page uses for what openapi.json describes; schema.d.ts is generated from it by `npm run types`.
type Schemas = components['schemas'];

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
export type Passkey = Schemas['Passkey'];
export type PasskeyMaking = Schemas['PasskeyMaking'];
export type PasskeyUsing = Schemas['PasskeyUsing'];
export type NewPasskey = Schemas['NewPasskey'];
export type PasskeyAnswer = Schemas['PasskeyAnswer'];
