import { ClusterReadError } from './ClusterReadError';
import {
  isKubernetesObject,
  isRecord,
  KubernetesObject,
} from 'backstage-plugin-supply-chain-common';
import { StreamLine } from './readLines';
import { shortText } from './refusalOf';
import { ObjectProblem } from './ReflectorTarget';

/**
 * One line of a watch.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 *
 * @internal
 */
export type WatchEvent =
  | { type: 'upsert' | 'remove'; object: KubernetesObject }
  | { type: 'bookmark'; resourceVersion: string }
  | { type: 'error'; error: ClusterReadError }
  | { type: 'unusable'; problem: ObjectProblem };

/**
 * Reads a line of a watch. Never throws.
 *
 * @internal
 */
export function parseWatchLine(line: StreamLine): WatchEvent {
  if (line.kind === 'tooLong') {
    return unusable('answerTooLarge', 'a watch event is too large');
  }
  let event: unknown;
  try {
    event = JSON.parse(line.text);
  } catch {
    // What the bytes were does not matter: the list that follows finds out what was missed.
    return unusable('malformedAnswer', 'a watch event is not JSON');
  }
  if (!isRecord(event) || !isRecord(event.object)) {
    return unusable('malformedAnswer', 'a watch event has no object');
  }
  return eventOf(event.type, event.object);
}

function eventOf(type: unknown, object: Record<string, unknown>): WatchEvent {
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return isKubernetesObject(object)
        ? { type: type === 'DELETED' ? 'remove' : 'upsert', object }
        : unusable(
            'malformedAnswer',
            'a watched object has no name, uid or resourceVersion',
          );
    case 'BOOKMARK':
      return bookmark(object);
    case 'ERROR':
      return { type: 'error', error: errorOf(object) };
    default:
      return unusable(
        'malformedAnswer',
        `unknown watch event '${shortText(String(type))}'`,
      );
  }
}

function bookmark({ metadata }: Record<string, unknown>): WatchEvent {
  const { resourceVersion } = isRecord(metadata) ? metadata : {};
  return typeof resourceVersion === 'string' && resourceVersion
    ? { type: 'bookmark', resourceVersion }
    : unusable('malformedAnswer', 'a bookmark has no resourceVersion');
}

function errorOf(status: Record<string, unknown>): ClusterReadError {
  const message = shortText(String(status.message ?? 'the watch failed'));
  const code = Number(status.code);
  // Some servers send 410 with the reason Gone, some with Expired, some only one of the two.
  const expired =
    code === 410 || status.reason === 'Expired' || status.reason === 'Gone';
  return new ClusterReadError('clusterUnreachable', message, {
    status: code,
    expired,
  });
}

function unusable(
  reason: ObjectProblem['reason'],
  message: string,
): WatchEvent {
  return { type: 'unusable', problem: { reason, message } };
}
