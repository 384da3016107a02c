import type { AlertView } from '../model/alert.ts';

/** As much of a terminal as the table needs; `process.stdout` is one. */
export type TableStream = {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
};

export type LiveAlertTable = {
  /** Adds the alert or, known already, shows it as it is now. Older copies are ignored. */
  show(alert: AlertView, residentName?: string): void;
  /** Leaves the table on the screen and the cursor below it. */
  end(): void;
};

const headings = ['时间 at', '级', '类型 type', '老人 who', '状态 state', '次', '内容 what'] as const;
/** Narrow, so that 80 columns leave room for what happened. */
const widths = [8, 2, 18, 8, 12, 3] as const;
const columnsBefore = widths.reduce((sum, width) => sum + width + 1, 0);
const defaultColumns = 120;
const defaultRows = 24;

/** Alerts as they arrive: redrawn in place on a terminal, one plain line for each change anywhere else. */
export function liveAlertTable(stream: TableStream): LiveAlertTable {
  const known = new Map<string, { revision: number; line: string }>();
  let drawn = 0;
  const redraw = () => {
    // Only what fits: lines that scrolled away can no longer be drawn over.
    const room = Math.max(1, (stream.rows ?? defaultRows) - 4);
    const lines = [...known.values()].slice(-room).map(({ line }) => line);
    const all = [row(stream, headings), ...lines];
    const back = drawn > 0 ? `\u001b[${drawn}A` : '';
    stream.write(`${back}${all.map((line) => `\u001b[2K${line}\n`).join('')}`);
    drawn = all.length;
  };
  if (!stream.isTTY) stream.write(`${row(stream, headings)}\n`);
  return {
    show(alert, residentName = alert.residentId) {
      if ((known.get(alert.id)?.revision ?? -1) >= alert.revision) return;
      const line = row(stream, [...cellsOf(alert, residentName), whatOf(alert, roomFor(stream))]);
      known.set(alert.id, { revision: alert.revision, line });
      if (stream.isTTY) redraw();
      else stream.write(`${line}\n`);
    },
    end() {
      drawn = 0;
    },
  };
}

function cellsOf(alert: AlertView, residentName: string): string[] {
  const time = new Date(alert.updatedAt).toTimeString().slice(0, 8);
  const { severity, type, state, count } = alert;
  return [time, severity, type, residentName, state, String(count)];
}

/** In both languages where both fit; a sentence cut in the middle is of no use in either. */
function whatOf({ summary: { zh, en } }: AlertView, room: number): string {
  const both = `${zh} · ${en}`;
  return widthOf(both) <= room ? both : zh;
}

function roomFor({ columns = defaultColumns }: TableStream): number {
  return columns - 1 - columnsBefore;
}

function row({ columns = defaultColumns }: TableStream, cells: readonly string[]): string {
  const line = cells.map((cell, index) => fitted(cell, widths[index])).join(' ');
  return fitted(line, columns - 1).trimEnd();
}

/** Cut or padded to a number of columns; as it is without one. Control characters never reach the terminal. */
export function fitted(text: string, width: number | undefined): string {
  const clean = text.replaceAll(/\p{Cc}/gu, ' ');
  if (width === undefined) return clean;
  let used = 0;
  let kept = '';
  for (const character of clean) {
    const wide = columnsOf(character);
    if (used + wide > width) break;
    kept += character;
    used += wide;
  }
  return kept + ' '.repeat(width - used);
}

function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + columnsOf(character), 0);
}

/** Chinese characters and full-width forms take two columns (Unicode TR 11, the blocks that matter here). */
function columnsOf(character: string): number {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
    character,
  )
    ? 2
    : 1;
}
