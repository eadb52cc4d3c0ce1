import {
  Digest,
  isRecord,
  parseDigest,
  parseStrictJson,
} from 'backstage-plugin-supply-chain-common';
import { SMALL_ANSWER_MAX_BYTES } from '../parseAnswers';

/** One page of a notification. */
export type NotificationPage = {
  manifests: Digest[];
  /** Where the next page begins; absent on the last one. */
  next?: string;
};

const NEXT = /^[0-9a-f-]{36}$/i;
/** No id at all, which is how some versions write that there is no next page. */
const NIL = '00000000-0000-0000-0000-000000000000';

/** Reads a page; undefined for anything else. What it says of vulnerabilities is not looked at: the reports are read. */
export function parseNotificationPage(
  body: Uint8Array,
): NotificationPage | undefined {
  const parsed = parseStrictJson(body, { maxBytes: SMALL_ANSWER_MAX_BYTES });
  const answer = parsed.ok ? parsed.value : undefined;
  if (!isRecord(answer) || !isRecord(answer.page)) {
    return undefined;
  }
  const { notifications } = answer;
  // An empty list is written as null.
  if (notifications !== null && !Array.isArray(notifications)) {
    return undefined;
  }
  const manifests = (notifications ?? []).flatMap(
    each => (isRecord(each) ? parseDigest(each.manifest) : undefined) ?? [],
  );
  const { next } = answer.page;
  const isNext = typeof next === 'string' && NEXT.test(next) && next !== NIL;
  return { manifests, ...(isNext && { next }) };
}
