import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { Notice } from '../../ui/Notice';
import { ReasonAndMessage } from '../shared/ReasonAndMessage';

const TONES: Record<schema.ClusterRead['state'], schema.Outcome> = {
  ok: 'pass',
  starting: 'unknown',
  notInstalled: 'unknown',
  notRead: 'unknown',
  degraded: 'warn',
  down: 'fail',
};

/**
 * Says of each kind of report that is not read well why that is, so that an empty list is not taken for a good one.
 */
export function ReadNotices(props: { reads: readonly schema.ClusterRead[] }) {
  return (
    <>
      {props.reads
        .filter(({ state }) => state !== 'ok')
        .map(read => (
          <ReadNotice key={read.kind} read={read} />
        ))}
    </>
  );
}

function ReadNotice(props: { read: schema.ClusterRead }) {
  const { kind, state, reason, message } = props.read;
  const { t } = useMessages();
  return (
    <Notice tone={TONES[state]} live={false}>
      <div>{t(`clusters.read.${state}`, { kind })}</div>
      <ReasonAndMessage reason={reason} message={message} />
    </Notice>
  );
}

/**
 * Whether all of it is read well: only then does nothing reported mean that there is nothing to report.
 */
export function isReadWell(reads: readonly schema.ClusterRead[]): boolean {
  return reads.every(({ state }) => state === 'ok');
}
