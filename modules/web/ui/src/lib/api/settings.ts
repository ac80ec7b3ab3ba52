import { orNull } from './absent';
import { api } from './client';
import type { AccountSettings, SettingsChange } from './types';

// What an account keeps of the settings: the page asks for it at each visit, and for what else members do later.

export const accountSettings = {
  get: () => orNull(api<AccountSettings>('/api/v1/users/me/settings')),
  change: (change: SettingsChange) =>
    api<AccountSettings>('/api/v1/users/me/settings', { method: 'PATCH', body: change })
};
