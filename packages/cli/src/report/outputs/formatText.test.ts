import {
  exampleReport,
  exampleResult,
  hostileReport,
} from '../../__testUtils__/exampleReport';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import { Style } from '../style';
import { formatJson } from './formatJson';
import { formatText } from './formatText';

const plain: Style = { outcome: (_, text) => text, faint: text => text };

describe('formatText', () => {
  it('says what to deploy, what scans found, and who waived what', () => {
    const text = formatText(exampleReport(), plain);
    expect(text).toContain(
      `  deploy      registry.acme.example/shop/web@sha256:${'a'.repeat(64)}\n`,
    );
    expect(text).toContain(
      '  scan        present, 1 critical, 2 high, 1 with a fix, scanned 2026-11-20T12:00:00Z, by Trivy\n',
    );
    expect(text).toContain(
      '  waived      scan-fresh (policy default, medium): The last scan is older than 24 hours.\n' +
        '              waiver sec-412 (SEC-412) until 2026-12-03T12:00:00Z, approved by user:default/platform: The scanner moves house\n',
    );
    expect(text).toContain('  next        cosign sign registry.acme.example');
  });

  it('names the signing system of every place it looked at', () => {
    const { signature } = exampleResult();
    const look = { location: 'somewhere', found: 0, complete: true };
    const result = exampleResult({
      signature: {
        ...signature,
        trail: [
          { ...look, scheme: 'cosign', place: 'referrers' },
          { ...look, scheme: 'contentTrust', place: 'contentTrust' },
          {
            ...look,
            scheme: 'notation',
            place: 'referrers',
            complete: false,
            reason: 'registryRefused',
          },
          { ...look, scheme: 'cosign', place: 'sigTag', found: 2 },
        ],
      },
    });
    expect(formatText(exampleReport([result]), plain)).toContain(
      '  looked at   Cosign: referrers 0, sigTag 2\n' +
        '              Docker Content Trust: contentTrust 0\n' +
        '              Notation: referrers 0 (not to its end: registryRefused)\n',
    );
  });

  it('says that there is no scan, without a number', () => {
    const result = exampleResult({
      vulnerabilities: { status: 'absent', reason: 'notScanned' },
    });
    expect(formatText(exampleReport([result]), plain)).toContain(
      '  scan        absent (notScanned)\n',
    );
  });

  it('says so when a scan found nothing', () => {
    const none = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0 };
    const result = exampleResult({
      vulnerabilities: { status: 'present', counts: { ...none, unknown: 0 } },
    });
    expect(formatText(exampleReport([result]), plain)).toContain(
      'present, none found, 0 with a fix\n',
    );
  });

  it.each(HOSTILE_STRINGS)('keeps %j in its place', text => {
    const output = formatText(hostileReport(text), plain);
    expect(output.replace(/\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(output).not.toMatch(/##|^\s*::/m);
    // A line of its own begins with a label, or is indented under one.
    expect(
      output
        .split('\n')
        .filter(line => !/^(?:FAIL {2}| {2}\S| {14}\S|1 image|$)/.test(line)),
    ).toEqual([]);
  });
});

describe('formatJson', () => {
  it.each(HOSTILE_STRINGS)(
    'gives %j back, and no command to a runner',
    text => {
      const report = hostileReport(text);
      const json = formatJson(report);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(report)));
      expect(json).not.toMatch(/##|^\s*::/m);
    },
  );
});
