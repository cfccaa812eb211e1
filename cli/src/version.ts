/** The version of the command: the package of a release has that of the release (projenrc/cli-package.ts writes it). */
export const VERSION = '0.0.0';
