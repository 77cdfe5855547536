/** Tests run without AWS, network (loopback apart), clock or order. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } } }],
  },
  // Each test file has its own globals, and looking one up costs as much as the work of a schema or a rule.
  sandboxInjectedGlobals: [
    'Array',
    'Buffer',
    'Error',
    'JSON',
    'Map',
    'Math',
    'Number',
    'Object',
    'Promise',
    'Reflect',
    'RegExp',
    'Set',
    'String',
    'Symbol',
    'Uint8Array',
    'WeakMap',
  ],
  // By default one core is left idle.
  maxWorkers: '100%',
  // A busy machine is no failure.
  testTimeout: 180_000,
  setupFiles: ['<rootDir>/test/support/environment.ts'],
};
