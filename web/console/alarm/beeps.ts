const beeps = [
  { atS: 0, hertz: 880 },
  { atS: 0.22, hertz: 660 },
  { atS: 0.44, hertz: 880 },
] as const;
const beepS = 0.18;
const roundS = 1.4;
const loudness = 0.7;
const fadeS = 0.01;

/** Three beeps and a pause. */
export function soundIn({ sampleRate }: AudioContext): AudioBuffer {
  const buffer = new AudioBuffer({ length: Math.round(roundS * sampleRate), sampleRate });
  for (const { atS, hertz } of beeps) buffer.copyToChannel(beep(hertz, sampleRate), 0, Math.round(atS * sampleRate));
  return buffer;
}

function beep(hertz: number, sampleRate: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: Math.round(beepS * sampleRate) }, (_, i) => {
    const s = i / sampleRate;
    const fade = Math.min(1, s / fadeS, (beepS - s) / fadeS); // without it a beep clicks
    return loudness * fade * Math.sin(2 * Math.PI * hertz * s);
  });
}
