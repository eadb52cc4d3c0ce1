import { setTimeout as delay } from 'node:timers/promises';

/** Until the portal has read the catalog, the cluster and the policies. */
const PAUSE_MS = 3_000;
const ATTEMPTS = 60;

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Names the request in the list of waivers, where it is looked for at the next start. */
const TICKET = 'https://tickets.acme.example/browse/EDGE-415';

const SERVICE = 'component:default/notifications';

type Row = { repository?: string; digest?: string };

/**
 * Asks for a waiver as a service owner does on the page, so that the sandbox has one that waits. Once: what was decided about
 * it is not asked for again.
 */
export async function askForWaiver(options: {
  /** Where the portal answers. */
  url: string;
}): Promise<void> {
  let why: unknown = 'the service is not known';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      if (await askOnce(options.url)) {
        return;
      }
    } catch (error) {
      // While the portal starts nobody answers.
      why = error;
    }
    await delay(PAUSE_MS, undefined, { ref: false });
  }
  console.error(`The sandbox has no request for a waiver: ${why}`);
}

/** Whether it is asked for; false while the portal knows too little. */
async function askOnce(url: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${await signInAsOwner(url)}` };
  const api = `${url}/api/supply-chain`;
  const search = new URLSearchParams({ search: TICKET });
  const known = await fetch(`${api}/waivers?${search}`, { headers });
  if (!known.ok || (await known.json()).total > 0) {
    return known.ok;
  }
  const entity = await fetch(`${api}/entities/${SERVICE.replace(':', '/')}`, {
    headers,
  });
  const [image]: Row[] = entity.ok ? (await entity.json()).images : [];
  if (!image?.repository || !image.digest) {
    return false;
  }
  const asked = await fetch(`${api}/waivers`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      entityRef: SERVICE,
      repository: image.repository,
      digest: image.digest,
      policy: 'default',
      rule: 'digest-pinned',
      scope: 'repository',
      reason:
        'Follows latest until its pipeline pins digests; planned for the next release.',
      ticket: TICKET,
      expires: new Date(Date.now() + 30 * DAY_MS - 60_000).toISOString(),
    }),
  });
  if (!asked.ok) {
    throw new Error(`${asked.status} ${await asked.text()}`);
  }
  return true;
}

async function signInAsOwner(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/owner/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { backstageIdentity } = await answer.json();
  return backstageIdentity.token;
}
