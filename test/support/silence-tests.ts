const NAMES = ['describe', 'test', 'it', 'beforeEach', 'afterEach', 'beforeAll', 'afterAll'] as const;

/** Tables are defined inside tests. Loads such a file only to read its table: what would run its tests does nothing meanwhile. */
export const silently = <T>(load: () => T): T => {
  const nothing = Object.assign(() => undefined, { each: () => () => undefined });
  const before = Object.fromEntries(NAMES.map((name) => [name, Reflect.get(globalThis, name) as unknown]));
  Object.assign(globalThis, Object.fromEntries(NAMES.map((name) => [name, nothing])));
  try {
    return load();
  } finally {
    Object.assign(globalThis, before);
  }
};
