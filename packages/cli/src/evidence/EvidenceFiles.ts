import { EvidenceOf, ImageSubject } from 'backstage-plugin-supply-chain-common';
import type { ReportedEvidence } from '../report';
import type { ExaminedImage } from '../verify/ImageExaminer';
import type { Looking } from '../verify/reviewImages';
import {
  BindingImage,
  combineScans,
  scannedDigest,
  scanOf,
  scanOfOther,
} from './bindScans';
import { readConfigDigests } from './readConfigDigests';
import { EvidenceFile } from './readEvidence';

/** The reports that were handed in, and which image each turned out to be of. */
export class EvidenceFiles {
  readonly #files: EvidenceFile[];
  readonly #imagesByFile = new Map<EvidenceFile, Set<string>>();

  static create(files: EvidenceFile[]): EvidenceFiles {
    return new EvidenceFiles(files);
  }

  private constructor(files: EvidenceFile[]) {
    this.#files = files;
  }

  /** Adds to the facts of an image the scans that are of it; without any, those of something else, so that it shows. */
  async addTo(image: ExaminedImage, looking: Looking): Promise<ExaminedImage> {
    const { facts, imageRef } = image;
    const binding = bindingOf(image, looking);
    if (!binding || this.#files.length === 0) {
      return image;
    }
    const own: EvidenceOf<'vulnerabilities'>[] = [];
    for (const file of this.#files) {
      const scanned = await scannedDigest(file.report, binding);
      if (scanned) {
        own.push(scanOf(file, scanned));
        this.#remember(file, imageRef);
      }
    }
    const subject = {
      repository: image.reference.repository,
      digest: binding.digest,
    };
    const scans =
      own.length > 0
        ? combineScans(own, binding)
        : this.#files.map(file => scanOfOther(file, subject));
    return { ...image, facts: { ...facts, scans: [...facts.scans, ...scans] } };
  }

  /** What the report says of the files. */
  describe(): ReportedEvidence[] {
    return this.#files.map(each => ({
      file: each.file,
      format: each.report.format,
      digest: each.digest,
      scannedAt: each.report.detail.scannedAt,
      images: [...(this.#imagesByFile.get(each) ?? [])].sort(),
    }));
  }

  /** Files that are of none of the images: somebody took the wrong one. */
  unused(): EvidenceFile[] {
    return this.#files.filter(each => !this.#imagesByFile.has(each));
  }

  #remember(file: EvidenceFile, imageRef: string): void {
    const images = this.#imagesByFile.get(file) ?? new Set();
    this.#imagesByFile.set(file, images.add(imageRef));
  }
}

function bindingOf(
  { digest, reference, facts }: ExaminedImage,
  { registry, signal }: Looking,
): BindingImage | undefined {
  if (!digest) {
    return undefined;
  }
  const { repository } = reference;
  const subject: ImageSubject = { type: 'image', repository, digest };
  const origin = facts.origin?.detail;
  let read: ReturnType<BindingImage['configDigests']> | undefined;
  return {
    digest,
    origin,
    configDigests: () => {
      read ??= origin
        ? readConfigDigests({ registry, subject, origin, signal })
        : Promise.resolve(new Map());
      return read;
    },
  };
}
