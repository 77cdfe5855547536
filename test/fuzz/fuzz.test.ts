import { fuzz } from '../support/fuzz-run';
import type { Target } from '../support/fuzz-target';
import { TARGETS } from '../support/fuzz-targets';

const INPUTS = 20_000;

test.each(TARGETS.map((target) => [target.name, target] as const))(
  '%s: no crash, no hang, no change of a prototype',
  (_, target) => {
    const { crashes, slow } = fuzz(target, Math.ceil(INPUTS * target.weight), 20_261_123);
    expect({ crashes, slow }).toEqual({ crashes: [], slow: [] });
  },
);

const bad = (run: (input: string) => unknown): Target => ({
  name: 'bad',
  weight: 1,
  make: () => 'input',
  run,
  refuses: [RangeError],
});

describe('the checks can fail', () => {
  test('an error that was not declared', () => {
    const failing = bad(() => {
      throw new TypeError('oops');
    });
    expect(fuzz(failing, 1, 1).crashes).toEqual(['TypeError: oops on "input"']);
    const refusing = bad(() => {
      throw new RangeError('no');
    });
    expect(fuzz(refusing, 1, 1).crashes).toEqual([]);
  });

  test('a hang', () => {
    const hanging = bad(() => {
      const began = process.cpuUsage();
      while (process.cpuUsage(began).user < 1000 * 120);
    });
    expect(fuzz(hanging, 1, 1).slow).toEqual(['"input"']);
  });

  test('a changed prototype', () => {
    const polluting = bad(() => Object.assign(Object.prototype, { polluted: 1 }));
    try {
      expect(fuzz(polluting, 1, 1).crashes).toEqual(['a prototype was changed']);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'polluted');
    }
  });
});
