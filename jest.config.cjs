/** Tests run the TypeScript itself; the workflows come from the build's bundle, as in production. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        // Real imports stay: packages that are modules only are loaded by them.
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
  },
  // The generated client names its files as they are called once compiled.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/test/setup/global-setup.ts',
  globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
  testTimeout: 60_000,
  maxWorkers: 2,
  // Each file loads everything anew and Jest keeps some of it: a process that has grown is replaced, before it spends its time on collecting.
  workerIdleMemoryLimit: '1GB',
  coverageProvider: 'v8',
  collectCoverageFrom: ['{activities,api,commands,contracts,domain,mail,queries,security,sheets,temporal,web,workflows}/**/*.ts'],
  coverageReporters: ['text-summary', 'json-summary'],
};
