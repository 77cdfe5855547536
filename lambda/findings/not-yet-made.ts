import type { Evidence, FixStep } from '../rules/verdict';

interface Shown {
  readonly fix: readonly FixStep[];
  readonly evidence: readonly Evidence[];
  readonly console?: string;
}

/** Words alone: a template has no ids yet that a command could name. */
export const stepsInWords = (fix: readonly FixStep[]): readonly FixStep[] =>
  fix.map(({ step }) => ({ step: step.replace(/:$/, '.'), commands: [] }));

/** A finding of what is not made yet: AWS was not asked, its console shows nothing, and no command could be run. */
export const notYetMade = <T extends Shown>(finding: T): Omit<T, 'console'> => {
  const { console: _, ...shown } = finding;
  return {
    ...shown,
    evidence: shown.evidence.map((one) => ({ ...one, operation: 'template' })),
    fix: stepsInWords(shown.fix),
  };
};
