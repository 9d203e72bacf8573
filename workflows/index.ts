export { mail } from './mail';
export { registration } from './registration';
export { transfer } from './transfer';
