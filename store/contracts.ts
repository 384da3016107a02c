/* What a store promises, by what it keeps; whoever uses one imports from here. */

export * from './contracts/administration.ts';
export * from './contracts/forwarding.ts';
export * from './contracts/history.ts';
export * from './contracts/map.ts';
export * from './contracts/records.ts';
export * from './contracts/telemetry.ts';
