import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseTrivyReport } from './parseTrivyReport';

type Json = Record<string, any>;

const vectors = join(
  process.env.SUPPLY_CHAIN_VECTORS ??
    resolve(__dirname, '../../../../../../shared/fixtures'),
  'trivy/integration/testdata',
);
const withVectors = existsSync(vectors) ? describe : describe.skip;

// Golden results of Trivy's own tests (github aquasecurity/trivy @dc3c56ee, Apache-2.0).
withVectors('beside the golden results of Trivy', () => {
  const goldens = (existsSync(vectors) ? readdirSync(vectors) : [])
    .filter(name => name.endsWith('.json.golden'))
    .map(name => ({ name, text: readFileSync(join(vectors, name), 'utf8') }))
    .map(each => ({ ...each, golden: JSON.parse(each.text) as Json }));
  const isOfImage = ({ golden }: { golden: Json }) =>
    golden.ArtifactType === 'container_image';

  it.each(goldens.filter(isOfImage))(
    'reads $name: every finding, and nothing else',
    ({ text, golden }) => {
      const parsed = parseTrivyReport(text);
      const expected = new Set(
        (golden.Results ?? []).flatMap((result: Json) =>
          (result.Vulnerabilities ?? []).map(
            (each: Json) => `${each.VulnerabilityID} ${each.PkgName}`,
          ),
        ),
      );
      const found = parsed.ok ? parsed.report.detail.findings : [];
      expect(parsed).toMatchObject({
        ok: true,
        report: { coversPackages: golden.Results !== undefined },
      });
      expect(
        new Set(found.map(({ id, packageName }) => `${id} ${packageName}`)),
      ).toEqual(expected);
    },
  );

  it.each(goldens.filter(each => !isOfImage(each)))(
    'refuses $name: it is of no image',
    ({ text }) => {
      expect(parseTrivyReport(text)).toMatchObject({
        ok: false,
        reason: 'reportFormatUnknown',
      });
    },
  );
});
