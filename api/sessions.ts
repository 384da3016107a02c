import { AppError } from '../model/errors.ts';
import type { User } from '../model/people.ts';
import type { Session } from '../store/contracts.ts';
import type { Caller } from './access.ts';
import type { ApiParts } from './parts.ts';

const sessionLastsMs = 12 * 3_600_000;
/** Sessions kept in memory; beyond this the oldest is read from the records again. */
const cachedSessionsAtMost = 50_000;
/** Log-ins waiting for their turn; beyond this a log-in is refused for the moment. */
const waitingAtMost = 50;

export type LoggedIn = { readonly token: string; readonly session: Session; readonly user: User };

type SessionParts = Pick<
  ApiParts,
  'directory' | 'records' | 'verifyPassword' | 'decoyPasswordHash' | 'hashToken' | 'newToken' | 'clock'
>;

/** Who is logged in. The records hold the sessions; the memory here saves asking them for each request. */
export class Sessions {
  readonly #parts: SessionParts;
  readonly #cache = new Map<string, Session>();
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #owners: Session | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    // Whatever changed, be it the password: the records know which sessions are left.
    parts.directory.onChange(({ kind, id }) => {
      if (kind === 'users') this.#forgetUser(id);
    });
  }

  /** Undefined when name or password is wrong; both take the same time. Throws AppError `unavailable` when too many wait. */
  async logIn(username: string, password: string): Promise<LoggedIn | undefined> {
    const known = await this.#parts.records.passwordHash(username);
    const matches = await this.#verify(password, known?.hash ?? this.#parts.decoyPasswordHash);
    const user = known && matches ? this.#parts.directory.users.get(known.userId) : undefined;
    if (user === undefined) return undefined;
    const loggedIn = await this.#openFor(user);
    if ((await this.#parts.records.passwordHash(username))?.hash === known?.hash) return loggedIn;
    // Changed meanwhile, which ended all sessions of the old password that were there by then.
    await this.logOut(loggedIn.session);
    return undefined;
  }

  /** Who holds this token now, with the role and scope of this moment. */
  async caller(token: string): Promise<Caller | undefined> {
    const session = await this.#find(this.#parts.hashToken(token));
    const user = session && this.#isRunning(session) ? this.#parts.directory.users.get(session.userId) : undefined;
    if (session === undefined || user === undefined) return undefined;
    // An account that was given more rights gives none of them to a screen.
    return session.displayId === undefined || user.role === 'viewer' ? { session, user } : undefined;
  }

  /** The same question as `isOpen` by the session's token hash: MQTT asks it again and again. */
  holds(tokenHash: string): boolean {
    const session = this.#known(tokenHash);
    return session !== undefined && this.#isRunning(session);
  }

  /**
   * A session for the command line of whoever owns the data folder. It is kept nowhere but here: a password that is
   * changed does not end it, the end of this process does, however it comes.
   */
  openForOwner(userId: string): string {
    const token = this.#parts.newToken();
    const tokenHash = this.#parts.hashToken(token);
    const [createdAtMs, expiresAtMs] = [this.#parts.clock(), Number.MAX_SAFE_INTEGER];
    this.#owners = { tokenHash, userId, createdAtMs, expiresAtMs };
    return token;
  }

  /** For log-in over MQTT with a session token as password; a screen on a wall has nothing to say or hear there. */
  async authenticateSession(token: string): Promise<User | undefined> {
    const caller = await this.caller(token);
    return caller?.session.displayId === undefined ? caller?.user : undefined;
  }

  /** Still running, as far as memory knows? A stream asks this again and again. */
  isOpen(session: Session): boolean {
    return this.holds(session.tokenHash);
  }

  async logOut(session: Session): Promise<void> {
    this.#cache.delete(session.tokenHash);
    if (session === this.#owners) this.#owners = undefined;
    await this.#parts.records.dropSessions({ tokenHash: session.tokenHash });
    this.#cache.delete(session.tokenHash); // a request that was under way may have read it back
  }

  /** The screen shows nothing from now on. */
  async endDisplay(displayId: string): Promise<void> {
    const forget = () => {
      for (const [hash, session] of this.#cache) if (session.displayId === displayId) this.#cache.delete(hash);
    };
    forget();
    await this.#parts.records.displays().remove(displayId);
    forget(); // a request that was under way may have read it back
  }

  async dropExpired(nowMs: number): Promise<void> {
    for (const [hash, session] of this.#cache) if (session.expiresAtMs <= nowMs) this.#cache.delete(hash);
    await this.#parts.records.dropSessions({ expiredAtMs: nowMs });
  }

  /**
   * One at a time: argon2 runs on the same few threads as the commits to disk, and a storm of log-ins must not keep an
   * SOS waiting for one.
   */
  async #verify(password: string, hash: string): Promise<boolean> {
    if (this.#waiting >= waitingAtMost) throw new AppError('unavailable', 'Too many people log in at once. Try again.');
    this.#waiting += 1;
    const verdict = this.#turn.then(() => this.#parts.verifyPassword(password, hash));
    this.#turn = verdict.catch(() => false);
    return verdict.finally(() => {
      this.#waiting -= 1;
    });
  }

  async #openFor(user: User): Promise<LoggedIn> {
    const nowMs = this.#parts.clock();
    const token = this.#parts.newToken();
    const tokenHash = this.#parts.hashToken(token);
    const session = { tokenHash, userId: user.id, createdAtMs: nowMs, expiresAtMs: nowMs + sessionLastsMs };
    await this.#parts.records.putSession(session);
    this.#remember(session);
    return { token, session, user };
  }

  async #find(tokenHash: string): Promise<Session | undefined> {
    const cached = this.#known(tokenHash);
    if (cached !== undefined) return cached;
    const stored = (await this.#parts.records.session(tokenHash)) ?? (await this.#display(tokenHash));
    if (stored !== undefined) this.#remember(stored);
    return stored;
  }

  async #display(tokenHash: string): Promise<Session | undefined> {
    const display = await this.#parts.records.displays().byTokenHash(tokenHash);
    if (display === undefined) return undefined;
    const { id: displayId, userId, createdAtMs, expiresAtMs } = display;
    return { tokenHash, userId, createdAtMs, expiresAtMs, displayId };
  }

  #known(tokenHash: string): Session | undefined {
    return tokenHash === this.#owners?.tokenHash ? this.#owners : this.#cache.get(tokenHash);
  }

  #remember(session: Session): void {
    this.#cache.set(session.tokenHash, session);
    if (this.#cache.size <= cachedSessionsAtMost) return;
    const oldest = this.#cache.keys().next().value;
    if (oldest !== undefined) this.#cache.delete(oldest);
  }

  #isRunning(session: Session): boolean {
    return session.expiresAtMs > this.#parts.clock();
  }

  #forgetUser(userId: string): void {
    for (const [hash, session] of this.#cache) if (session.userId === userId) this.#cache.delete(hash);
  }
}
