import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseOpenVex } from './parseOpenVex';

// Documents of openvex/go-vex @ba5be8f4 and of Trivy @dc3c56ee (Apache-2.0), chainloop (Apache-2.0) and DefectDojo (BSD-3-Clause).
const FIXTURES =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../../shared/fixtures');
const describeIfPresent = existsSync(FIXTURES) ? describe : describe.skip;

const FOLDERS = {
  goVex: 'openvex/pkg/vex/testdata',
  trivy: 'trivy/pkg/vex/testdata',
  dojo: 'defectdojo/openvex',
};

describeIfPresent('documents of others', () => {
  // prettier-ignore
  it.each<[string, number, number]>([
    [`${FOLDERS.goVex}/v020-1.vex.json`, 1, 0],
    [`${FOLDERS.goVex}/v020-2.vex.json`, 1, 0],
    [`${FOLDERS.goVex}/v001-1.vex.json`, 1, 0],
    [`${FOLDERS.goVex}/v001-2.vex.json`, 1, 0],
    [`${FOLDERS.trivy}/openvex.json`, 1, 0],
    [`${FOLDERS.trivy}/openvex-oci.json`, 1, 0],
    [`${FOLDERS.trivy}/openvex-multiple.json`, 2, 0],
    [`${FOLDERS.dojo}/openvex_one_vuln.json`, 1, 0],
    [`${FOLDERS.dojo}/openvex_no_vuln.json`, 0, 0],
  ])('%s', (path, statements, ignored) => {
    const result = parseOpenVex(readFileSync(join(FIXTURES, path)));
    expect(
      result.ok && [
        result.report.statements.length,
        result.report.ignored.length,
      ],
    ).toEqual([statements, ignored]);
  });

  it.each([
    [`${FOLDERS.dojo}/openvex_not_a_document.json`, 'malformedReport'],
    [
      'chainloop/internal/schemavalidators/testdata/csaf_vex_v0.2.0.json',
      'reportFormatUnknown',
    ],
    ['trivy-scan/web-1.0.0.json', 'reportFormatUnknown'],
  ])('%s is none', (path, reason) => {
    const bytes = readFileSync(join(FIXTURES, path));
    expect(parseOpenVex(bytes)).toMatchObject({
      ok: false,
      reason,
    });
  });
});
