/** What the user gave cannot be used: the command says so in one line, and ends with 2. */
export class InputError extends Error {}
