// The former name, for vendors that still use it; ask.ts catches what they throw.
export { Rejection as Refusal } from './rejection';
export const refusing = <T>(operations: T): T => operations;
