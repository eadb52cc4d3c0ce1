import { SourceHealthRow } from '../../tables';
import { scannerOf } from './scannerOf';

const source = (
  kind: string,
  name: string,
  state: string,
): SourceHealthRow => ({
  kind,
  name,
  state,
  feed: 'feed',
  reason: null,
  message: state === 'down' ? `${name} refuses` : null,
  last_success_at: null,
  last_failure_at: null,
  next_try_at: null,
  items: null,
  parts: null,
  of_no_cluster: false,
});

const trivy = (state: string) => source('scanner', 'east', state);
const clair = (state: string) => ({
  ...source('scanner', 'Clair v4', state),
  of_no_cluster: true,
});

describe('scannerOf', () => {
  // prettier-ignore
  it.each<[string, SourceHealthRow[], object | undefined]>([
    ['nothing scans', [source('cluster', 'east', 'ok')], undefined],
    ['only another cluster is scanned', [source('scanner', 'west', 'down')], undefined],
    ['the scanner of the cluster is well', [trivy('ok')], { status: 'ok' }],
    ['it is down', [trivy('down')], { status: 'unavailable', message: 'east refuses' }],
    ['the one of no cluster is all there is', [clair('degraded')], { status: 'ok' }],
    ['both are well', [clair('ok'), trivy('degraded')], { status: 'ok' }],
    ['the one of no cluster is down', [clair('down'), trivy('ok')], { status: 'unavailable', message: 'Clair v4 refuses' }],
    ['the one of no cluster has not read yet', [clair('starting'), trivy('ok')], { status: 'unavailable' }],
    ['the one of the cluster is down', [clair('ok'), trivy('down')], { status: 'unavailable', message: 'east refuses' }],
    ['another cluster has a space in its name', [source('scanner', 'the west', 'down'), trivy('ok')], { status: 'ok' }],
    ['the one of no cluster has a name like a cluster', [{ ...source('scanner', 'west', 'down'), of_no_cluster: true }, trivy('ok')], { status: 'unavailable', message: 'west refuses' }],
  ])('says of a cluster when %s', (_, sources, scanner) => {
    expect(scannerOf(sources, 'east').scanner).toEqual(scanner);
  });
});
