import { Digest } from 'backstage-plugin-supply-chain-common';
import '@microsoft/jest-sarif';
import {
  exampleReport,
  exampleResult,
  hostileReport,
  notCoveredResult,
} from '../../../__testUtils__/exampleReport';
import { HOSTILE_STRINGS } from '../../../__testUtils__/hostileStrings';
import { VerifyReport } from '../../verifyReport';
import { formatSarif } from './formatSarif';

const read = (report: VerifyReport) => JSON.parse(formatSarif(report));

describe('formatSarif', () => {
  it('is valid by the schema of SARIF 2.1.0', () => {
    const log = read(exampleReport([exampleResult(), notCoveredResult()]));
    expect(log).toBeValidSarifLog();
    expect(log).toMatchObject({ version: '2.1.0' });
  });

  it('has a rule for each of each policy, with a severity GitHub orders by', () => {
    const [run] = read(exampleReport()).runs;
    const severities = run.tool.driver.rules.map((rule: any) => [
      rule.id,
      rule.properties['security-severity'],
    ]);
    expect(severities).toEqual([
      ['default/image-signed', '9.5'],
      ['default/registry-allowed', '9.5'],
      ['default/no-fixable-vulnerability', '8.0'],
      ['second/provenance-verified', '9.5'],
      ['default/scan-fresh', '5.5'],
      ['default/built-from-own-repository', '9.5'],
    ]);
  });

  it('has a result for what fails, will fail, is waived or cannot be told, and none for what is well', () => {
    const [run] = read(exampleReport()).runs;
    const results = run.results.map((each: any) => [
      each.ruleId,
      each.kind,
      each.level,
      each.suppressions?.[0].kind,
      run.tool.driver.rules[each.ruleIndex].id === each.ruleId,
    ]);
    expect(results).toEqual([
      ['default/image-signed', 'fail', 'error', undefined, true],
      ['default/no-fixable-vulnerability', 'fail', 'warning', undefined, true],
      ['second/provenance-verified', 'open', 'none', undefined, true],
      ['default/scan-fresh', 'fail', 'error', 'external', true],
    ]);
    expect(run.results[3].suppressions[0].justification).toContain(
      'sec-412 until 2026-12-03T12:00:00Z: The scanner moves house',
    );
  });

  it('says which image, and that a newer build of it is the same alert', () => {
    const other = `sha256:${'b'.repeat(64)}` as Digest;
    const [result] = [exampleResult()];
    const rebuilt = exampleResult({
      image: 'registry.acme.example/shop/web:1.5.0',
      subject: { ...result.subject, digest: other },
    });
    const [before] = read(exampleReport([result])).runs;
    const [after] = read(exampleReport([rebuilt])).runs;
    expect(before.automationDetails.id).toBe(
      'supply-chain/registry.acme.example/shop/web/',
    );
    expect(after.automationDetails).toEqual(before.automationDetails);
    const prints = (run: any) =>
      run.results.map((each: any) => each.partialFingerprints);
    expect(prints(after)).toEqual(prints(before));
    expect(new Set(prints(before).map(JSON.stringify)).size).toBe(4);
    expect(after.results[0].locations[0]).toEqual({
      physicalLocation: {
        artifactLocation: { uri: 'registry.acme.example/shop/web' },
        region: { startLine: 1 },
      },
      logicalLocations: [
        {
          name: 'registry.acme.example/shop/web:1.5.0',
          fullyQualifiedName: `registry.acme.example/shop/web@${other}`,
          kind: 'resource',
        },
      ],
    });
  });

  it('has a run for each image, and tells two of one repository apart', () => {
    const results = ['1.0.0', '2.0.0'].map(tag =>
      exampleResult({ image: `registry.acme.example/shop/web:${tag}` }),
    );
    const { runs } = read(exampleReport(results));
    expect(runs.map((run: any) => run.automationDetails.id)).toEqual([
      'supply-chain/registry.acme.example/shop/web:1.0.0/',
      'supply-chain/registry.acme.example/shop/web:2.0.0/',
    ]);
  });

  it('writes a host with a port as an address, not as a scheme', () => {
    const result = exampleResult({
      subject: { repository: 'registry:5000/shop/web' },
    });
    const [run] = read(exampleReport([result])).runs;
    expect(
      run.results[0].locations[0].physicalLocation.artifactLocation.uri,
    ).toBe('registry%3A5000/shop/web');
  });

  it('shows that no policy covers an image', () => {
    const [run] = read(exampleReport([notCoveredResult()])).runs;
    expect(run.results).toEqual([
      expect.objectContaining({
        ruleId: 'none/covered-by-policy',
        kind: 'open',
      }),
    ]);
  });

  it.each(HOSTILE_STRINGS)('keeps %j a text', text => {
    const sarif = formatSarif(hostileReport(text));
    const log = JSON.parse(sarif);
    expect(log).toBeValidSarifLog();
    expect(sarif).not.toMatch(/##|^\s*::/m);
    for (const { message } of log.runs[0].results) {
      // No link, no placeholder, nothing that is not seen.
      expect(message.text).not.toMatch(/(?<!\\)[[\]]/);
      expect(message.text.replace(/\{\{|\}\}/g, '')).not.toMatch(/[{}]/);
      expect(message.text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});
