export * from './model';
export { readConfig as config } from './config';
