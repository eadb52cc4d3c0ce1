import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

function example(description: string, input: object): TemplateExample {
  return {
    description,
    example: stringify({
      steps: [
        {
          id: 'supply-chain',
          name: 'Check images before they are deployed',
          action: 'supply-chain:ci:add',
          input,
        },
      ],
    }),
  };
}

/** Examples for the page of actions. */
export const addCheckExamples: TemplateExample[] = [
  example('A policy file in the repository decides', {
    provider: 'github',
    policyFile: 'supply-chain/policy.yaml',
  }),
  example('The portal decides; the job has a token of its own', {
    provider: 'gitlab',
    portalUrl: 'https://backstage.acme.example',
    entityRef: 'component:default/web',
  }),
];
