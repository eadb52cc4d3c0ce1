import { isRecord } from '../../kubernetes/KubernetesObject';
import { Json, ReportProblem } from '../scanReport';

/** An object of objects by the ids of this one document, as Clair writes Go maps. */
export type ById = (id: unknown) => Json | undefined;

/**
 * Looks entries up by id. A map that is `null` has none: that is how Go writes one that was never made.
 *
 * @throws ReportProblem when it is no map.
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
 * @throws ReportProblem when it is no map.
 */
export function mapOf(report: Json, key: string): Json {
  const value = report[key] ?? {};
  if (!isRecord(value)) {
    throw new ReportProblem('malformedReport', `"${key}" is no object`);
  }
  return value;
}
