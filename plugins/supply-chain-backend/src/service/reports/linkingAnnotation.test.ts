import { parse } from 'yaml';
import { linkingAnnotation } from './linkingAnnotation';

describe('linkingAnnotation', () => {
  const annotationOf = (labels: Record<string, string>) =>
    parse(linkingAnnotation({ workloadName: 'web', labels }));

  it('uses the label that is there for it', () => {
    expect(
      annotationOf({ 'backstage.io/kubernetes-id': 'shop-web', app: 'web' }),
    ).toEqual({ 'backstage.io/kubernetes-id': 'shop-web' });
  });

  it('selects by the most telling label', () => {
    expect(annotationOf({ app: 'a', 'app.kubernetes.io/name': 'b' })).toEqual({
      'backstage.io/kubernetes-label-selector': 'app.kubernetes.io/name=b',
    });
  });

  it('names the label to add when there is none', () => {
    expect(annotationOf({ tier: 'front' })).toEqual({
      'backstage.io/kubernetes-id': 'web',
    });
  });

  it('stays one line of YAML whatever the label holds', () => {
    const hostile = 'x"\nkind: Evil # \u202e';
    const line = linkingAnnotation({
      workloadName: 'web',
      labels: { app: hostile },
    });
    expect(line).not.toContain('\n');
    expect(parse(line)).toEqual({
      'backstage.io/kubernetes-label-selector': `app=${hostile}`,
    });
  });
});
