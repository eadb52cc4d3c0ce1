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
  ],
};
