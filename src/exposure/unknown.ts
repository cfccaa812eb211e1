/** A value that a witness cannot know, such as one that is known after the apply. */
export const UNKNOWN = Symbol('unknown');
