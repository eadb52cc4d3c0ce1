import { readScanReport, ReportProblem, ScanReport } from './scanReport';

describe('readScanReport', () => {
  it('makes a result of what the reader of a format finds wrong', () => {
    const read = (): ScanReport => {
      throw new ReportProblem('reportTooLarge', 'too many');
    };
    expect(readScanReport('{}', read)).toEqual({
      ok: false,
      reason: 'reportTooLarge',
      message: 'too many',
    });
  });

  it('does not take a mistake of a reader for one of the report', () => {
    const read = (): ScanReport => {
      throw new TypeError('mistake');
    };
    expect(() => readScanReport('{}', read)).toThrow('mistake');
  });
});
