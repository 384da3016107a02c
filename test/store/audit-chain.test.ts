import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditAnchor, RecordStore } from '../../store/contracts.ts';
import { type AuditRow, anchorOf, emptyChain, rowBehind } from '../../store/records/audit-chain.ts';
import { AuditChainCheck } from '../../store/records/audit-check.ts';
import { checkAuditIn } from '../../store/records/check.ts';
import { openRecords } from '../../store/records/records.ts';
import { minute, noon } from './support/facts.ts';
import { remove, tempFolder } from './support/places.ts';

let dir: string;
let file: string;
let records: RecordStore;

beforeEach(async () => {
  dir = await tempFolder();
  file = join(dir, 'records.sqlite');
  records = await openRecords(file);
  for (let n = 1; n <= 6; n++) await records.audit([looked(n)]);
});
afterEach(async () => {
  await records.close();
  await remove(dir);
});

/** Somebody looked at a track, `n` minutes after noon. */
function looked(n: number) {
  return { atMs: noon + n * minute, who: `u-${n}`, what: 'trackRead', about: `r-${n}`, detail: { n } };
}

function byHand(statements: string): void {
  const open = new DatabaseSync(file);
  open.exec(statements);
  open.close();
}

const damaged = async (anchors: readonly AuditAnchor[] = []) => {
  const { damage } = await records.checkAudit(anchors);
  expect(checkAuditIn(file, anchors)).toEqual(damage);
  return damage.map(({ where, what }) => `${where}: ${what}`);
};

test('a log that nobody touched is whole, and says where it ends', async () => {
  const { entries, head, damage } = await records.checkAudit();
  expect({ entries, damage }).toEqual({ entries: 6, damage: [] });
  expect(head).toEqual(await records.auditHead());
  await records.audit([looked(7), looked(8)]);
  expect(await damaged([head, await records.auditHead()])).toEqual([]);
});

test('looks stand in the same chain as what was done, each once, however many come at the same moment', async () => {
  const many = Array.from({ length: 60 }, (_, n) => n + 7);
  await Promise.all(many.map((n) => (n % 3 === 0 ? records.audit([looked(n)]) : records.auditLooks([looked(n)]))));
  expect((await records.auditLog({ limit: 100 })).map(({ who }) => who).sort()).toEqual(
    Array.from({ length: 66 }, (_, n) => `u-${n + 1}`).sort(),
  );
  expect(await damaged([await records.auditHead()])).toEqual([]);
});

describe('whoever has the file and changes what stands there is found, with the entry', () => {
  const tricks = [
    { what: `update audit set doc = replace(doc, 'u-3', 'u-5') where id = 3`, says: ['entry 3: was changed'] },
    { what: `update audit set about = 'r-9' where id = 3`, says: ['entry 3: was changed'] },
    {
      what: `update audit set at_ms = at_ms + 1 where id = 3`,
      says: ['entry 3: does not follow', 'entry 3: was changed'],
    },
    { what: 'delete from audit where id = 3', says: ['entry 4: does not follow entry 2: 1 between them'] },
    { what: 'delete from audit where id <= 3', says: ['entry 4: does not begin the log'] },
    {
      what: `update audit set id = -1 where id = 3; update audit set id = 3 where id = 4; update audit set id = 4 where id = -1`,
      says: ['entry 3: does not follow', 'entry 4: does not follow', 'entry 5: does not follow'],
    },
    {
      what: `insert into audit select 99, at_ms, about, doc, salt, seal, link from audit where id = 6`,
      says: ['entry 99: does not follow'],
    },
    { what: `update audit set doc = 'no json' where id = 6`, says: ['entry 6: was changed', 'entry 6: was changed'] },
    {
      what: `update audit set link = 'x', seal = 'y', salt = 'z' where id = 6`,
      says: ['entry 6: does not follow', 'entry 6: was changed'],
    },
  ];
  for (const { what, says } of tricks) {
    test(what, async () => {
      byHand(what);
      const found = await damaged();
      expect(found).toHaveLength(says.length);
      for (const [at, words] of says.entries()) expect(found[at]).toContain(words);
    });
  }
});

describe('what the chain alone cannot tell, a head kept elsewhere does', () => {
  test('the end was cut off', async () => {
    const head = await records.auditHead();
    byHand('delete from audit where id >= 5');
    expect(await damaged()).toEqual([]);
    expect(await damaged([head])).toEqual([
      expect.stringContaining('entry 6: and what follows was removed: the log ends with entry 4'),
    ]);
  });

  test('the end was cut off and the service went on writing', async () => {
    const head = await records.auditHead();
    byHand('delete from audit where id >= 5');
    await records.audit([looked(7), looked(8), looked(9)]);
    expect(await damaged([head])).toEqual([expect.stringContaining('entry 6: has not the hash of the anchor')]);
  });
});

