import type { ChannelKind, User } from '../../../model/people.ts';
import { Policy } from '../../../model/policy.ts';
import { Roster } from '../../../model/roster.ts';
import { Silence } from '../../../model/silence.ts';
import type { Night } from './night.ts';

/** A policy is written, for everybody unless it says for whom. */
export function policy(night: Night, written: Record<string, unknown>): void {
  const entity = Policy.parse({ id: 'policy', name: 'Policy of the story', ...written });
  night.writes({ kind: 'policies', id: entity.id, entity });
}

/** The roster of an area is written: the street’s, unless it says which. */
export function roster(night: Night, written: Record<string, unknown>): void {
  const entity = Roster.parse({ id: 'roster', name: 'Roster', areaId: 'street', ...written });
  night.writes({ kind: 'rosters', id: entity.id, entity });
}

/** Works, a drill or a test from one time to another. */
export function silence(night: Night, from: string, to: string, written: Record<string, unknown>): void {
  const { wall } = night;
  const parts = { id: 'works', reason: 'new router', from: wall.instant(from), to: wall.instant(to) };
  const entity = Silence.parse({ ...parts, ...written });
  night.writes({ kind: 'silences', id: entity.id, entity });
}

/** Somebody works here, and is told over these besides the page and the app. */
export function employs(night: Night, id: string, role: User['role'], kinds: readonly ChannelKind[] = []): void {
  const channels = kinds
    .map((kind) => night.providers.channel(kind, id))
    .map(({ kind, address }) => ({ kind, address }));
  const areaId = role === 'responder' ? 'street' : 'city';
  night.writes({ kind: 'users', id, entity: { id, username: id, role, areaId, channels } });
}

export function dismisses(night: Night, ...ids: readonly string[]): void {
  for (const id of ids) night.writes({ kind: 'users', id, entity: undefined });
}

/** Mrs Wang’s record is changed. */
export function resident(night: Night, changes: Record<string, unknown>): void {
  const known = night.directory.residents.get('wang');
  if (known !== undefined) night.writes({ kind: 'residents', id: 'wang', entity: { ...known, ...changes } });
}

export const everyDay = [1, 2, 3, 4, 5, 6, 7];
