export * from './ClairServer';
export type { ClairKeyOptions } from './checkClairToken';
export type {
  ClairAdvisory,
  ClairContent,
  ClairPackage,
} from './clairDocuments';
