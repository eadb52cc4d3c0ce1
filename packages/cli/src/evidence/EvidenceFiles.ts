import {
  EvidenceOf,
  IgnoredVexStatement,
  ImageSubject,
} from 'backstage-plugin-supply-chain-common';
import type { ReportedEvidence } from '../report';
import type { ExaminedImage } from '../verify/ImageExaminer';
import type { Looking } from '../verify/reviewImages';
import {
  BindingImage,
  combineScans,
  digestsOf,
  scannedDigest,
  scanOf,
  scanOfOther,
} from './bindScans';
import { namesImage, vexOf } from './bindVex';
import { readConfigDigests } from './readConfigDigests';
import { EvidenceFile, ScanFile, VexFile } from './readEvidence';

/** The files that were handed in, and which image each turned out to be about. */
export class EvidenceFiles {
  readonly #files: EvidenceFile[];
  readonly #imagesByFile = new Map<EvidenceFile, Set<string>>();

  static create(files: EvidenceFile[]): EvidenceFiles {
    return new EvidenceFiles(files);
  }

  private constructor(files: EvidenceFile[]) {
    this.#files = files;
  }

  /**
   * Adds to the facts of an image the scans that are of it, and the VEX documents about it; without any scan, those of
   * something else, so that it shows.
   */
  async addTo(image: ExaminedImage, looking: Looking): Promise<ExaminedImage> {
    const { facts } = image;
    const binding = bindingOf(image, looking);
    if (!binding || this.#files.length === 0) {
      return image;
    }
    const { repository } = image.reference;
    const { digest } = binding;
    const subject: ImageSubject = { type: 'image', repository, digest };
    const scans = await this.#scansOf(image, binding);
    const vex = this.#vexFiles()
      .filter(each => namesImage(each, digestsOf(binding)))
      .map(each => {
        this.#remember(each, image.imageRef);
        return vexOf(each, subject);
      });
    return {
      ...image,
      facts: {
        ...facts,
        scans: [...facts.scans, ...scans],
        ...(vex.length > 0 && { vex }),
      },
    };
  }

  async #scansOf(
    { imageRef, reference }: ExaminedImage,
    binding: BindingImage,
  ): Promise<EvidenceOf<'vulnerabilities'>[]> {
    const files = this.#files.filter(
      (each): each is ScanFile => each.kind === 'vulnerabilities',
    );
    const own: EvidenceOf<'vulnerabilities'>[] = [];
    for (const file of files) {
      const scanned = await scannedDigest(file.report, binding);
      if (scanned) {
        own.push(scanOf(file, scanned));
        this.#remember(file, imageRef);
      }
    }
    const { repository } = reference;
    const { digest } = binding;
    return own.length > 0
      ? combineScans(own, binding)
      : files.map(file => scanOfOther(file, { repository, digest }));
  }

  #vexFiles(): VexFile[] {
    return this.#files.filter((each): each is VexFile => each.kind === 'vex');
  }

  /** What the report says of the files. */
  describe(): ReportedEvidence[] {
    return this.#files.map(each => ({
      file: each.file,
      digest: each.digest,
      ...describedOf(each),
      images: [...(this.#imagesByFile.get(each) ?? [])].sort(),
    }));
  }

  /** Files that are of none of the images: somebody took the wrong one. */
  unused(): EvidenceFile[] {
    return this.#files.filter(each => !this.#imagesByFile.has(each));
  }

  /** Statements of VEX documents that are applied to nothing. */
  ignored(): (IgnoredVexStatement & { file: string })[] {
    return this.#vexFiles().flatMap(({ file, document }) =>
      document.ignored.map(each => ({ file, ...each })),
    );
  }

  #remember(file: EvidenceFile, imageRef: string): void {
    const images = this.#imagesByFile.get(file) ?? new Set();
    this.#imagesByFile.set(file, images.add(imageRef));
  }
}

function describedOf(
  file: EvidenceFile,
): Pick<ReportedEvidence, 'format' | 'scannedAt' | 'issuedAt'> {
  if (file.kind === 'vulnerabilities') {
    const { format, detail } = file.report;
    return { format, scannedAt: detail.scannedAt };
  }
  const { issuedAt } = file.document;
  return { format: 'openvex', ...(issuedAt && { issuedAt }) };
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
