/** Versions that are read, https://cyclonedx.org/specification/overview/ */
export const SPEC_VERSIONS: readonly string[] = ['1.4', '1.5', '1.6', '1.7'];
