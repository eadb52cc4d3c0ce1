import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isRecord } from '../kubernetes/KubernetesObject';
import { baseScoreOfVector } from './cvssScore';

const reports =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../shared/fixtures');

/** Scores that do not belong to the vector beside them: made up, or of another version. */
const NOT_ITS_SCORE = new Map([
  ['CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N', 7.5],
  ['AV:N/AC:M/Au:N/C:C/I:C/A:C', 10],
  ['AV:N/AC:M/Au:S/C:C/I:C/A:C', 6.6],
  ['AV:N/AC:H/Au:N/C:P/I:P/A:P', 9],
  ['AV:N/AC:M/Au:N/C:N/I:N/A:P', 5.9],
]);

const MEMBERS = [
  ['V2Vector', 'V2Score'],
  ['V3Vector', 'V3Score'],
  ['V40Vector', 'V40Score'],
  ['vectorString', 'baseScore'],
  ['vector', 'score'],
];

/** Every vector in a document that has a score beside it, with that score. */
function scoredVectors(value: unknown): [string, number][] {
  if (Array.isArray(value)) {
    return value.flatMap(scoredVectors);
  }
  if (!isRecord(value)) {
    return [];
  }
  const own = MEMBERS.map(([vector, score]) => [value[vector], value[score]]);
  const grype = isRecord(value.metrics) ? value.metrics.baseScore : undefined;
  return [
    ...[...own, [value.vector, grype]].filter(
      (pair): pair is [string, number] =>
        typeof pair[0] === 'string' && typeof pair[1] === 'number',
    ),
    ...Object.values(value).flatMap(scoredVectors),
  ];
}

function documentOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Some files are broken on purpose.
    return undefined;
  }
}

(existsSync(reports) ? describe : describe.skip)(
  'vectors in the reports of scanners',
  () => {
    it('have the scores that the scanners wrote beside them', () => {
      const written = readdirSync(reports, { recursive: true })
        .map(String)
        .filter(file => file.endsWith('.json'))
        .flatMap(file => scoredVectors(documentOf(join(reports, file))));
      const distinct = new Map(
        written
          .filter(([vector, score]) => NOT_ITS_SCORE.get(vector) !== score)
          .map(([vector, score]) => [`${vector} ${score}`, { vector, score }]),
      );
      expect(distinct.size).toBeGreaterThanOrEqual(150);
      for (const { vector, score } of distinct.values()) {
        const computed = baseScoreOfVector(vector.replace(/^\((.*)\)$/, '$1'));
        expect([vector, computed]).toEqual([vector, score]);
      }
    });
  },
);
