module.exports = require('../../scripts/lint/packageConfig.cjs')(__dirname, {
  overrides: [
    {
      // These run in Node, under its own test runner.
      files: ['e2e-tests/**'],
      rules: {
        'no-restricted-imports': 'off',
        'jest/expect-expect': 'off',
        'jest/no-standalone-expect': 'off',
        'jest/no-done-callback': 'off',
      },
    },
  ],
});