describe('what the service itself takes away breaks nothing', () => {
  test('retention goes from the beginning, and says in the log how far', async () => {
    const head = await records.auditHead();
    expect(await records.expireAudit(noon + 4 * minute, 2, noon)).toBe(2);
    expect(await records.expireAudit(noon + 4 * minute, 2, noon)).toBe(1);
    expect(await damaged([head])).toEqual([]);
    byHand('delete from audit where id = 4'); // one more than it said
    expect(await damaged()).toEqual([expect.stringContaining('entry 5: does not begin the log')]);
  });

  test('also when nothing is left but that', async () => {
    expect(await records.expireAudit(noon + 60 * minute, 100, noon)).toBe(6);
    expect((await records.auditLog({ limit: 9 })).map(({ what }) => what)).toEqual(['auditExpired']);
    expect(await damaged()).toEqual([]);
  });

  test('a clock that was wrong once keeps entries longer, and never lets a young one go', async () => {
    await records.audit([looked(-60 * 24), looked(8)]);
    expect(await records.expireAudit(noon, 100, noon)).toBe(0);
  });

  test('a person is erased: who looked stays and is sealed anew, whom is gone from the file', async () => {
    await records.audit([{ ...looked(7), about: 'residents/r-3', what: 'patch' }]);
    const head = await records.auditHead();
    expect(await records.eraseResident('r-3', 'erased:x', noon)).toMatchObject({ auditEntries: 2 });
    const left = await records.auditLog({ about: 'erased:x', limit: 9 });
    expect(left.map(({ who, what }) => `${who} ${what}`)).toEqual(['u-7 patch', 'u-3 trackRead']);
    expect(await damaged([head])).toEqual([]);
    byHand(`update audit set doc = replace(doc, 'u-3', 'u-4') where id = 3`);
    expect(await damaged([head])).toEqual([expect.stringContaining('entry 3: was changed')]);
  });
});

test('a log of the version before is chained when it is opened', async () => {
  await records.close();
  byHand(`alter table audit drop column salt; alter table audit drop column seal; alter table audit drop column link;
    drop table displays; drop table portraits; drop table staged_writes; drop table visits;
    delete from audit where id = 2; delete from kysely_migration where name >= '0007-audit-chain'`);
  expect(checkAuditIn(file)).toEqual([]);
  records = await openRecords(file);
  expect(await damaged()).toEqual([]);
  await records.audit([looked(7)]);
  expect(await damaged()).toEqual([]);
  byHand('delete from audit where id = 4');
  expect(await damaged()).toHaveLength(1);
});

describe('whatever is done to the rows', () => {
  const entry = fc.record({
    atMs: fc.nat(),
    who: fc.string(),
    what: fc.constantFrom('login', 'trackRead'),
    about: fc.string(),
  });
  const logs = fc.array(entry, { minLength: 2, maxLength: 20 }).map((entries) => {
    const rows: AuditRow[] = [];
    for (const one of entries) rows.push(rowBehind(rows.length === 0 ? emptyChain : anchorOf(rows.at(-1)!), one)); // not empty
    return rows;
  });
  const damageOf = (rows: readonly AuditRow[], anchors: readonly AuditAnchor[] = []) => {
    const check = new AuditChainCheck(anchors);
    for (const row of rows) check.see(row);
    return check.end().damage;
  };
  const place = fc.nat();

  test('nothing was done: nothing is found', () =>
    fc.assert(fc.property(logs, (rows) => damageOf(rows, rows.map(anchorOf)).length === 0)));

  test('any value of any row becomes another: found', () => {
    const column = fc.constantFrom('about', 'doc', 'salt', 'seal', 'link');
    return fc.assert(
      fc.property(logs, place, column, fc.string(), (rows, at, name, value) => {
        const changed = rows.with(at % rows.length, { ...rows[at % rows.length]!, [name]: `${value}!` }); // below the length
        // Only the last link hangs on nothing but the anchor.
        return damageOf(changed, [anchorOf(rows.at(-1)!)]).length > 0; // not empty
      }),
    );
  });

  test('any rows are taken out: found with the last head, and without it unless they are the end', () =>
    fc.assert(
      fc.property(logs, place, place, (rows, a, b) => {
        const [from, to] = [a % rows.length, b % rows.length].toSorted((x, y) => x - y) as [number, number];
        const left = rows.toSpliced(from, to - from + 1);
        const isTail = to === rows.length - 1;
        const head = anchorOf(rows.at(-1)!); // not empty
        return damageOf(left, [head]).length > 0 && (isTail || damageOf(left).length > 0);
      }),
    ));

  test('a row is written anew with everything behind it: found with any head from before', () =>
    fc.assert(
      fc.property(logs, place, entry, (rows, a, other) => {
        const from = a % rows.length;
        const forged = rows.slice(0, from);
        for (const old of [other, ...rows.slice(from + 1).map(({ doc }) => JSON.parse(doc))])
          forged.push(rowBehind(forged.length === 0 ? emptyChain : anchorOf(forged.at(-1)!), old)); // not empty
        return (
          damageOf(forged).length === 0 && rows.slice(from).every((row) => damageOf(forged, [anchorOf(row)]).length > 0)
        );
      }),
    ));
});
