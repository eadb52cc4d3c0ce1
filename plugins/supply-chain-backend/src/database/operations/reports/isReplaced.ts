import { ReportRow } from '../../tables';

/** What tells whether a report replaces another. */
export type ReplacingColumns = Pick<
  ReportRow,
  | 'feed'
  | 'source'
  | 'uid'
  | 'namespace'
  | 'controller_kind'
  | 'controller_name'
  | 'container'
  | 'digest'
  | 'platform'
  | 'scanned_at'
  | 'scan_hash'
  | 'gone_at'
>;

/**
 * Whether one of some reports replaces a report that its cluster does not hold any more: a scan of the same container, or
 * a scan of the same content by the same scanner that is not older.
 */
export function isReplaced(
  gone: ReplacingColumns,
  by: readonly ReplacingColumns[],
): boolean {
  return by.some(
    each =>
      each.feed === gone.feed &&
      each.gone_at === null &&
      each.scan_hash !== null &&
      (isOfSameContainer(each, gone) || isNewerOfSameContent(each, gone)),
  );
}

function isOfSameContainer(
  left: ReplacingColumns,
  right: ReplacingColumns,
): boolean {
  return (
    // Scanners that are asked about content name no container.
    left.container !== '' &&
    left.container === right.container &&
    left.source === right.source &&
    left.namespace === right.namespace &&
    left.controller_kind === right.controller_kind &&
    left.controller_name === right.controller_name
  );
}

function isNewerOfSameContent(
  newer: ReplacingColumns,
  older: ReplacingColumns,
): boolean {
  return (
    newer.digest !== null &&
    newer.digest === older.digest &&
    (older.platform === null || older.platform === newer.platform) &&
    (newer.scanned_at ?? '') >= (older.scanned_at ?? '')
  );
}
