import { RunningImageRow } from '../../tables';

function placeOf(row: RunningImageRow): string {
  return JSON.stringify([
    row.cluster,
    row.namespace,
    row.workload_kind,
    row.workload_name,
    row.container_type,
    row.container,
  ]);
}

/**
 * What an entity runs now; where nothing runs now, what ran last in each container. What a container ran before that
 * is history. What its annotation names stands beside either.
 */
export function lastKnownRuns<T extends RunningImageRow>(rows: T[]): T[] {
  const annotated = rows.filter(row => Boolean(row.annotated));
  const placed = rows.filter(row => !row.annotated);
  const running = placed.filter(row => Boolean(row.running));
  return [...(running.length > 0 ? running : lastOf(placed)), ...annotated];
}

function lastOf<T extends RunningImageRow>(rows: T[]): T[] {
  const lastSeen = new Map<string, string>();
  for (const row of rows) {
    const place = placeOf(row);
    const known = lastSeen.get(place);
    if (known === undefined || known < row.last_seen) {
      lastSeen.set(place, row.last_seen);
    }
  }
  return rows.filter(row => lastSeen.get(placeOf(row)) === row.last_seen);
}
