import { EntityLinker, LinkablePod } from './EntityLinker';
import { matchesLabels, parseLabelSelector } from './labelSelector';

const ID = 'backstage.io/kubernetes-id';
const SELECTOR = 'backstage.io/kubernetes-label-selector';
const NAMESPACE = 'backstage.io/kubernetes-namespace';
const CLUSTER = 'backstage.io/kubernetes-cluster';

const pod = (labels: Record<string, string>): LinkablePod => ({
  cluster: 'prod',
  namespace: 'shop',
  labels,
});
const linker = (annotations: Record<string, string>) =>
  EntityLinker.create({
    entities: [{ ref: 'component:default/web', annotations }],
  });
const links = (
  annotations: Record<string, string>,
  labels: Record<string, string>,
) => linker(annotations).entityRefsOf(pod(labels)).length === 1;

describe('EntityLinker', () => {
  // prettier-ignore
  it.each<[string, Record<string, string>, Record<string, string>, boolean]>([
    ['the label carries the id', { [ID]: 'web' }, { [ID]: 'web' }, true],
    ['the label carries another id', { [ID]: 'web' }, { [ID]: 'api' }, false],
    ['there is no label', { [ID]: 'web' }, {}, false],
    ['there is no annotation', {}, { [ID]: 'web' }, false],
    ['the selector comes before the id', { [ID]: 'web', [SELECTOR]: 'app=api' }, { [ID]: 'web' }, false],
    ['the selector matches', { [ID]: 'web', [SELECTOR]: 'app=api,tier!=db' }, { app: 'api' }, true],
    ['an empty selector leaves the id', { [ID]: 'web', [SELECTOR]: '' }, { [ID]: 'web' }, true],
    ['a selector without values matches', { [SELECTOR]: 'app,!canary' }, { app: 'x' }, true],
    ['one of several values matches', { [SELECTOR]: 'app in (web, api)' }, { app: 'api' }, true],
    ['the namespace matches', { [ID]: 'web', [NAMESPACE]: 'shop' }, { [ID]: 'web' }, true],
    ['the namespace differs', { [ID]: 'web', [NAMESPACE]: 'edge' }, { [ID]: 'web' }, false],
    ['the cluster matches', { [ID]: 'web', [CLUSTER]: 'prod' }, { [ID]: 'web' }, true],
    ['the cluster differs', { [ID]: 'web', [CLUSTER]: 'staging' }, { [ID]: 'web' }, false],
    ['a namespace alone selects nothing', { [NAMESPACE]: 'shop' }, { app: 'x' }, false],
  ])('decides when %s', (_condition, annotations, labels, expected) => {
    expect(links(annotations, labels)).toBe(expected);
  });

  it.each(['a b', 'app in web', ' ', 'app=web,,'])(
    'links nothing and says so for the selector "%s"',
    selector => {
      const created = linker({ [SELECTOR]: selector });
      expect(created.entityRefsOf(pod({ app: 'web' }))).toEqual([]);
      expect(created.problems).toEqual([
        {
          entityRef: 'component:default/web',
          message: expect.stringContaining('expected'),
        },
      ]);
    },
  );

  it('names each of several entities once, in order', () => {
    const entities = ['b', 'a', 'c'].map(name => ({
      ref: `component:default/${name}`,
      annotations: { [SELECTOR]: 'app in (web,web),tier=front' },
    }));
    expect(
      EntityLinker.create({ entities }).entityRefsOf(
        pod({ app: 'web', tier: 'front' }),
      ),
    ).toEqual([
      'component:default/a',
      'component:default/b',
      'component:default/c',
    ]);
  });

  it('lets an operator forbid the claim of a namespace (L31)', () => {
    const forbidden = EntityLinker.create({
      entities: [
        { ref: 'component:default/web', annotations: { [ID]: 'web' } },
      ],
      mayClaim: ({ entityRef, cluster, namespace }) =>
        `${entityRef} ${cluster}/${namespace}` !==
        'component:default/web prod/shop',
    });
    const labels = { [ID]: 'web' };
    expect(forbidden.entityRefsOf(pod(labels))).toEqual([]);
    expect(
      forbidden.entityRefsOf({ ...pod(labels), namespace: 'edge' }),
    ).toHaveLength(1);
  });
});

describe('a label selector', () => {
  const matches = (text: string, labels: Record<string, string>) => {
    const parsed = parseLabelSelector(text);
    return parsed.ok ? matchesLabels(parsed.requirements, labels) : undefined;
  };

  // Cases of k8s.io/apimachinery/pkg/labels: what its parser accepts and how it matches.
  // prettier-ignore
  it.each<[string, Record<string, string>, boolean]>([
    ['', {}, true],
    ['x=a', { x: 'a' }, true],
    ['x==a', { x: 'a' }, true],
    ['x = a', { x: 'a' }, true],
    ['x=', { x: '' }, true],
    ['x=', {}, false],
    ['x!=a', {}, true],
    ['x!=a', { x: 'a' }, false],
    ['x!=a', { x: 'b' }, true],
    ['x', { x: '' }, true],
    ['x', {}, false],
    ['!x', {}, true],
    ['! x', { x: 'a' }, false],
    ['x in (a,b)', { x: 'b' }, true],
    ['x in (a)', {}, false],
    ['x in ()', { x: '' }, true],
    ['x in (a,)', { x: '' }, true],
    ['x notin (a,b)', {}, true],
    ['x notin (a,b)', { x: 'a' }, false],
    ['x in (a,b),y=c', { x: 'a', y: 'c' }, true],
    ['x in (a,b),y=c', { x: 'a' }, false],
    ['x>1', { x: '2' }, true],
    ['x>1', { x: '1' }, false],
    ['x<3', { x: '2' }, true],
    ['x<3', { x: 'many' }, false],
    ['x<3', {}, false],
    ['app.kubernetes.io/name=web', { 'app.kubernetes.io/name': 'web' }, true],
    ['toString', {}, false],
  ])('"%s" against %j: %s', (text, labels, expected) => {
    expect(matches(text, labels)).toBe(expected);
  });

  it.each([
    'a b',
    'x=a=b',
    'x in a',
    'x in (a',
    'x=a,',
    ',',
    '=a',
    'x>a',
    'x=ö',
    'UPPER.example/x=a',
    '/x=a',
    'x/=a',
    `x=${'a'.repeat(64)}`,
    '!',
    '__proto__',
    `x in (${'a,'.repeat(3000)}a)`,
  ])('"%s" is refused', text => {
    expect(parseLabelSelector(text)).toMatchObject({ ok: false });
  });

  it('that is unknown matches nothing', () => {
    const unknown = { operator: 'like', key: 'x' } as unknown as {
      operator: 'exists';
      key: string;
    };
    expect(matchesLabels([unknown], { x: 'a' })).toBe(false);
  });
});
