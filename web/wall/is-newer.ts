/** Is it a page of ours, and with another script than the one that runs? Pure. */
export function isNewer(page: string, ownScript: string): boolean {
  return page.includes('<div id="app">') && !page.includes(`"${ownScript}"`);
}
