/** Runs against emulators of AWS from PyPI: `npm run test:emulator`. */
const { transform } = require('../../jest.config.cjs');

module.exports = {
  testEnvironment: 'node',
  rootDir: '../..',
  roots: ['<rootDir>/test/emulator'],
  testMatch: ['**/*.emulator.ts'],
  transform,
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  globalSetup: '<rootDir>/test/emulator/harness/set-up.ts',
  // A busy machine is no failure.
  testTimeout: 180_000,
};
