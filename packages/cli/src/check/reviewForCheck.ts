import {
  indexCatalogue,
  IndexedCatalogue,
  knownExploitedFacts,
  ReportAdditions,
} from 'backstage-plugin-supply-chain-common';
import { CommandLineContext } from '../commandLine/CommandLineContext';
import {
  EvidenceFiles,
  readEvidence,
  readKevFile,
  ScanFile,
} from '../evidence';
import { createNotes, Notes } from '../report';
import { ExaminedImage } from '../verify/ImageExaminer';
import { Review, reviewImages } from '../verify/reviewImages';
import { CheckOptions } from './checkOptions';
import {
  EntityContext,
  readEntityContext,
  withoutUnknownKeys,
} from './entityContext';

/** Judges images by every rule of a policy of one's own, with all that is known beside the registry. */
export async function reviewForCheck(
  options: CheckOptions,
  context: CommandLineContext,
): Promise<{ review: Review; additions: ReportAdditions }> {
  const notes = createNotes(context.stderr);
  // Files first: a mistake in one of them is found before anything is looked at.
  const evidence = EvidenceFiles.create(
    await readEvidence(options.evidenceFiles, options),
  );
  const catalogue =
    options.kevFile === undefined
      ? undefined
      : indexCatalogue(await readKevFile(options.kevFile));
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
    addFacts: async (image, looking) => {
      const placed = withPlace(image, options, entityContext);
      return withExploited(await evidence.addTo(placed, looking), catalogue);
    },
  });
  noteUnused(evidence, notes);
  noteIgnored(evidence, notes);
  return {
    review,
    additions: { evidence: evidence.describe(), unknownKeys },
  };
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

function withExploited(
  image: ExaminedImage,
  catalogue: IndexedCatalogue | undefined,
): ExaminedImage {
  if (!catalogue) {
    return image;
  }
  const { facts } = image;
  const knownExploited = knownExploitedFacts(catalogue, facts);
  return { ...image, facts: { ...facts, knownExploited } };
}

/** Somebody wrote them to say something. */
function noteIgnored(evidence: EvidenceFiles, notes: Notes): void {
  for (const { file, index, reason, message } of evidence.ignored()) {
    notes.warn(
      `the evidence "${file}": statement ${index} is ignored: ${reason}: ${message}`,
    );
  }
}

function noteUnused(evidence: EvidenceFiles, notes: Notes): void {
  for (const each of evidence.unused()) {
    notes.warn(
      each.kind === 'vex'
        ? `the evidence "${each.file}" names none of the images by its digest`
        : `the evidence "${each.file}" is a scan of "${scannedName(
            each,
          )}", and of none of the images`,
    );
  }
}

function scannedName({ report }: ScanFile): string {
  return report.artifactName ?? report.digests[0] ?? 'something else';
}
