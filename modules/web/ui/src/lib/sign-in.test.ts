import { describe, expect, it } from 'vitest';

import { lastDay, leadsTo, providerAddress, returnAddress } from './sign-in';

describe('providerAddress', () => {
  it('is where the server begins', () =>
    expect(providerAddress({ id: 'google', name: 'Google' })).toBe(
      '/api/oauth2/authorization/google?prompt=select_account'
    ));
  it('stays one segment whatever the id is', () =>
    expect(providerAddress({ id: '../x?y=1', name: 'x' })).toBe(
      '/api/oauth2/authorization/..%2Fx%3Fy%3D1?prompt=select_account'
    ));
});

it('takes a guest’s posts along when that was chosen', () =>
  expect(providerAddress({ id: 'google', name: 'Google' }, true)).toBe(
    '/api/oauth2/authorization/google?prompt=select_account&keepPosts=true'
  ));

describe('leadsTo', () => {
  it.each([
    ['/', '/'],
    ['/welcome', '/welcome'],
    ['/login?status=SUSPENDED', '/login?status=SUSPENDED'],
    ['https://elsewhere.test/login', '/'],
    ['//elsewhere.test/welcome', '/'],
    ['javascript:alert(1)', '/'],
    ['http://', '/'],
    ['/settings', '/']
  ])('%j leads to %s', (answered, address) => expect(leadsTo(answered, 'https://page.test')).toBe(address));
});

describe('returnAddress', () => {
  const origin = 'https://page.test';
  it.each([
    [null, '/'],
    ['/post/5?x=1#y', '/post/5?x=1#y'],
    ['//elsewhere.test/', '/'],
    ['/\\elsewhere.test', '/'],
    ['/\t/elsewhere.test', '/'],
    ['https://elsewhere.test/', '/'],
    ['javascript:alert(1)', '/'],
    ['https://page.test:8443/', '/'],
    ['http://', '/'],
    ['', '/'],
    ['/settings', '/settings'],
    ['/profile/7?tab=red', '/profile/7?tab=red'],
    ['/a/../post/5', '/post/5'],
    ['/.//elsewhere.test', '/'],
    ['/..//elsewhere.test', '/'],
    ['/%2e//elsewhere.test', '/'],
    ['/post/..//elsewhere.test', '/'],
    ['/./', '/'],
    ['///elsewhere.test', '/'],
    ['https:elsewhere.test', '/'],
    ['\\\\elsewhere.test', '/'],
    ['/login?next=/login', '/'],
    ['/api/logout', '/'],
    ['/nothing-here', '/'],
    ['/post/0', '/'],
    ['/post/5/', '/'],
    ['https://name:word@page.test/post/5', '/post/5']
  ])('%j leads to %s', (asked, address) => expect(returnAddress(asked, origin)).toBe(address));
});

describe('lastDay', () => {
  it('is written as the language does', () => {
    expect(lastDay('2026-12-04', 'ko')).toBe('2026년 12월 4일');
    expect(lastDay('2026-12-04', 'en')).toBe('December 4, 2026');
  });
  it.each([null, '', '2026-02-30', '2026-13-01', 'call 555-0100', '2026-12-04 and more', '99999-01-01'])(
    '%j says nothing',
    (until) => expect(lastDay(until, 'en')).toBe('')
  );
});
