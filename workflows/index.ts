export { digests } from './digests';
export { mail } from './mail';
export { meeting } from './meeting';
export { passwordReset } from './password-reset';
export { registration } from './registration';
export { nudge, sweeps } from './sweeps';
export { transfer } from './transfer';
