import { ExportApi } from '../api';

/** An API that answers every export with the same few bytes. */
export function fakeExportApi(
  changes: Partial<ExportApi> = {},
): jest.Mocked<ExportApi> {
  const file = async () => new Blob(['the file']);
  return {
    services: jest.fn(file),
    vulnerabilities: jest.fn(file),
    places: jest.fn(file),
    imageVulnerabilities: jest.fn(file),
    comparison: jest.fn(file),
    entityImages: jest.fn(file),
    entityChecks: jest.fn(file),
    imageChecks: jest.fn(file),
    ...changes,
  } as jest.Mocked<ExportApi>;
}
