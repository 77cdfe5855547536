import Table from 'cli-table3';
import type { LoopReport } from './loop-run';

const WIDTHS = [20, 34, 44, 44, 44, 14, 30];

/** The loops as people read them, and below what was not compared or stood in for. */
export const loopTable = (reports: readonly LoopReport[]): string => {
  const table = new Table({
    head: ['family', 'fault', 'refused with', 'predicted', 'named', 'fixed', 'admitted'],
    colWidths: WIDTHS,
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { family, fault, refusedWith, predicted, named, fixed, admitted } of reports) {
    table.push([
      family,
      fault,
      refusedWith,
      predicted === refusedWith ? 'the same' : predicted,
      named,
      fixed,
      admitted,
    ]);
  }
  const notes = new Map<string, string[]>();
  for (const { fault, notes: all } of reports) {
    for (const note of new Set(all)) notes.set(note, [...(notes.get(note) ?? []), fault]);
  }
  const lines = [...notes].map(([note, faults]) => `- ${note}\n    (${faults.join('; ')})`);
  const closed = reports.filter(({ rehearsed }) => rehearsed !== true).length;
  const rest = reports.length - closed;
  const ending = rest === 0 ? '' : `, ${rest} rehearsed but for what only AWS answers`;
  return [table.toString(), ...lines, `${closed} loops closed${ending}`].join('\n');
};
