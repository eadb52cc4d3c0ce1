import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { DatabaseAlertStore } from '../database/DatabaseAlertStore';
import { queueAlerts } from '../database/operations/alerts/queueAlerts';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/testDatabases';
import { Problem } from '../derivations/problemsOf';
import { AlertSender } from './AlertSender';
import { notificationOf } from './notificationOf';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const entityRef = 'component:default/web';

const problem: Problem = {
  ruleId: 'image-signed',
  reason: 'noSignature',
  severity: 'critical',
  policy: 'default',
  imageRef: 'registry.acme.example/shop/web:1',
};

describe.each(databases.eachSupportedId())('AlertSender on %s', id => {
  let knex: Knex;

  const queue = (news: Problem[]) =>
    knex.transaction(transaction =>
      queueAlerts({ transaction, entityRef, news, now: new Date(0) }),
    );

  const senderOf = (send: () => Promise<void>) =>
    AlertSender.create({
      store: DatabaseAlertStore.create({ knex }),
      notifications: { send },
      logger: mockServices.logger.mock(),
      pollIntervalMs: 5,
    });

  beforeEach(async () => {
    knex = await openTestDatabase(databases, id);
  });

  it('sends once, however many replicas send', async () => {
    await queue([problem]);
    await queue([{ ...problem, reason: 'payloadDigestMismatch' }]);
    const send = jest.fn(async () => undefined);
    await Promise.all([senderOf(send).sendDue(), senderOf(send).sendDue()]);
    expect(send).toHaveBeenCalledTimes(1);
    expect(await knex('alerts')).toEqual([]);
  });

  it('keeps what could not be sent for later', async () => {
    await queue([problem]);
    const send = jest.fn(async () => {
      throw new Error('503');
    });
    await senderOf(send).sendDue();
    expect(await senderOf(send).sendDue()).toBe(0);
    expect(await knex('alerts')).toMatchObject([
      { attempts: 1, lease_holder: null },
    ]);
    await knex('alerts').update({
      attempts: 19,
      next_attempt_at: '2000-01-01T00:00:00.000Z',
    });
    await senderOf(send).sendDue();
    expect(await knex('alerts')).toEqual([]);
  });

  it('sends a newer one that came while it was sending', async () => {
    await queue([problem]);
    const send = jest.fn(async () => {
      if (send.mock.calls.length === 1) {
        await queue([{ ...problem, reason: 'attestedOnly' }]);
      }
    });
    const sender = senderOf(send);
    await sender.sendDue();
    await sender.sendDue();
    expect(send).toHaveBeenCalledTimes(2);
    expect(await knex('alerts')).toEqual([]);
  });

  it('sends when woken and ends when told', async () => {
    const stop = new AbortController();
    const sender = senderOf(async () => stop.abort());
    const running = sender.run(stop.signal);
    await queue([problem]);
    sender.wake();
    await running;
    expect(await knex('alerts')).toEqual([]);
  });
});

describe('notificationOf', () => {
  const alert = {
    scope: 's',
    entityRef,
    news: problem,
    attempts: 0,
    lease: 'l',
  };

  it('links to the service when the digest is not known', () => {
    expect(notificationOf(alert)).toMatchObject({
      title: 'component:default/web: image-signed fails',
      link: '/catalog/default/component/web/supply-chain',
      severity: 'critical',
    });
  });

  it('shows hostile text as text (L32)', () => {
    const imageRef = `evil\u202Egnp.exe\u0000\n${'x'.repeat(500)}`;
    const { description } = notificationOf({
      ...alert,
      title: 'Web',
      news: { ...problem, imageRef, reason: 'unheard-of' },
    });
    expect(description).toContain('evil\\u{202e}gnp.exe\\u{0000}\\u{000a}x');
    expect(description).toHaveLength(300);
  });
});
