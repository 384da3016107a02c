import { hash, randomBytes } from 'node:crypto';
import type { AuditAnchor, AuditEntry } from '../contracts.ts';

/**
 * The audit log as a chain. `seal` is over the content and a salt, `link` over the link before, the row's place and its
 * seal. Whoever changes, removes or reorders rows breaks a link; whoever makes every later link anew ends in another
 * last one, which an anchor kept elsewhere tells.
 *
 * Two things may be done to old rows, and each says in the chain what it did: retention takes rows from the beginning
 * (`auditExpired`), erasing a person replaces what names them (`auditRenamed`: the new seals). The salt of what was
 * replaced goes with it, so that nobody can try names against the old seal.
 */
export type AuditRow = {
  readonly id: number;
  readonly at_ms: number;
  readonly about: string;
  readonly doc: string;
  readonly salt: string;
  readonly seal: string;
  readonly link: string;
};

/** Before the first row. */
export const emptyChain: AuditAnchor = { id: 0, hash: '' };

export const expiredWhat = 'auditExpired';
export const renamedWhat = 'auditRenamed';
/** What entries about the log itself are about. */
export const aboutLog = 'audit';

/** SHA-256 of salt and content, base64url. */
export function sealOf(salt: string, doc: string): string {
  return hash('sha256', `${salt}:${doc}`, 'base64url');
}

/** SHA-256 over the link before, place, time and seal, base64url. */
export function linkOf(before: string, row: Pick<AuditRow, 'id' | 'at_ms' | 'seal'>): string {
  return hash('sha256', `${before}:${row.id}:${row.at_ms}:${row.seal}`, 'base64url');
}

/** The row that stands behind `head`. */
export function rowBehind(head: AuditAnchor, entry: AuditEntry): AuditRow {
  return chainedRow(head, { id: head.id + 1, at_ms: entry.atMs, about: entry.about, doc: JSON.stringify(entry) });
}

/** Gives a row its salt, seal and link. */
export function chainedRow(before: AuditAnchor, row: Pick<AuditRow, 'id' | 'at_ms' | 'about' | 'doc'>): AuditRow {
  const sealed = { ...row, ...freshSeal(row.doc) };
  return { ...sealed, link: linkOf(before.hash, sealed) };
}

/** A salt nobody used before, and the seal with it. */
export function freshSeal(doc: string): Pick<AuditRow, 'salt' | 'seal'> {
  const salt = randomBytes(12).toString('base64url');
  return { salt, seal: sealOf(salt, doc) };
}

export function anchorOf({ id, link }: Pick<AuditRow, 'id' | 'link'>): AuditAnchor {
  return { id, hash: link };
}
