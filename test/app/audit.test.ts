import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { openTarget, type Target } from '../security/support.ts';
import { anju } from '../support/anju.ts';
import { call, eventually, removeFolder, spawnService } from '../support/service.ts';

let target: Target;
afterAll(() => removeFolder(target.dataDir));

function byHand(statement: string): void {
  const file = new DatabaseSync(join(target.dataDir, 'records.sqlite'));
  file.exec(statement);
  file.close();
}

const headIn = (text: string) => /\d+:[\w-]{43}/.exec(text)?.[0] ?? 'none';
const verify = (...anchors: string[]) => anju(target.dataDir, ['audit', 'verify', ...anchors]);

test('an administrator with a shell looks where he should not, and takes his traces out of the file', async () => {
  target = await openTarget({ ANJU_LOG_LEVEL: 'info' });
  const { service, admin, dataDir } = target;
  await call(service, admin, 'GET', '/residents/r-east/live');
  const kept = headIn((await verify()).stdout);
  const { json } = await call(service, admin, 'GET', `/audit?verify=true&limit=1&anchors=${kept}`);
  expect(json).toMatchObject({ items: [{ what: 'livePositionRead' }], check: { damage: [] } });
  expect(kept).toBe(headIn(Object.values((json as { head: object }).head).join(':')));
  await service.kill('SIGTERM');
  expect(service.stderr()).toContain(`"anchor":"${kept}"`);
  expect(readFileSync(join(dataDir, 'audit-anchors.json'), 'utf8')).toContain(kept.split(':')[1]);

  byHand(`delete from audit where doc like '%livePositionRead%'`); // it was the last
  const cut = await anju(dataDir, ['store', 'verify']);
  expect(cut).toMatchObject({ status: 1, stdout: expect.stringContaining('what follows was removed') });
  const next = await spawnService(dataDir);
  const said = () => next.stderr().includes('the audit log is not as it was written') || undefined;
  expect(await eventually(said)).toBe(true);
  const found = await verify(kept);
  expect(found).toMatchObject({ status: 1, stdout: expect.stringContaining('was removed') });
  await next.kill('SIGTERM');
  expect(await verify('5:short')).toMatchObject({ status: 2 });
}, 40_000);
