/**
 * What strace makes of the syncs of some files: an error or a delay for some (`8`: the eighth of each thread; `40+7`: the
 * fortieth and then each seventh), or a delay for each.
 */
export type BadSyncs = { readonly files: readonly string[] } & (
  | { readonly fails: 'EIO' | 'ENOSPC'; readonly which: string }
  | { readonly takesMs: number; readonly which?: string }
);

/** Starts a program whose syncs fail or take long, as on a disk that is dying or busy. It stays our direct child. */
export function withBadSyncs(bad: BadSyncs): readonly string[] {
  const effect = 'fails' in bad ? `error=${bad.fails}` : `delay_enter=${bad.takesMs * 1000}`;
  const what = bad.which === undefined ? effect : `${effect}:when=${bad.which}`;
  const files = bad.files.flatMap((file) => ['-P', file]);
  const calls = ['-e', 'trace=fsync,fdatasync', '-e', `inject=fsync,fdatasync:${what}`];
  return ['strace', '-D', '-f', '--seccomp-bpf', '-o', '/dev/null', ...files, ...calls];
}
