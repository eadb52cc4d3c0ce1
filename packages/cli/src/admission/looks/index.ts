export * from './ImageLooks';
