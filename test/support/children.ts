const cacheFolder = new URL('../../node_modules/.cache/anju-test', import.meta.url).pathname;

/** What a process started by a test inherits. The cache of compiled modules halves how long each takes to begin. */
export const inherited = { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: cacheFolder };
