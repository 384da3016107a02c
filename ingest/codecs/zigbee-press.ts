import type { DeviceKind } from '../../model/device.ts';

/** `emergency`, `panic`, and the same at the end of a longer name (`button_1_sos`). */
const callsForHelp = /(^|_)(emergency|sos|panic)$/;

/** The end of a press, and what keypads say about their alarm system. */
const noPress = /(^|_)(release|released|up)$|^(arm|disarm|exit_delay|entry_delay|not_ready)/;

/**
 * Does this action call for help? On a call button every press does, whatever the model names it (`single`, `hold`,
 * `on`, `1_double`): a frightened hand does not count clicks. On anything else only the actions named so.
 */
export function isPress(action: unknown, kind: DeviceKind): boolean {
  if (typeof action !== 'string' || action === '') return false;
  const name = action.toLowerCase();
  return callsForHelp.test(name) || (kind === 'callButton' && !noPress.test(name));
}
