import request, { Response } from 'supertest';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import {
  openTestDatabase,
  TestContent,
} from '../../__testUtils__/testDatabases';
import { createExampleApp, ExampleApp, ExampleAppOptions } from './exampleApp';
import { examplePolicySet, fillExampleWorld } from './exampleWorld';
import { StoredWorld } from './StoredWorld';
import { DENY, ownedBy } from './testPermissions';

const ADMINISTRATOR = 'user:default/administrator';

const READERS = {
  'user:default/stranger': {
    'supply-chain.read': DENY,
    'supply-chain.unlinked.read': DENY,
    'supply-chain.sources.read': DENY,
  },
  'user:default/janitor': { 'supply-chain.read': DENY },
  'user:default/reader': { 'supply-chain.recheck': DENY },
  'user:default/discreet': { 'supply-chain.secrets.read': DENY },
  'user:default/payer': {
    'supply-chain.secrets.read': ownedBy('group:default/team-payments'),
  },
  'user:default/untrusted': { 'supply-chain.trust.read': DENY },
  'user:default/lawless': { 'supply-chain.policy.read': DENY },
  'user:default/half': {
    'supply-chain.recheck': ownedBy('group:default/team-checkout'),
  },
};

const fillExamples: TestContent = async knex => {
  const policySet = examplePolicySet();
  await fillExampleWorld({ knex, policySet, hidden: false });
};

/** A database that is supported and where to open it. */
export type ExampleRouterOptions = {
  databases: TestDatabases;
  id: Parameters<TestDatabases['init']>[0];
};

/** The router over the example world without anything hidden, new for every test. */
export class ExampleRouter {
  readonly policySet = examplePolicySet();
  #knex?: Knex;
  #world?: StoredWorld;
  #example?: ExampleApp;

  get knex(): Knex {
    return this.#knex!;
  }

  get world(): StoredWorld {
    return this.#world!;
  }

  get example(): ExampleApp {
    return this.#example!;
  }

  async fill({ databases, id }: ExampleRouterOptions): Promise<void> {
    const { policySet } = this;
    const knex = await openTestDatabase(databases, id, fillExamples);
    this.#knex = knex;
    this.#world = new StoredWorld({ knex, policySet });
  }

  /** Serves the world, from now on as the options say. */
  readonly open = async (
    options: Partial<ExampleAppOptions> = {},
  ): Promise<void> => {
    const { knex, policySet } = this;
    this.#example = await createExampleApp({
      knex,
      policySet,
      readers: READERS,
      ...options,
    });
  };

  readonly get = async (
    path: string,
    user = ADMINISTRATOR,
  ): Promise<Response> =>
    request(this.example.app)
      .get(path)
      .set('Authorization', mockCredentials.user.header(user));

  readonly post = async (
    path: string,
    user = ADMINISTRATOR,
    body?: object,
  ): Promise<Response> =>
    request(this.example.app)
      .post(path)
      .set('Authorization', mockCredentials.user.header(user))
      .send(body);

  /** Sends bytes as they are. */
  readonly put = async (
    path: string,
    user = ADMINISTRATOR,
    body: string | Buffer = '',
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    request(this.example.app)
      .put(path)
      .set('Authorization', mockCredentials.user.header(user))
      .set({ 'Content-Type': 'application/json', ...headers })
      .send(body);
}

/** Sets up {@link ExampleRouter} before every test, and fails those with answers that the OpenAPI document does not allow. */
export function useExampleRouter(options: ExampleRouterOptions): ExampleRouter {
  const router = new ExampleRouter();

  beforeEach(async () => {
    await router.fill(options);
    await router.open();
  });

  afterEach(() => {
    const { invalidResponses } = router.example;
    if (invalidResponses.length > 0) {
      throw new Error(invalidResponses.join('\n'));
    }
  });

  return router;
}
