import type { EventName, Lane } from '../../model/reading.ts';

export const profileNames = ['telemetry', 'sos', 'mixed'] as const;
export type ProfileName = (typeof profileNames)[number];

export type LoadMessage = {
  readonly lane: Lane;
  readonly facts: Readonly<Record<string, unknown>>;
};

/** What a profile's devices say: the messages repeat after `cycle`. */
export type Profile = {
  readonly cycle: number;
  message(index: number): LoadMessage;
};

/** A wristband on a walk: position, heart rate, battery; about 200 bytes. */
function telemetry(index: number): LoadMessage {
  return {
    lane: 'telemetry',
    facts: {
      position: {
        lat: 24.4451 + (index % 100) * 1e-5,
        lon: 118.0823 + (index % 89) * 1e-5,
        accuracyM: 8,
        source: 'gnss',
      },
      heartRateBpm: 60 + (index % 40),
      batteryPct: 60 + (index % 30),
      steps: 1000 + index,
      worn: true,
    },
  };
}

function sos(index: number): LoadMessage {
  const event: EventName = 'sos';
  return { lane: 'event', facts: { event, batteryPct: 60 + (index % 30) } };
}

/** One press for each hundred messages: far more than any community, so that the alert path is loaded too. */
const mixedCycle = 100;

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  telemetry: { cycle: 1, message: telemetry },
  sos: { cycle: 1, message: sos },
  mixed: {
    cycle: mixedCycle,
    message: (index) => (index % mixedCycle === mixedCycle - 1 ? sos(index) : telemetry(index)),
  },
};
