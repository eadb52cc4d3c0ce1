import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VEX_MAX_BYTES } from './openvex';
import { parseEvidenceDocument } from './parseEvidenceDocument';

const fixture = (path: string) => readFileSync(join(__dirname, path));
const vex = fixture('openvex/__fixtures__/cosign-web.json');

describe('a document that is handed in', () => {
  it('says itself what it is', () => {
    expect(parseEvidenceDocument(vex)).toMatchObject({
      ok: true,
      report: { kind: 'vex', document: { version: 1 } },
    });
    expect(
      parseEvidenceDocument(fixture('trivy/__fixtures__/web-1.0.0.json')),
    ).toMatchObject({
      ok: true,
      report: { kind: 'vulnerabilities', report: { format: 'trivy' } },
    });
  });

  it.each([
    ['is no object', '[]', 'malformedReport'],
    ['is cut off', '{"', 'malformedReport'],
    ['is neither', '{"@context":"https://schema.org"}', 'reportFormatUnknown'],
    [
      'is VEX of another version',
      '{"@context":"https://openvex.dev/ns/v9.0.0"}',
      'reportFormatUnknown',
    ],
    [
      'is VEX and too large',
      `${vex}${' '.repeat(VEX_MAX_BYTES)}`,
      'reportTooLarge',
    ],
  ])('is refused where it %s', (_condition, text, reason) => {
    expect(parseEvidenceDocument(text)).toMatchObject({ ok: false, reason });
  });
});
