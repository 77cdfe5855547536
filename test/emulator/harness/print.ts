import { writeSync } from 'node:fs';

/** Jest's own console adds where each line was written. */
const line = (text: string): void => {
  writeSync(1, `${text}\n`);
};

/** Shows what a suite saw, whatever its verdict. */
export const printTable = (title: string, rows: readonly (readonly string[])[]): void => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  line(`\n${title}`);
  for (const row of rows) {
    line(
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
    );
  }
};
