import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  isRecord,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import { parseAllDocuments } from 'yaml';

// What the operator's own tests expect it to write (github aquasecurity/trivy-operator, Apache-2.0) and reports people
// handed to DefectDojo (github DefectDojo/django-DefectDojo, BSD-3-Clause). A third party's files: read here, never
// copied.
export const FIXTURES =
  process.env.SUPPLY_CHAIN_VECTORS ??
  resolve(__dirname, '../../../../../shared/fixtures');
const FOLDERS = ['trivy-operator', 'kubernetes']
  .map(folder => join(FIXTURES, folder))
  .filter(folder => existsSync(folder));
export const describeIfPresent = existsSync(join(FIXTURES, 'trivy-operator'))
  ? describe
  : describe.skip;

export type Json = Record<string, any>; // any: whatever stands in the files

function filesIn(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

/** Every file there is of some form, by its path below {@link FIXTURES}. */
export function vectorFiles(form: RegExp): string[] {
  return FOLDERS.flatMap(filesIn)
    .map(file => relative(FIXTURES, file))
    .filter(file => form.test(file))
    .sort();
}

/** Every object of some kinds in a value, however deep: one, a list, or lists by kind. */
function objectsIn(value: unknown, kinds: ReadonlySet<string>): Json[] {
  if (Array.isArray(value)) {
    return value.flatMap(each => objectsIn(each, kinds));
  }
  if (!isRecord(value)) {
    return [];
  }
  const { kind, report, spec } = value;
  return kinds.has(String(kind)) && (isRecord(report) || isRecord(spec))
    ? [value]
    : Object.values(value).flatMap(each => objectsIn(each, kinds));
}

/** The documents of a file: JSON, YAML, or the examples of a page. */
export function documentsIn(file: string): unknown[] {
  const text = readFileSync(join(FIXTURES, file), 'utf8');
  if (file.endsWith('.json')) {
    return [JSON.parse(text)];
  }
  const texts = file.endsWith('.md')
    ? [...text.matchAll(/^```(?:yaml|json)\n(.*?)^```/gms)].map(
        ([, each]) => each,
      )
    : // Templates of a chart: what they ask and fill in is no YAML.
      [text.replace(/^\s*\{\{.*\}\}\s*$/gm, '').replace(/\{\{.*?\}\}/g, 'x')];
  return texts.flatMap(each =>
    parseAllDocuments(each)
      .filter(document => document.errors.length === 0)
      .map(document => document.toJS()),
  );
}

/** Every object of some kinds in a file. */
export function readVectors(file: string, kinds: Iterable<string>): Json[] {
  return objectsIn(documentsIn(file), new Set(kinds));
}

/** The tests of the operator leave out what the server adds. */
export function asServed({ metadata, ...rest }: Json): KubernetesObject {
  return {
    ...rest,
    metadata: {
      uid: 'report',
      resourceVersion: '1',
      creationTimestamp: '2026-11-23T08:00:00Z',
      ...metadata,
      ownerReferences: metadata.ownerReferences?.map((each: Json) => ({
        ...each,
        uid: each.uid ?? 'owner',
      })),
    },
  } as KubernetesObject;
}
