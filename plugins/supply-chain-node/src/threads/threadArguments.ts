/**
 * Options of Node for a worker thread of this product. Sources run through the transform of the Backstage CLI; under Jest
 * the process itself has no such hook. Elsewhere a thread inherits by itself: given by name, options of V8 such as the
 * size of the heap would be refused.
 *
 * @public
 */
export function threadArguments(file: string): { execArgv?: string[] } {
  const isSource = file.endsWith('.ts');
  const isInherited = process.execArgv.some(argument =>
    argument.includes('nodeTransform'),
  );
  const transform = '@backstage/cli/config/nodeTransform.cjs';
  return isSource && !isInherited
    ? { execArgv: ['--require', require.resolve(transform)] }
    : {};
}
