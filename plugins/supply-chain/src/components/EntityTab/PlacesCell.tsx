import { schema } from 'backstage-plugin-supply-chain-common';
import { useMessages } from '../../translations/useMessages';
import { HostileText } from '../../ui/HostileText';
import { usePageStyles } from '../../ui/pageStyles';

const MAX_WORKLOADS = 3;

function distinct(values: string[]): string[] {
  return [...new Set(values)];
}

/**
 * Where an image runs: clusters, workloads, pods.
 */
export function PlacesCell(props: { placements: schema.Placement[] }) {
  const { placements } = props;
  const { t } = useMessages();
  const classes = usePageStyles();
  const workloads = distinct(
    placements.map(place => {
      const kind =
        place.containerType === 'app' ? '' : ` · ${place.containerType}`;
      return `${place.namespace} / ${place.workloadKind} ${place.workloadName}${kind}`;
    }),
  );
  const waiting = distinct(
    placements.flatMap(place => place.waitingReason ?? []),
  );
  const pods = placements.reduce((sum, place) => sum + place.pods, 0);
  return (
    <>
      <HostileText
        text={distinct(placements.map(place => place.cluster)).join(', ')}
      />
      <div className={classes.secondary}>
        {workloads.slice(0, MAX_WORKLOADS).map(workload => (
          <div key={workload}>
            <HostileText text={workload} />
          </div>
        ))}
        {workloads.length > MAX_WORKLOADS && (
          <div>+ {workloads.length - MAX_WORKLOADS}</div>
        )}
        {t('pods', { count: pods })}
        {waiting.map(reason => (
          <div key={reason}>
            <HostileText text={reason} />
          </div>
        ))}
      </div>
    </>
  );
}
