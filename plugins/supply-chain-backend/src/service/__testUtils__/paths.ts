/** Path of an entity's report. */
export function entityPath(ref: string): string {
  return `/entities/${ref.replace(':', '/')}`;
}

/** Path of an image's report, or of what `rest` names below it. */
export function imagePath(
  { repository, digest }: { repository: string; digest: string },
  rest = '',
): string {
  return `/images/${digest}${rest}?repository=${encodeURIComponent(
    repository,
  )}`;
}
