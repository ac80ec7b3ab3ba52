import type { NodeStatus } from '$lib/api/types';
import { ago, fullTime } from '$lib/format';
import type { LanguageCode } from '$lib/settings.svelte';
import { bytes, lasting, perMinute, took } from './format';
import type { Words } from './words.ko';

// What a node's figures are in words, for the lists of its screen.

export interface Fact {
  name: string;
  value: string;
  marked?: boolean;
}

/** As the alert DontgobackBackupOld. */
const oldBackup = 36 * 3_600_000;
const number = (value: number): string => value.toLocaleString('en-US');

export function traffic(of: NodeStatus['recently'], w: Words): Fact[] {
  const timed = (ms: number | null) => (ms === null ? w.notTimed : took(ms));
  return [
    { name: w.rate, value: w.count(perMinute(of.requests, of.seconds)) },
    { name: w.failed, value: w.count(number(of.failures)), marked: of.failures > 0 },
    { name: w.refused, value: w.count(number(of.refused)) },
    { name: w.half, value: timed(of.p50Ms) },
    { name: '95 %', value: timed(of.p95Ms) },
    { name: '99 %', value: timed(of.p99Ms) }
  ];
}

export function places(of: NodeStatus, w: Words): Fact[] {
  const { waitingQueries, waitingCommands, waitingWrites, turnedAway } = of.lanes;
  return [
    { name: w.queries, value: number(waitingQueries), marked: waitingQueries > 0 },
    { name: w.commands, value: number(waitingCommands), marked: waitingCommands > 0 },
    ...(waitingWrites === null ? [] : [{ name: w.writes, value: number(waitingWrites) }]),
    { name: w.turnedAway, value: number(turnedAway), marked: turnedAway > 0 },
    { name: w.connectionsOpen, value: number(of.connections) },
    { name: w.streams, value: number(of.streams) },
    { name: w.memoryUsed, value: bytes(of.memoryBytes) }
  ];
}

export function storage(of: NodeStatus, w: Words, language: LanguageCode): Fact[] {
  const { databaseBytes, diskBytes, diskFreeBytes, writtenBytes, commitP95Ms } = of.storage;
  const free =
    diskFreeBytes === null || !diskBytes
      ? w.unknown
      : w.ofDisk(bytes(diskFreeBytes), bytes(diskBytes), `${Math.round((diskFreeBytes / diskBytes) * 100)} %`);
  return [
    { name: w.database, value: databaseBytes === null ? w.unknown : bytes(databaseBytes) },
    { name: w.free, value: free, marked: diskFreeBytes !== null && !!diskBytes && diskFreeBytes / diskBytes < 0.1 },
    { name: w.commits, value: commitP95Ms === null ? w.notTimed : took(commitP95Ms) },
    { name: w.written, value: bytes(writtenBytes) },
    ...(of.lastBackupAt
      ? [
          {
            name: w.backup,
            value: `${ago(of.lastBackupAt, Date.parse(of.at), language)} · ${fullTime(of.lastBackupAt, language)}`,
            marked: Date.parse(of.at) - Date.parse(of.lastBackupAt) > oldBackup
          }
        ]
      : [])
  ];
}

/** `ahead` of this device, in milliseconds. */
export function clock(of: NodeStatus, ahead: number, w: Words, language: LanguageCode): Fact[] {
  const by = lasting(Math.abs(ahead) / 1000, language);
  const confirmed = of.clockConfirmed;
  return [
    {
      name: w.clockItself,
      value: confirmed === null ? w.unknown : confirmed ? w.clockConfirmed : w.clockUnconfirmed,
      marked: confirmed === false
    },
    { name: w.clockHere, value: ahead === 0 ? w.clockSame : ahead > 0 ? w.clockAhead(by) : w.clockBehind(by), marked: ahead !== 0 }
  ];
}

export function messages(of: NodeStatus, w: Words, language: LanguageCode): Fact[] {
  const { queues, failed, oldestSeconds } = of.outbox;
  if (queues.length === 0) return [];
  return [
    ...queues.map(({ topic, waiting }) => ({ name: w.topics[topic] ?? topic, value: number(waiting) })),
    ...(oldestSeconds > 0 ? [{ name: w.oldest, value: lasting(oldestSeconds, language), marked: oldestSeconds > 3600 }] : []),
    { name: w.givenUp, value: number(failed), marked: failed > 0 }
  ];
}

export function nodes(of: NodeStatus, w: Words, language: LanguageCode): Fact[] {
  return of.nodes.map(({ name, calls, failures, lastFailureAt }) => ({
    name: w.checks[name] ?? name,
    value: [
      w.calls(number(calls)),
      w.callFailures(number(failures)),
      ...(lastFailureAt ? [w.lastFailure(ago(lastFailureAt, Date.parse(of.at), language))] : [])
    ].join(' · ')
  }));
}
