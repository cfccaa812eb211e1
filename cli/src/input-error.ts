import { oneLine, Text } from './text';

/** The input cannot be used: the command says why in one line, and ends with 2. */
export class InputError extends Error {
  declare readonly message: Text;

  constructor(message: string) {
    super(oneLine(message));
  }
}
