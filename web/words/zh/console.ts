export const console = { title: '值守台' };
