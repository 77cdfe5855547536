import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Loop } from './loop';

const LOOPS = path.join(__dirname, '..', 'loops');

/** Every loop: one a file, in a folder of its family. */
export const readLoops = (): readonly Loop[] =>
  readdirSync(LOOPS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: family }) =>
      readdirSync(path.join(LOOPS, family)).map((file) => {
        const { default: loop } = require(path.join(LOOPS, family, file)) as { readonly default: Loop };
        return loop;
      }),
    );
