import type { map as zh } from '../zh/map.ts';

export const map: typeof zh = {
  label: 'Map',
  listed: 'What the map shows',
  nothing: 'Nothing is on the map.',
  failed: 'The map cannot be drawn: no connection, or no WebGL on this device. Here it is in words.',
  home: 'Home',
  zone: { safe: 'safe zone “{name}”', forbidden: 'forbidden zone “{name}”', notice: 'search area “{name}”' },
  point: '{name}: {lat} north, {lon} east',
  accuracy: 'accurate to {m}',
  more: 'and {n} more',
  track: 'track of one position | track of {n} positions',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show everything',
};
