import {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/** Options of {@link withAuditEvent}. */
export type WithAuditEventOptions = AuditorServiceCreateEventOptions & {
  auditor: AuditorService;
};

/** Does some work between an audit event and the word on how it ended. */
export async function withAuditEvent<T>(
  options: WithAuditEventOptions,
  work: () => Promise<T>,
): Promise<T> {
  const { auditor, ...event } = options;
  const audited = await auditor.createEvent(event);
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await audited.fail({ error: toError(error) });
    throw error;
  }
  await audited.success();
  return result;
}
