/** Every bound of the MQTT door, with what happens there. Tests narrow them; the service uses them as they are. */
export type Limits = {
  /** From the first byte of the connection to a whole CONNECT; then the connection is closed. */
  readonly connectTimeoutMs: number;
  /** From CONNECT to the answer of whoever knows the secrets; then CONNACK 3. */
  readonly loginDeadlineMs: number;
  /** A keep-alive of 0 or above counts as this. Silence of one and a half times it closes the connection. */
  readonly keepAliveS: number;
  /** A whole packet before log-in. */
  readonly strangerPacketBytes: number;
  /** A PUBLISH after log-in: known from its first bytes, so a larger one is refused before it is read. */
  readonly packetBytes: number;
  /** Any other packet after log-in. */
  readonly controlPacketBytes: number;
  /** Characters. */
  readonly topicLength: number;
  readonly topicLevels: number;
  readonly filtersPerSubscribe: number;
  /** Further filters are answered 0x80. */
  readonly filtersPerConnection: number;
  /** Messages of one connection on their way to the disk; beyond it nothing more is read from that connection. */
  readonly unackedPerConnection: number;
  /**
   * The same in bytes of payload: a buffer of a thousand readings is one message, and what one connection has on its way
   * is what an SOS of another may have to wait behind.
   */
  readonly unackedBytesPerConnection: number;
  /** So many times as much while the disk hangs, for behind what waits may come an SOS. */
  readonly whileDiskHangs: number;
  /** QoS 2 messages acknowledged but not yet released. */
  readonly unreleasedPerConnection: number;
  /** The oldest connection of the same person gives way. */
  readonly connectionsPerPerson: number;
  /** Bytes a peer may leave unread; then it is disconnected. */
  readonly unsentBytes: number;
  /** How long a judgement on a topic is remembered, so that rights taken away end soon. */
  readonly aclMemoryMs: number;
  /** After a refusal, for the peer to read the reason. */
  readonly farewellMs: number;
  /** After a failed commit: what the device sent behind it may be an SOS, and is heard, unanswered, before the connection ends. */
  readonly lastWordsMs: number;
  /** How long stopping waits for messages on their way to the disk. */
  readonly stopWaitMs: number;
  /** How often silence and deadlines are looked at. */
  readonly sweepEveryMs: number;
  /** Beyond it whoever has not yet proved who it is, longest, makes room; when all have, the newcomer is closed. */
  readonly connections: number;
};

export const defaultLimits: Limits = {
  connectTimeoutMs: 10_000,
  loginDeadlineMs: 10_000,
  keepAliveS: 300,
  strangerPacketBytes: 4 * 1024,
  packetBytes: 1024 * 1024,
  controlPacketBytes: 32 * 1024,
  topicLength: 1024,
  topicLevels: 32,
  filtersPerSubscribe: 50,
  filtersPerConnection: 100,
  unackedPerConnection: 256,
  unackedBytesPerConnection: 64 * 1024,
  whileDiskHangs: 8,
  unreleasedPerConnection: 1000,
  connectionsPerPerson: 8,
  unsentBytes: 1024 * 1024,
  aclMemoryMs: 1000,
  farewellMs: 1000,
  lastWordsMs: 1000,
  stopWaitMs: 5000,
  sweepEveryMs: 1000,
  connections: 120_000,
};
