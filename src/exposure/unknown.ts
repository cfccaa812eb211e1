/** A value that a witness (program, plan, state or account) does not contain, such as one that is known after apply. */
export const UNKNOWN = Symbol('unknown');
