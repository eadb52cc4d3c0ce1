module.exports = {
  root: true,
  overrides: [
    {
      files: ['scripts/**/*.mjs', 'scripts/**/*.cjs'],
      extends: ['eslint:recommended', 'prettier'],
      env: { node: true, es2024: true },
      parserOptions: { ecmaVersion: 'latest' },
      rules: {
        'no-unused-vars': [
          'error',
          { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
        ],
        'no-bitwise': 'error',
        'max-lines': ['error', 250],
        'max-lines-per-function': ['error', 60],
      },
    },
    {
      files: ['scripts/**/*.mjs'],
      parserOptions: { sourceType: 'module' },
    },
    {
      files: ['bench/**/*.ts'],
      parser: '@typescript-eslint/parser',
      extends: ['eslint:recommended', 'prettier'],
      env: { node: true, es2024: true },
      parserOptions: { ecmaVersion: 'latest', sourceType: 'module' },
      rules: {
        // The compiler knows both better: it sees types.
        'no-undef': 'off',
        'no-unused-vars': 'off',
        'max-lines': ['error', 250],
        'max-lines-per-function': ['error', 60],
      },
    },
  ],
};
