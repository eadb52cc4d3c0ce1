import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { addCheckExamples } from './addCheckExamples';
import { CheckOptions, CLI_VERSION, readCheckOptions } from './checkOptions';
import { githubWorkflow } from './githubWorkflow';
import { gitlabJob } from './gitlabJob';

const FILES: Record<CheckOptions['provider'], string> = {
  github: '.github/workflows/supply-chain.yml',
  gitlab: '.gitlab/ci/supply-chain.yml',
};

const HEADER =
  '# Checks an image against the supply chain policy before it is deployed.\n';

/**
 * `supply-chain:ci:add`: writes the job that checks an image into the workspace. It overwrites nothing.
 *
 * @public
 */
export function createAddCheckAction() {
  return createTemplateAction({
    id: 'supply-chain:ci:add',
    description:
      'Adds the job that checks images against the supply chain policy to a repository.',
    examples: addCheckExamples,
    supportsDryRun: true,
    schema: {
      input: {
        provider: z =>
          z.enum(['github', 'gitlab']).describe('The CI of the repository'),
        policyFile: z =>
          z
            .string()
            .describe('Path of the policy in the repository; or portalUrl')
            .optional(),
        portalUrl: z =>
          z
            .string()
            .describe('Address of the portal that decides; or policyFile')
            .optional(),
        entityRef: z =>
          z
            .string()
            .describe('The service the images belong to; needed by the portal')
            .optional(),
        cliVersion: z =>
          z
            .string()
            .describe(`Exact version of the command line; ${CLI_VERSION}`)
            .optional(),
      },
      output: {
        path: z => z.string().describe('The file that was written'),
      },
    },
    async handler(ctx) {
      const options = readCheckOptions(ctx.input);
      const path = FILES[options.provider];
      const file = resolveSafeChildPath(ctx.workspacePath, path);
      if (existsSync(file)) {
        throw new ConflictError(`'${path}' exists already`);
      }
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, pipelineOf(options));
      ctx.logger.info(`Wrote ${path}`);
      ctx.output('path', path);
    },
  });
}

/** The file as text. */
export function pipelineOf(options: CheckOptions): string {
  const pipeline =
    options.provider === 'github'
      ? githubWorkflow(options)
      : gitlabJob(options);
  return HEADER + stringify(pipeline, { lineWidth: 0 });
}
