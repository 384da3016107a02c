import type { Duplex } from 'node:stream';
import { type AedesClient, handConnect, handOn, readOn } from './aedes-client.ts';
import type { Connect, Will } from './connect-packet.ts';
import type { Principal } from './contracts.ts';
import { Downlink, type OutgoingMessage } from './downlink.ts';
import { Frames } from './frames.ts';
import { type ControlPacket, decodeControl, packetType } from './guard.ts';
import type { House } from './house.ts';
import { prove, readable } from './proof.ts';
import { type ConnackCode, type Refusal, refused } from './refusal.ts';
import { missedIn, type Stage } from './stage.ts';
import { Subscriptions } from './subscriptions.ts';
import { Uplink } from './uplink.ts';
import { acceptedWill, executeWill } from './will.ts';

/** Silence of one and a half times the keep-alive is the end [MQTT-3.1.2-24]. */
const silencePerKeepAliveMs = 1500;

/** One peer, from its first byte to its last. Bytes come in from aedes' read loop, whole packets go back to aedes. */
export class Connection {
  readonly generation: number;
  readonly stream: Duplex;
  readonly client: AedesClient;
  readonly subscriptions: Subscriptions;
  principal: Principal | undefined;
  clientId = '';
  stage: Stage = 'stranger';
  readonly #house: House;
  readonly #frames = new Frames();
  readonly #downlink: Downlink;
  #uplink: Uplink | undefined;
  #will: Will | undefined;
  #isHeldBack = false;
  /** A commit failed: nothing is answered any more, and soon it is closed. */
  #isEnding = false;
  #sinceMs: number;
  #lastSeenMs: number;
  #silenceMs = 0;

  constructor(stream: Duplex, generation: number, house: House) {
    this.stream = stream;
    this.generation = generation;
    this.#house = house;
    this.#sinceMs = house.steadyClock();
    this.#lastSeenMs = this.#sinceMs;
    this.#downlink = new Downlink(stream, house.limits.unsentBytes, () => this.close('slowReader'));
    this.subscriptions = new Subscriptions(house, this.#downlink);
    this.client = house.aedes.handle(stream) as AedesClient;
    this.client._parser.parse = (bytes) => this.#receive(bytes);
    stream.once('close', () => this.#ended());
  }

  /** Messages on their way to the disk. */
  get outstanding(): number {
    return this.#isEnding ? 0 : (this.#uplink?.outstanding ?? 0);
  }

  /** aedes has answered CONNECT: what was sent behind it has its turn. */
  opened(): void {
    if (this.stage !== 'entering') return;
    this.#goTo('open');
    this.#house.counters.count('connections.opened');
    this.#work();
  }

  /** False when it does not listen to that, or is too slow. */
  deliver(message: OutgoingMessage): boolean {
    return this.stage === 'open' && this.#isWelcome() && this.subscriptions.deliver(message);
  }

  /** A person's session may end while they are connected; a device is disconnected by whoever takes its token away. */
  #isWelcome(): boolean {
    const { principal } = this;
    if (principal?.kind !== 'person' || this.#house.host.isWelcome?.(principal) !== false) return true;
    this.close('sessionOver');
    return false;
  }

  /** Ends it now. */
  close(reason: string): void {
    if (this.stage === 'closed') return;
    this.stage = 'closed';
    this.#house.counters.count(`closed.${reason}`);
    this.stream.destroy();
  }

  /** A newer connection of the same principal is here: this one goes, and nobody was offline. */
  giveWay(): void {
    this.#will = undefined;
    this.close('takenOver');
  }

  /** Looks at deadlines and silence. The silence of a connection that is held back is our own; when the disk hangs it may go on. */
  sweep(nowMs: number): void {
    const missed = missedIn(this.stage, nowMs - this.#sinceMs, this.#house.limits);
    if (missed === 'connect') this.close('connectTimeout');
    if (missed === 'login') this.#farewell(3, 'loginTimeout');
    if (missed === 'farewell') this.close('refused');
    if (this.stage !== 'open' || !this.#isWelcome()) return;
    if (this.#isHeldBack) this.#goOnIfMay();
    else if (nowMs - this.#lastSeenMs > this.#silenceMs) this.close('silent');
  }

  #receive(bytes: Buffer): number {
    if (this.stage === 'leaving' || this.stage === 'closed') return 0;
    if (this.#downlink.isSlow) this.close('slowReader');
    else {
      this.#frames.feed(bytes);
      this.#work();
    }
    return 0;
  }

  /** A mistake of ours ends this connection, never the service. */
  #work(): void {
    try {
      this.#readPackets(this.#house.clock());
    } catch (err) {
      this.#house.log.error({ err, who: this.principal?.id }, 'a packet could not be handled: connection closed');
      this.close('internalError');
    }
  }

  #readPackets(nowMs: number): void {
    while (this.#reads()) {
      const found = this.#frames.next(this.#limitOf);
      if (found === 'incomplete') return;
      this.#lastSeenMs = this.#house.steadyClock();
      if (found === 'whole') this.#handle(nowMs);
      else this.#refuse(refused(found));
    }
    if (this.stage === 'open') this.#holdBack();
  }

  /** May the next packet be looked at? */
  #reads(): boolean {
    const { isStopping } = this.#house;
    if (this.stage === 'open') return !isStopping && this.#uplink?.isBelow(1) === true;
    return this.stage === 'stranger' && !isStopping && this.#startsWithConnect();
  }

  /** Known by its first byte, so that nothing else of a stranger is ever waited for. */
  #startsWithConnect(): boolean {
    const first = this.#frames.firstByte;
    if (first === undefined || first >> 4 === packetType.connect) return true;
    this.#refuse(refused('notConnected'));
    return false;
  }

  readonly #limitOf = (head: number): number => {
    const { limits } = this.#house;
    if (this.stage === 'stranger') return limits.strangerPacketBytes;
    return head >> 4 === packetType.publish ? limits.packetBytes : limits.controlPacketBytes;
  };

  #handle(nowMs: number): void {
    const { head, bytes, bodyStart, bodyEnd } = this.#frames;
    if (head >> 4 === packetType.publish) {
      this.#uplink?.publish(head, bytes, bodyStart, bodyEnd, nowMs);
      return;
    }
    const packet = decodeControl(head, bytes, bodyStart, bodyEnd, this.#house.limits);
    if ('refused' in packet) this.#refuse(packet);
    else this.#control(packet);
  }

  #control(packet: ControlPacket): void {
    if (packet.cmd === 'connect') {
      if (this.stage === 'stranger') void this.#logIn(packet);
      else this.#refuse(refused('secondConnect')); // [MQTT-3.1.0-2]
    } else if (packet.cmd === 'pubrel') this.#uplink?.release(packet.messageId);
    else {
      if (packet.cmd === 'disconnect') this.#will = undefined; // [MQTT-3.14.4-3]
      handOn(this.client, packet);
    }
  }

