// Resolves relative imports by their text alone, whether or not the file
// exists. The direction of an import is wrong before its target is written,
// and the compiler already says when a file is missing.
const { existsSync } = require('node:fs');
const { dirname, resolve } = require('node:path');

const suffixes = ['', '.ts', '.tsx', '.js', '.json', '/index.ts', '/index.tsx'];

module.exports = {
  interfaceVersion: 2,
  resolve(source, file) {
    if (!/^\.\.?(\/|$)/.test(source)) {
      return { found: false };
    }
    const base = resolve(dirname(file), source);
    const suffix = suffixes.find(
      candidate =>
        /\.[a-z]+$/.test(base + candidate) && existsSync(base + candidate),
    );
    return { found: true, path: base + (suffix ?? '') };
  },
};
