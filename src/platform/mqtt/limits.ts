const kib = 1024
const mib = 1024 * kib

export type Limits = typeof usualLimits

/** What is not bounded is filled by somebody. Decision 11 says what happens at each bound. */
export const usualLimits = {
  connectionsMax: 20_000,
  /** From the first byte, or from TCP for TLS, until the sign-in is answered. */
  signInMsMax: 10_000,
  /** An address with more failed sign-ins in a minute is not listened to until the next. */
  failedSignInsMax: 300,
  failingAddressesMax: 10_000,
  /** Above the intake's own 64 KiB, so that a larger message is refused and counted there. */
  packetBytesMax: 16 * mib,
  packetBytesBeforeSignInMax: 256 * kib,
  /** Of all packets that are not whole yet. */
  partialBytesMax: 256 * mib,
  clientIdBytesMax: 128,
  topicBytesMax: 256,
  topicLevelsMax: 16,
  subscriptionsMax: 64,
  /** Messages of one connection that are taken and not yet acknowledged; then it is not read. */
  flyingMax: 1_000,
  /** QoS 2 messages of one client that wait for PUBREL. */
  unreleasedMax: 1_000,
  /** Messages sent to one client and not yet acknowledged by it. */
  inflightMax: 100,
  queueMessagesMax: 1_000,
  queueBytesMax: mib,
  queuedBytesMax: 256 * mib,
  sessionsPerNameMax: 64,
  sessionMsMax: 24 * 60 * 60 * 1_000,
  retainedTopicsMax: 64,
  retainedBytesMax: 64 * kib,
  retainedBytesInAllMax: 64 * mib,
  /** Bytes that a client does not fetch; then it is not read, and gone after `signInMsMax`. */
  unsentBytesMax: 256 * kib,
}