  /** Never rejects. */
  async #logIn(packet: Connect): Promise<void> {
    this.client.pause();
    this.#goTo('proving');
    const found = await prove(this.#house, packet);
    if (this.stage !== 'proving') return;
    if (found === 'unavailable') this.#farewell(3, 'authenticationFailed');
    else if (found === undefined) this.#farewell(4, 'badCredentials', packet.username);
    else this.#enter(found, packet);
  }

  #enter(principal: Principal, packet: Connect): void {
    const { registry, counters, limits } = this.#house;
    this.principal = principal;
    this.clientId = packet.clientId;
    this.#will = acceptedWill(principal, packet.will);
    if (packet.will !== undefined && this.#will === undefined) counters.count('will.dropped');
    this.#silenceMs = silencePerKeepAliveMs * Math.min(packet.keepAliveS || limits.keepAliveS, limits.keepAliveS);
    this.#uplink = this.#newUplink(principal);
    const entry = registry.enter(this, principal);
    if (entry === 'superseded') {
      this.giveWay();
      return;
    }
    for (const other of entry.leaving) other.giveWay();
    this.#house.known(this);
    this.#goTo('entering');
    handConnect(this.client, `c${this.generation}`, packet.version);
  }

  #newUplink(principal: Principal): Uplink {
    const { host, limits, round, route } = this.#house;
    const shared = { host, limits, round, route };
    return new Uplink(principal, {
      ...shared,
      refuse: (name) => this.#refuse(refused(name)),
      deny: (topic) => this.#deny(topic),
      commitFailed: (error, topic) => this.#commitFailed(error, topic),
      answer: () => this.#answer(),
    });
  }

  #answer(): void {
    const { bytes, messages } = this.#uplink!.due(); // the uplink is who asks for an answer
    if (this.stage !== 'open') return;
    this.#house.counters.count('messages.acknowledged', messages);
    if (bytes !== undefined) this.#downlink.send(bytes);
    if (this.#isHeldBack) this.#goOnIfMay();
  }

  #holdBack(): void {
    this.#isHeldBack = true;
    this.client.pause();
  }

  #goOnIfMay(): void {
    if (this.stage !== 'open' || this.#house.isStopping || !this.#uplink?.isBelow(1 / 2)) return;
    this.#isHeldBack = false;
    this.#lastSeenMs = this.#house.steadyClock();
    this.#work();
    if (!this.#isHeldBack) readOn(this.client);
  }

  #commitFailed(error: Error, topic: string): void {
    if (this.stage === 'closed' || this.#isEnding) return;
    this.#isEnding = true;
    // Why is told once by whoever writes to the disk; a thousand connections must not repeat it.
    const facts = { reason: error.message, who: this.principal?.id, topic: topic.slice(0, 128) };
    this.#house.complaints.note(facts, 'a message is not on disk: not acknowledged, connection closed');
    const inMs = this.#house.isStopping ? 0 : this.#house.limits.lastWordsMs;
    setTimeout(() => this.close('commitFailed'), inMs).unref();
  }

  #deny(topic: string): void {
    this.#house.counters.count('publish.denied');
    const facts = { who: this.principal?.id, topic: topic.slice(0, 128) };
    this.#house.complaints.note(facts, 'published where it may not: connection closed');
    this.close('denied');
  }

  #refuse({ refused: name, returnCode }: Refusal): void {
    if (returnCode !== undefined) this.#farewell(returnCode, name);
    else {
      this.#house.counters.count(`refused.${name}`);
      this.#house.complaints.note({ who: this.principal?.id, reason: name }, 'a packet was refused: connection closed');
      this.close('refused');
    }
  }

  /** Says why in CONNACK, and leaves the peer a moment to read it: closing on unread bytes would take it back. */
  #farewell(code: ConnackCode, reason: string, username?: string): void {
    this.#house.counters.count(`refused.${reason}`);
    this.#house.complaints.note({ reason, code, username: readable(username) }, 'a log-in was refused');
    this.#goTo('leaving');
    this.#frames.drop();
    this.stream.end(Buffer.from([0x20, 2, 0, code]));
    readOn(this.client);
  }

  #goTo(stage: Stage): void {
    this.stage = stage;
    this.#sinceMs = this.#house.steadyClock();
  }

  #ended(): void {
    const { isStopping, registry, host, clock, log } = this.#house;
    this.stage = 'closed';
    this.#frames.drop();
    this.#house.left(this);
    if (isStopping) return;
    registry.leave(this);
    if (this.#will !== undefined && this.principal !== undefined) {
      executeWill(this.#will, this.principal.id, clock(), host, log);
    }
  }
}
