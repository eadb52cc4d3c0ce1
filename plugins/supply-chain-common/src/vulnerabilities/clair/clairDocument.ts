import { isRecord } from '../../kubernetes/KubernetesObject';
import { ReasonCode } from '../../model/reasonCodes';

/** A JSON object of a report; everything in it is unchecked. */
export type Json = Record<string, unknown>;

/** Why a report cannot be used. */
export class ClairProblem extends Error {
  constructor(readonly reason: ReasonCode, message: string) {
    super(message);
  }
}

/** An object of objects by the ids of this one document, as Clair writes Go maps. */
export type ById = (id: unknown) => Json | undefined;

/**
 * Looks entries up by id. A map that is `null` has none: that is how Go writes one that was never made.
 *
 * @throws ClairProblem when it is no map.
 */
export function mapById(report: Json, key: string): ById {
  const entries = mapOf(report, key);
  return id => {
    // Ids are hostile text: what objects inherit is no entry.
    const found =
      typeof id === 'string' && Object.hasOwn(entries, id)
        ? entries[id]
        : undefined;
    return isRecord(found) ? found : undefined;
  };
}

/**
 * A map of a report.
 *
 * @throws ClairProblem when it is no map.
 */
export function mapOf(report: Json, key: string): Json {
  const value = report[key] ?? {};
  if (!isRecord(value)) {
    throw new ClairProblem('malformedReport', `"${key}" is no object`);
  }
  return value;
}

/** An object in it, or an empty one. */
export function objectOf(value: unknown): Json {
  return isRecord(value) ? value : {};
}

/** A list, or an empty one for anything else. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text, or an empty one for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
