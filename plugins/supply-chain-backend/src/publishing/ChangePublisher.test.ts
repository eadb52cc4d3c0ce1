import { mockServices } from '@backstage/backend-test-utils';
import { ChangePublisher } from './ChangePublisher';

describe('ChangePublisher', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('signals at once, then at most once a second, and never what', async () => {
    const publish = jest.fn(async () => undefined);
    const publisher = ChangePublisher.create({
      events: mockServices.events.mock(),
      signals: { publish },
      logger: mockServices.logger.mock(),
    });
    publisher.somethingChanged();
    publisher.somethingChanged();
    publisher.somethingChanged();
    expect(publish).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(1_000);
    expect(publish).toHaveBeenCalledTimes(2);
    jest.advanceTimersByTime(5_000);
    expect(publish).toHaveBeenCalledTimes(2);
    expect(publish).toHaveBeenLastCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'supply-chain',
      message: { type: 'changed' },
    });
    publisher.stop();
  });

  it('publishes each change of a verdict, and goes on when one fails', async () => {
    const events = mockServices.events.mock();
    events.publish.mockRejectedValueOnce(new Error('bus down'));
    const logger = mockServices.logger.mock();
    const publisher = ChangePublisher.create({
      events,
      signals: { publish: async () => undefined },
      logger,
    });
    const change = { entityRef: '', imageRef: 'a', outcome: 'fail' };
    await publisher.verdictsChanged([change, change]);
    expect(events.publish).toHaveBeenCalledTimes(2);
    expect(events.publish).toHaveBeenLastCalledWith({
      topic: 'supply-chain.verdict',
      eventPayload: change,
    });
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});
