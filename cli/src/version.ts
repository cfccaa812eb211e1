/** The version of the command. projenrc/cli-package.ts writes the version of a release here. */
export const VERSION = '0.0.0';
