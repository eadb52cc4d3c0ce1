import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { NotificationReceiver } from 'backstage-plugin-supply-chain-node';
import { MetricsNotificationTracker } from '../../metrics/MetricsNotificationTracker';
import { HintQueue } from '../../notifications/HintQueue';
import { PrincipalRateLimit } from '../PrincipalRateLimit';
import { NotificationService } from './NotificationService';

/** Of each receiver: an operator that starts sends every report it holds. What is refused beyond is found by the watch. */
const NOTIFICATION_LIMIT = { burst: 20_000, refillIntervalMs: 20 };

/** What notifications need. */
export type CreateNotificationServiceOptions = {
  receivers: readonly NotificationReceiver[];
  hints: Pick<HintQueue, 'put' | 'follows'>;
  metrics: MetricsService;
};

/** The service behind `POST /notifications/{source}`. */
export function createNotificationService(
  options: CreateNotificationServiceOptions,
): NotificationService {
  const { receivers, hints } = options;
  return NotificationService.create({
    receivers,
    put: received => hints.put(received),
    follows: source => hints.follows(source),
    tracker: MetricsNotificationTracker.create(options),
    limit: PrincipalRateLimit.create(NOTIFICATION_LIMIT),
  });
}
