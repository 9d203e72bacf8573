export { mail } from './mail';
export { registration } from './registration';
