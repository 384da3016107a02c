/** The tabs of the room, as in their addresses; `icon` is the path of a sign 24 by 24. */
export const tabs = {
  now: 'M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7zm0 9.5A2.5 2.5 0 1 1 12 6.500a2.500 2.500 0 0 1 0 5z',
  day: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 18a8 8 0 1 1 0-16 8 8 0 0 1 0 16zm1-13h-2v6l5 3 1-1.700-4-2.400z',
  health:
    'M12 21 10.600 19.700C5.400 15 2 11.900 2 8.100 2 5 4.400 2.700 7.400 2.700c1.800 0 3.500.800 4.600 2.200 1.100-1.400 2.800-2.200 4.600-2.200C19.600 2.700 22 5 22 8.100c0 3.800-3.400 6.900-8.600 11.600z',
  people:
    'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm7 0a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM9 13c-3 0-7 1.500-7 4.500V20h14v-2.500C16 14.500 12 13 9 13zm7 0c-.400 0-.900 0-1.400.100 1.500 1 2.400 2.400 2.400 4.400V20h5v-2.500c0-3-3.500-4.500-6-4.500z',
  settings:
    'M3 6h10v2H3zm14 0h4v2h-4zm-3-2h2v6h-2zM3 11h4v2H3zm8 0h10v2H11zm-3-2h2v6H8zm-5 7h12v2H3zm16 0h2v2h-2zm-3-2h2v6h-2z',
} as const;
export type Tab = keyof typeof tabs;

export function isTab(text: string | undefined): text is Tab {
  return text !== undefined && text in tabs;
}
