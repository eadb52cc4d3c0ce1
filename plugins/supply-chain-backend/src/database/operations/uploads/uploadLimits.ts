import { UploadRow } from '../../tables';

/**
 * How many uploads there may be about one image of one entity, by who hands in and in all. A kind takes no room from the
 * other one, and nobody alone takes all of it.
 */
export const UPLOAD_LIMITS: Record<
  UploadRow['kind'],
  { byOne: number; byAll: number }
> = {
  // One for each scanner and platform.
  vulnerabilities: { byOne: 20, byAll: 50 },
  // One for each document.
  vex: { byOne: 50, byAll: 150 },
};
