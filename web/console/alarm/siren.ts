import { readonly, shallowRef } from 'vue';
import { soundIn } from './beeps.ts';

/** `held`: the browser plays nothing before somebody has pressed something on this page. */
export type SirenState = 'silent' | 'sounding' | 'held' | 'unsupported';

const shown = shallowRef<SirenState>('silent');
export const sirenState = readonly(shown);

let context: AudioContext | undefined;
let source: AudioBufferSourceNode | undefined;
/** What is to be heard as soon as the browser allows it. */
let wanted: 'nothing' | 'once' | 'always' = 'nothing';

/** Finds out whether a sound would be heard, before one is needed. */
export function prepareSound(): void {
  if (typeof AudioContext === 'undefined') {
    shown.value = 'unsupported';
    return;
  }
  if (context !== undefined) return;
  context = new AudioContext();
  context.onstatechange = arrange;
  arrange();
}

/** Sounds, round after round, until `hush`. */
export function sound(): void {
  wanted = 'always';
  arrange();
}

export function hush(): void {
  wanted = 'nothing';
  source?.stop();
}

/** Sounds once, so that people know that it works. */
export function testSound(): void {
  if (wanted === 'nothing') wanted = 'once';
  allowSound();
}

/** Somebody pressed something: what was held back may be heard now. */
export function allowSound(): void {
  prepareSound();
  if (context?.state === 'suspended') void context.resume();
  arrange();
}

function arrange(): void {
  if (context === undefined) return;
  if (context.state !== 'running') shown.value = 'held';
  else if (source === undefined) begin(context);
}

function begin(running: AudioContext): void {
  shown.value = wanted === 'nothing' ? 'silent' : 'sounding';
  if (wanted === 'nothing') return;
  // One looped sound: browsers slow down the timers of pages in the background.
  source = new AudioBufferSourceNode(running, { buffer: soundIn(running), loop: wanted === 'always' });
  if (wanted === 'once') wanted = 'nothing';
  source.connect(running.destination);
  source.onended = () => {
    source = undefined;
    arrange();
  };
  source.start();
}
