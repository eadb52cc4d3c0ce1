import { CommandLineContext } from '../commandLine/CommandLineContext';
import { EXIT_CODES, ExitCode, worstExitCode } from '../commandLine/exitCodes';
import { parseOptions } from '../commandLine/parseOptions';
import { EvidenceFiles, readEvidence } from '../evidence';
import {
  createNotes,
  Notes,
  reportOf,
  VerifyReport,
  writeGithubFiles,
  writeOutputs,
} from '../report';
import { ExaminedImage } from '../verify/ImageExaminer';
import { reviewImages } from '../verify/reviewImages';
import {
  CHECK_HELP,
  CHECK_OPTIONS,
  CheckOptions,
  readCheckOptions,
} from './checkOptions';
import {
  EntityContext,
  readEntityContext,
  withoutUnknownKeys,
} from './entityContext';

/** `supply-chain check`: every rule (L29). */
export async function checkCommand(
  argv: string[],
  context: CommandLineContext,
): Promise<ExitCode> {
  const parsed = parseOptions(argv, CHECK_OPTIONS);
  if (parsed.has('help')) {
    context.stdout.write(CHECK_HELP);
    return EXIT_CODES.pass;
  }
  const options = readCheckOptions(parsed);
  const report = await checkImages(options, context);
  await writeOutputs({ report, outputs: options.outputs, context });
  await writeGithubFiles({ report, context });
  return worstExitCode(report.results.map(({ outcome }) => outcome));
}

/** Judges images by a policy of one's own, without a portal. */
async function checkImages(
  options: CheckOptions,
  context: CommandLineContext,
): Promise<VerifyReport> {
  const notes = createNotes(context.stderr);
  // Files first: a mistake in one of them is found before anything is looked at.
  const evidence = EvidenceFiles.create(
    await readEvidence(options.evidenceFiles),
  );
  const entityContext = await readEntityContext(options.entity);
  let unknownKeys = new Map<string, string[]>();
  const review = await reviewImages({
    options,
    context,
    notes,
    scope: 'all',
    prepare: loaded => {
      const reduced = withoutUnknownKeys(
        loaded,
        entityContext?.unknownKeys ?? [],
      );
      unknownKeys = reduced.unknown;
      return reduced.policySet;
    },
    addFacts: (image, looking) =>
      evidence.addTo(withPlace(image, options, entityContext), looking),
  });
  noteUnused(evidence, notes);
  return reportOf(review, { evidence: evidence.describe(), unknownKeys });
}

function withPlace(
  image: ExaminedImage,
  { where }: CheckOptions,
  entityContext: EntityContext | undefined,
): ExaminedImage {
  return {
    ...image,
    facts: {
      ...image.facts,
      ...(where && { where }),
      ...(entityContext && { entity: entityContext.entity }),
    },
  };
}

function noteUnused(evidence: EvidenceFiles, notes: Notes): void {
  for (const { file, report } of evidence.unused()) {
    const what = report.artifactName ?? report.digests[0] ?? 'something else';
    notes.warn(
      `the evidence "${file}" is a scan of "${what}", and of none of the images`,
    );
  }
}
