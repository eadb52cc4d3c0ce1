import { createHmac, randomUUID } from 'node:crypto';
import { Reply } from '../http';
import { ClairKeyOptions } from './checkClairToken';
import { documentReply, emptyReply, errorReply } from './clairReplies';

const API = '/notifier/api/v1/notification';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DEFAULT_PAGE_SIZE = 500;
/** https://github.com/quay/clair/blob/v4.9.0/internal/httputil/signer.go: a minute before and after. */
const LEEWAY_SECONDS = 60;

/** The notifier: what changed of which manifests, until somebody says that it was read. */
export class ClairNotifications {
  readonly #open = new Map<string, string[]>();

  /** Ids of the notifications that nobody has removed. */
  get ids(): string[] {
    return [...this.#open.keys()];
  }

  add(digests: readonly string[]): string {
    const id = randomUUID();
    this.#open.set(id, [...digests]);
    return id;
  }

  /** `GET notification/{id}`; of one it does not know it has nothing to tell. */
  read(id: string, query: URLSearchParams): Reply {
    if (!UUID.test(id)) {
      return errorReply(
        400,
        'bad-request',
        'could not parse notification id: invalid UUID length',
      );
    }
    const digests = this.#open.get(id) ?? [];
    const size = Number(query.get('page_size') ?? DEFAULT_PAGE_SIZE);
    const begin = Math.max(
      0,
      digests.findIndex((_, index) => idOf(id, index) === query.get('next')),
    );
    const end = begin + size;
    return documentReply({
      type: 'json',
      document: {
        page: {
          size,
          ...(end < digests.length && { next: idOf(id, end) }),
        },
        notifications: digests
          .slice(begin, end)
          .map((manifest, index) =>
            notificationOf(manifest, idOf(id, begin + index)),
          ),
      },
    });
  }

  /** `DELETE notification/{id}` */
  remove(id: string): Reply {
    this.#open.delete(id);
    return emptyReply(200);
  }
}

/**
 * Posts a notification to a webhook as Clair does: signed with the shared key, and delivered by nothing but a 200.
 *
 * @returns the status of the answer
 */
export async function deliverNotification(options: {
  id: string;
  /** Base address of this Clair. */
  url: string;
  target: string;
  psk?: ClairKeyOptions;
  now: Date;
}): Promise<number> {
  const { id, url, target, psk, now } = options;
  const answer = await fetch(target, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(psk && { authorization: `Bearer ${tokenOf(psk, now)}` }),
    },
    body: JSON.stringify({
      callback: `${url}${API}/${id}`,
      notification_id: id,
    }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** Ids of the parts of a notification, by which pages are asked for. */
function idOf(id: string, index: number): string {
  return `${id.slice(0, -12)}${index.toString(16).padStart(12, '0')}`;
}

/** https://github.com/quay/clair/blob/v4.9.0/notifier/notification.go */
function notificationOf(manifest: string, id: string): object {
  return {
    id,
    manifest,
    reason: 'added',
    vulnerability: {
      name: 'CVE-2026-99002',
      fixed_in_version: '3.3.1-r3',
      description: 'made up',
      normalized_severity: 'Unknown',
      links: '',
    },
  };
}

function tokenOf({ key }: ClairKeyOptions, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const encode = (value: object) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256' })}.${encode({
    iss: 'clair-notifier',
    iat: seconds,
    nbf: seconds - LEEWAY_SECONDS,
    exp: seconds + LEEWAY_SECONDS,
  })}`;
  const signature = createHmac('sha256', key).update(signed);
  return `${signed}.${signature.digest('base64url')}`;
}
