import { Json } from '../../src/terraform/json-syntax';

export type { Json };

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
