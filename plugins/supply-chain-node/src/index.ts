/**
 * Extension points for modules of Supply Chain Security for Backstage.
 *
 * @packageDocumentation
 */
export * from './feeds';
export * from './services';
