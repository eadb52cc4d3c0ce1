import { isRecord } from 'backstage-plugin-supply-chain-common';
import {
  AdmissionRequest,
  REVIEW_API_VERSION,
  REVIEW_KIND,
  ReviewReading,
  UncheckedObject,
} from './AdmissionRequest';

/** The API server writes UUIDs; whatever is echoed stays short. */
const UID = /^[\w.-]{1,128}$/;

const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] as const;

/** Reads the body of a call. Nothing is thrown, whatever the bytes are. */
export function readReview(body: Uint8Array): ReviewReading {
  const review = parseObject(body);
  const request = review?.request;
  const uid = isRecord(request) ? readUid(request.uid) : undefined;
  if (!review || !isRecord(request) || uid === undefined) {
    return {
      ok: false,
      problem: {
        reason: 'reviewMalformed',
        message:
          'expected an AdmissionReview in JSON with a "request" that has a "uid"',
        ...(uid !== undefined && { uid }),
      },
    };
  }
  const { apiVersion, kind } = review;
  if (apiVersion !== REVIEW_API_VERSION || kind !== REVIEW_KIND) {
    return {
      ok: false,
      problem: {
        uid,
        reason: 'reviewVersionUnsupported',
        message: `expected ${REVIEW_API_VERSION} ${REVIEW_KIND}, got ${describe(
          apiVersion,
        )} ${describe(kind)}`,
      },
    };
  }
  return readRequest(request, uid);
}

function readRequest(request: UncheckedObject, uid: string): ReviewReading {
  const operation = OPERATIONS.find(each => each === request.operation);
  const kind = isRecord(request.kind) ? request.kind.kind : undefined;
  const { subResource, namespace, name } = request;
  if (
    operation === undefined ||
    typeof kind !== 'string' ||
    ![subResource, namespace, name].every(isTextOrAbsent)
  ) {
    return malformed(uid, 'expected "operation" and "kind" of the request');
  }
  const objects = [request.object, request.oldObject];
  if (!objects.every(each => isRecord(each) || isAbsent(each))) {
    return malformed(uid, 'expected "object" and "oldObject" as objects');
  }
  const [object, oldObject] = objects.map(each =>
    isRecord(each) ? each : null,
  );
  return {
    ok: true,
    request: {
      uid,
      operation,
      kind,
      subResource: textOf(subResource),
      namespace: textOf(namespace),
      name: textOf(name),
      object,
      oldObject,
    } satisfies AdmissionRequest,
  };
}

function malformed(uid: string, message: string): ReviewReading {
  return { ok: false, problem: { uid, reason: 'reviewMalformed', message } };
}

function parseObject(body: Uint8Array): UncheckedObject | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    // The caller says that it cannot be read; the message of the parser would quote it.
    return undefined;
  }
}

function readUid(uid: unknown): string | undefined {
  return typeof uid === 'string' && UID.test(uid) ? uid : undefined;
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isTextOrAbsent(value: unknown): boolean {
  return typeof value === 'string' || isAbsent(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function describe(value: unknown): string {
  return typeof value === 'string' ? `"${value.slice(0, 100)}"` : 'none';
}
