import { z } from 'zod';
import type { AuditAnchor, AuditCheck, DamageReport } from '../contracts.ts';
import { type AuditRow, emptyChain, expiredWhat, linkOf, renamedWhat, sealOf } from './audit-chain.ts';

/** More than this is a rewritten log, not a list to read. */
const reportsAtMost = 100;

const Entry = z.object({ atMs: z.number(), what: z.string(), about: z.string(), detail: z.unknown().optional() });
const Expired = z.object({ upTo: z.int(), link: z.string() });
const Renamed = z.object({ rows: z.array(z.object({ id: z.int(), seal: z.string() })) });

/** Is shown every row in order, then says what is not as it was written. */
export class AuditChainCheck {
  readonly #anchors: ReadonlyMap<number, AuditAnchor>;
  readonly #damage: DamageReport[] = [];
  /** Rows whose content is not what was sealed, with the seal it would have: replaced by an erasure, or by somebody. */
  readonly #replaced = new Map<number, string>();
  readonly #renamed = new Map<number, string>();
  #first: AuditRow | undefined;
  #expired: AuditAnchor = emptyChain;
  #before: AuditAnchor = emptyChain;
  #entries = 0;

  constructor(anchors: readonly AuditAnchor[] = []) {
    this.#anchors = new Map(anchors.map((anchor) => [anchor.id, anchor]));
  }

  see(row: AuditRow): void {
    this.#entries += 1;
    if (this.#first === undefined) this.#first = row;
    else if (linkOf(this.#before.hash, row) !== row.link) this.#add(row, this.#brokenBefore(row));
    const anchor = this.#anchors.get(row.id);
    if (anchor !== undefined && anchor.hash !== row.link)
      this.#add(row, `has not the hash of the anchor: it or an entry before it was written anew`);
    this.#read(row);
    this.#before = { id: row.id, hash: row.link };
  }

  end(): AuditCheck {
    this.#checkBeginning();
    for (const [id, seal] of this.#replaced)
      if (this.#renamed.get(id) !== seal) this.#add({ id }, 'was changed after it was written');
    for (const { id } of this.#anchors.values())
      if (id > this.#before.id)
        this.#add({ id }, `and what follows was removed: the log ends with entry ${this.#before.id}`);
    return { entries: this.#entries, head: this.#before, damage: this.#damage };
  }

  #read(row: AuditRow): void {
    const seal = sealOf(row.salt, row.doc);
    if (seal !== row.seal) this.#replaced.set(row.id, seal);
    const entry = entryIn(row.doc);
    if (entry?.about !== row.about || entry.atMs !== row.at_ms)
      this.#add(row, 'was changed after it was written: its columns say something else than its text');
    else if (seal === row.seal) this.#note(entry);
  }

  /** What the log says of itself. */
  #note({ what, detail }: z.infer<typeof Entry>): void {
    if (what === expiredWhat) {
      const { data } = Expired.safeParse(detail);
      if (data) this.#expired = { id: data.upTo, hash: data.link };
    } else if (what === renamedWhat) {
      for (const { id, seal } of Renamed.safeParse(detail).data?.rows ?? []) this.#renamed.set(id, seal);
    }
  }

  #checkBeginning(): void {
    const first = this.#first;
    if (first === undefined || linkOf(this.#expired.hash, first) === first.link) return;
    this.#add(first, 'does not begin the log: entries before it were removed, or it was changed');
  }

  #brokenBefore(row: AuditRow): string {
    const gap = row.id - this.#before.id - 1;
    if (gap > 0) return `does not follow entry ${this.#before.id}: ${gap} between them were removed, or it was moved`;
    return `does not follow entry ${this.#before.id}: one of the two was changed, moved or put in`;
  }

  #add({ id }: Pick<AuditRow, 'id'>, what: string): void {
    if (this.#damage.length < reportsAtMost) this.#damage.push({ where: `audit, entry ${id}`, what });
  }
}

function entryIn(doc: string): z.infer<typeof Entry> | undefined {
  try {
    return Entry.safeParse(JSON.parse(doc)).data;
  } catch {
    return undefined;
  }
}
