import { ADDRESS_DESCRIPTION, ADDRESS_NAME, DURATION, GATEWAY_DESCRIPTION, GATEWAY_NAME, RULE_DESCRIPTION, RULE_NAME } from '../../src/provider/patterns';
import { letters } from '../mistakes';

const BAD_NAMES = ['edge gateway', '1edge', '-edge', '_edge', 'edge\n', 'http://abc'];
const ALL_CHARACTERS = ['网关网关', 'a_B-9'];

describe.each([
  ['the name of a gateway', GATEWAY_NAME, 2, 129, BAD_NAMES, ALL_CHARACTERS],
  ['the description of a gateway', GATEWAY_DESCRIPTION, 3, 257, BAD_NAMES, ALL_CHARACTERS],
  ['the name of a rule', RULE_NAME, 3, 129, BAD_NAMES, ALL_CHARACTERS],
  ['the description of a rule', RULE_DESCRIPTION, 2, 256, [`${letters(255)}ü`, '网'.repeat(86)], ['outbound only: see http://wiki', '规则规则']],
  ['the name of an address', ADDRESS_NAME, 2, 128, ['http://a', 'https://a'], ['a name, see http://a', '𝒏'.repeat(128), 'two\nlines']],
  ['the description of an address', ADDRESS_DESCRIPTION, 2, 256, ['http://a', 'https://a'], ['a name, see http://a', '𝒏'.repeat(256), 'two\nlines']],
] as const)('%s', (_, rule, min, max, refused, accepted) => {
  test.each(['', letters(min - 1), letters(max + 1), ...refused])('cannot be %j', (value) => expect(rule.accepts(value)).toBe(false));
  test.each([letters(min), letters(max), ...accepted])('can be %j', (value) => expect(rule.accepts(value)).toBe(true));
  test('says its limits', () => expect(rule.description).toContain(`${min} to ${max} `));
});

describe('a duration', () => {
  test.each(['', '10', 'ten minutes', '10m ', '-1s', '1d', '.5h', '1h 30m'])('cannot be %j', (value) => expect(DURATION.accepts(value)).toBe(false));
  test.each(['10m', '1h30m', '1.5h', '90s', '100ms'])('can be %j', (value) => expect(DURATION.accepts(value)).toBe(true));
});
