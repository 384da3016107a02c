import type { Answer } from '../../service/types.ts';

type Imported = Answer<'postImport'>;
/** What an import would do, and everything that keeps it from being done. */
export type Preview = Extract<Imported, { problemsTotal: number }>;

/** The answer to a question for a preview; the import itself answers with counts alone. */
export function isPreview(answer: Imported): answer is Preview {
  return Array.isArray((answer as Partial<Preview>).problems);
}
