import { NOW } from './StoredWorld';
import { IMAGES } from './exampleEvidence';
import { REFS } from './exampleWorld';
import { DENY, ownedBy } from './testPermissions';
import { ExampleRouter } from './useExampleRouter';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The instant some days after {@link NOW}. */
export function inDays(days: number): string {
  return new Date(NOW.getTime() + days * DAY_MS).toISOString();
}

/** Who asks for waivers, and may do everything. */
export const ADA = 'user:default/ada';

/** Who approves them, and may do everything. */
export const GRACE = 'user:default/grace';

/** People who may do less. */
export const WAIVER_READERS = {
  'user:default/stranger': {
    'supply-chain.read': DENY,
    'supply-chain.unlinked.read': DENY,
  },
  'user:default/reader': {
    'supply-chain.waiver.request': DENY,
    'supply-chain.waiver.approve': DENY,
  },
  'user:default/lead': {
    'supply-chain.waiver.approve': ownedBy('group:default/team-payments'),
  },
  'user:default/checkout': {
    'supply-chain.read': ownedBy('group:default/team-checkout'),
    'supply-chain.unlinked.read': DENY,
  },
};

/** A waiver that may be asked for. */
export const ORDER = {
  entityRef: REFS.payments,
  ...IMAGES.payments,
  policy: 'baseline',
  rule: 'no-fixable-vulnerability',
  scope: 'image',
  reason: 'Fixed with the next release',
  ticket: 'SEC-412',
  expires: inDays(30),
};

/** Of the proxy nobody knows a scan or a signature. */
export const UNKNOWN_ORDER = {
  ...ORDER,
  ...IMAGES.proxy,
  rule: 'scan-fresh',
  includeUnknown: true,
};

/** Asks for and decides about waivers of the example world, at a time that tests set. */
export class WaiverPeople {
  now = NOW;
  /** How often verdicts were asked for. */
  wakes = 0;
  readonly #router: ExampleRouter;

  constructor(router: ExampleRouter) {
    this.#router = router;
  }

  readonly open = async (options: object = {}): Promise<void> =>
    this.#router.open({
      readers: WAIVER_READERS,
      now: () => this.now,
      onWaiversChanged: () => {
        this.wakes += 1;
      },
      ...options,
    });

  readonly ask = async (order: object = {}, user = ADA) =>
    this.#router.post('/waivers', user, { ...ORDER, ...order });

  readonly decide = async (waiver: string, verb: string, user = GRACE) =>
    this.#router.post(`/waivers/${waiver}/${verb}`, user, {
      comment: ` ${verb} `,
    });

  readonly list = async (query = '', user = ADA) =>
    (await this.#router.get(`/waivers${query}`, user)).body;
}

/** What an error says: status, name and reason code. */
export function reasonOf(answer: { status: number; body: any }) {
  return [answer.status, answer.body.error?.name, answer.body.error?.reason];
}

/** {@link WaiverPeople} anew before every test. */
export function useWaiverPeople(router: ExampleRouter): WaiverPeople {
  const people = new WaiverPeople(router);

  beforeEach(async () => {
    people.now = NOW;
    people.wakes = 0;
    await people.open();
  });

  return people;
}
