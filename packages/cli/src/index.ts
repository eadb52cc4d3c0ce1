/**
 * The command line of Supply Chain Security for Backstage.
 *
 * @packageDocumentation
 */
export * from './main';
export * from './commandLine';
export * from './report';
