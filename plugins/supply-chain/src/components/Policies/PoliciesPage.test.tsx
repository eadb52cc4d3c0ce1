import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BUILT_IN_RULES } from 'backstage-plugin-supply-chain-common';
import { HOSTILE_STRINGS } from '../../__testUtils__/hostileStrings';
import {
  policyList,
  policyReport,
  policyRule,
} from '../../__testUtils__/policyReports';
import {
  fakeApi,
  renderPage,
  responseError,
} from '../../__testUtils__/renderPage';
import { policies } from '../../translations/en/policies';
import { hasUnseenCharacters } from '../../ui/escapeHostileText';
import { PoliciesPage } from './PoliciesPage';

async function renderPolicies(
  list = policyList(),
  path = '/',
): Promise<ReturnType<typeof renderPage>> {
  return renderPage(<PoliciesPage />, {
    path,
    api: fakeApi({ getPolicies: async () => list }),
  });
}

async function rowOf(name: string): Promise<HTMLElement> {
  const button = await screen.findByLabelText(`Show details of ${name}`);
  return button.closest('tr')!;
}

async function panel(name: string): Promise<HTMLElement> {
  return screen.findByRole('region', { name });
}

describe('the policies', () => {
  it('say what they cover, what admission does, and what they come to', async () => {
    await renderPolicies();
    const row = within(await rowOf('Production'));
    expect(row.getByText('lifecycle: production')).toBeInTheDocument();
    expect(row.getByText('cluster: prod-*, edge')).toBeInTheDocument();
    expect(row.getByText('Audit')).toBeInTheDocument();
    expect(row.getByText(/Everything is admitted/)).toBeInTheDocument();
    expect(row.getByText('3 Fails')).toBeInTheDocument();
    expect(screen.getByText(/2 running images are covered by no policy/)).toBe(
      screen.getByText(/covered by no policy/),
    );
  });

  it('lead from the number of services to these services', async () => {
    await renderPolicies();
    const row = within(await rowOf('Production'));
    expect(row.getByRole('link', { name: '2 Not compliant' })).toHaveAttribute(
      'href',
      '/supply-chain/overview?owner=all&policy=default&policyOutcome=fail',
    );
  });

  it('say that a policy covers everything, or whatever belongs to a service, and what is still to come', async () => {
    await renderPolicies(
      policyList({
        items: [
          policyReport({ match: [], outdated: 4, mode: 'enforce' }),
          policyReport({
            name: 'services',
            title: undefined,
            match: [{ key: 'entities', values: [] }],
            images: policyRule().images,
          }),
        ],
      }),
    );
    const row = within(await rowOf('Production'));
    expect(row.getByText('everything that runs')).toBeInTheDocument();
    expect(row.getByText('What fails is refused.')).toBeInTheDocument();
    expect(
      row.getByText('4 images are still to be judged by this version'),
    ).toBeInTheDocument();
    expect(
      within(await rowOf('services')).getByText(
        'whatever belongs to a service',
      ),
    ).toBeInTheDocument();
  });

  it('say that a newer version does not load, and why', async () => {
    await renderPolicies(
      policyList({
        sources: [
          {
            source: '/etc/policies/default.yaml',
            loadedAt: '2026-11-20T08:00:00.000Z',
            policies: ['default'],
            problems: [
              {
                code: 'ruleUnknown',
                message: 'there is no rule "image-sigend".',
                line: 7,
                path: 'spec.rules[0].use',
              },
            ],
          },
          {
            source: 'https://policies.acme.example/edge.yaml',
            policies: [],
            problems: [{ code: 'documentUnreachable', message: 'HTTP 503' }],
          },
        ],
      }),
    );
    expect(
      await screen.findByText(
        'The newest version of /etc/policies/default.yaml does not load; the one before stays in force.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/line 7/)).toHaveTextContent(
      'line 7: spec.rules[0].use there is no rule "image-sigend".',
    );
    expect(
      screen.getByText(/Nothing of https:.* is in force/),
    ).toBeInTheDocument();
  });

  it('say what is missing where none is loaded', async () => {
    await renderPolicies(policyList({ items: [], notCovered: 0 }));
    expect(await screen.findByText(/No policy is loaded/)).toBeInTheDocument();
    expect(screen.queryByText(/covered by no policy/)).not.toBeInTheDocument();
  });

  it('name the missing permission', async () => {
    const error = await responseError(403, 'no');
    await renderPage(<PoliciesPage />, {
      api: fakeApi({ getPolicies: () => Promise.reject(error) }),
    });
    expect(
      await screen.findByText(/supply-chain.policy.read is missing/),
    ).toBeInTheDocument();
  });

  it('show hostile text as text', async () => {
    const texts = HOSTILE_STRINGS;
    const rules = texts.map(text =>
      policyRule({
        id: text,
        use: undefined,
        title: text,
        expression: text,
        message: text,
        motivation: text,
        controls: [text],
        parameters: { [text]: text },
      }),
    );
    const hostile = texts.map(text =>
      policyReport({
        name: text,
        title: text,
        source: text,
        match: [{ key: 'clusters', values: texts }],
        trust: { type: 'any', roots: texts },
        enforcedAt: texts,
        rules,
      }),
    );
    const problems = texts.map(text => ({
      code: text,
      message: text,
      path: text,
    }));
    const { container } = await renderPolicies(
      policyList({
        items: hostile,
        sources: texts.map(source => ({ source, policies: [], problems })),
        frameworks: texts.map(framework => ({
          framework,
          controls: [
            { id: framework, rules: [], available: texts },
            {
              id: `${framework} `,
              rules: [{ policy: framework, ruleId: framework }],
              available: [],
            },
          ],
        })),
      }),
      `/?policy=${encodeURIComponent(texts[5])}`,
    );
    await panel('Built-in rules');
    expect(hasUnseenCharacters(container.textContent ?? '')).toBe(false);
    expect(container.querySelector('img, script')).toBeNull();
  });
});

describe('a policy that is opened', () => {
  it('says everything about it and its rules', async () => {
    await renderPolicies();
    await userEvent.click(
      await screen.findByLabelText('Show details of Production'),
    );
    const details = await screen.findByLabelText('Details of Production');
    expect(details).toHaveFocus();
    const inside = within(details);
    expect(
      inside.getByText(/No admission webhook has reported/),
    ).toBeInTheDocument();
    expect(inside.getByText(/at least 2 of/)).toBeInTheDocument();
    expect(inside.getByRole('link', { name: 'acme-ci' })).toHaveAttribute(
      'href',
      '/supply-chain/trust?root=acme-ci',
    );
    expect(
      inside.getByText(/\/etc\/policies\/default.yaml/),
    ).toBeInTheDocument();

    const rules = within(inside.getByRole('table'));
    expect(
      rules.getByText('Image is signed by a trusted signer'),
    ).toBeInTheDocument();
    expect(rules.getByText('allowViaIndex: true')).toBeInTheDocument();
    expect(rules.getByText('in force')).toBeInTheDocument();
    expect(rules.getByText(/warns until/)).toHaveTextContent('2027');
    expect(rules.getByText('image.tag != "latest"')).toBeInTheDocument();
    expect(rules.getByText('none named')).toBeInTheDocument();
    expect(rules.getByRole('link', { name: '2 Fails' })).toHaveAttribute(
      'href',
      '/supply-chain/overview?owner=all&policy=default&rule=image-signed&policyOutcome=fail',
    );
  });

  it('names the webhooks that reported it, and what a policy calls a rule itself', async () => {
    await renderPolicies(
      policyList({
        items: [
          policyReport({
            enforcedAt: ['prod-eu'],
            trust: { type: 'all', roots: ['a', 'b'] },
            ownImages: undefined,
            platformImages: ['registry.acme.example/mesh/*'],
            rules: [policyRule({ title: 'Signed by us' })],
          }),
        ],
      }),
      '/?policy=default',
    );
    const details = within(
      await screen.findByLabelText('Details of Production'),
    );
    expect(details.getByText('prod-eu')).toBeInTheDocument();
    expect(details.getByText(/all of/)).toBeInTheDocument();
    expect(details.getByText('every image')).toBeInTheDocument();
    expect(details.getByText('Signed by us')).toBeInTheDocument();
  });
});

describe('the built-in rules', () => {
  it('say why each is there, what to do, and who uses it', async () => {
    await renderPolicies();
    const rules = within(await panel('Built-in rules'));
    expect(
      rules.getByText(policies.ruleText['image-signed'].motivation),
    ).toBeInTheDocument();
    expect(
      rules.getByText(policies.ruleText['digest-pinned'].remediation),
    ).toBeInTheDocument();
    expect(rules.getByRole('link', { name: 'Production' })).toHaveAttribute(
      'href',
      '/supply-chain/policies?policy=default',
    );
    expect(rules.getByText('no policy')).toBeInTheDocument();
  });

  it('are described in English as their definitions describe them', () => {
    const texts = Object.values(BUILT_IN_RULES).map(({ definition }) => [
      definition.id,
      {
        motivation: definition.motivation,
        remediation: definition.remediation,
      },
    ]);
    expect(policies.ruleText).toEqual(Object.fromEntries(texts));
  });
});

describe('the controls of frameworks', () => {
  it('say which rule serves them, and what nobody evaluates', async () => {
    await renderPolicies();
    const ssdf = within(await panel('NIST SSDF (SP 800-218)'));
    expect(ssdf.getByText('1 of 2 evaluated')).toBeInTheDocument();
    expect(
      ssdf.getByText('Image is signed by a trusted signer'),
    ).toBeInTheDocument();
    expect(ssdf.getByText('Not evaluated')).toBeInTheDocument();
    expect(ssdf.getByText('no built-in rule can tell')).toBeInTheDocument();

    const s2c2f = within(await panel('OpenSSF S2C2F'));
    expect(
      s2c2f.getByText('Could be served by Image is pinned by digest'),
    ).toBeInTheDocument();
    expect(
      s2c2f.getByRole('link', { name: 'the framework (github.com)' }),
    ).toBeInTheDocument();

    const nsa = within(
      await panel('NSA, CISA, ODNI: Securing the Software Supply Chain'),
    );
    expect(nsa.getByText(/nothing of it is evaluated/)).toBeInTheDocument();

    const other = within(await panel('Other controls'));
    expect(other.getByText('House rule 7')).toBeInTheDocument();
    expect(other.getByText('gone')).toBeInTheDocument();
  });
});
