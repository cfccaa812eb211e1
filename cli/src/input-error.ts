import { oneLine, Text } from './text';

/** Error of the input. The command prints it in one line, and ends with 2. */
export class InputError extends Error {
  declare readonly message: Text;

  constructor(message: string) {
    super(oneLine(message));
  }
}
