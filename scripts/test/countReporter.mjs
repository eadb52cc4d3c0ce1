// A reporter for `node --test` that writes nothing but the counts, for a program to read.
export default async function* countReporter(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    // A suite is no test, and a file counts only when it could not be loaded.
    const isSuite = data?.details?.type === 'suite';
    if (type === 'test:pass' && !isSuite) {
      counts[data.skip || data.todo ? 'skipped' : 'passed'] += 1;
    } else if (type === 'test:fail' && !isSuite) {
      counts[data.todo ? 'skipped' : 'failed'] += 1;
    }
  }
  yield JSON.stringify(counts);
}
