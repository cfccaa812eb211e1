import { allowsVersionOrLater } from '../../src/terraform/version-constraint';

test.each([
  ['1.289.0', true], ['1.288.9', false], ['= 1.289.0', true], ['v1.300.1', true], ['2.0.0', true], ['1.9.0', false],
  ['~> 1.289', true], ['~> 1.200', true], ['~> 1.200.0', false], ['~> 1.289.0', true], ['~> 0.9', false], ['~> 1', true],
  ['>= 1.100', true], ['> 1.100', true], ['!= 1.100.0', true],
  ['<= 1', false], ['<= 2', true], ['<= 1.289', true], ['<= 1.288.9', false], ['< 1.289.0', false], ['< 1.289.1', true],
  ['>= 1.200, < 1.250', false], ['>= 1.200,<2.0.0', true],
  ['1.289.0-beta', true], ['', true], ['whatever', true],
])('the constraint "%s" allows 1.289.0 or a later version: %p', (constraint, allowed) => {
  expect(allowsVersionOrLater(constraint, '1.289.0')).toBe(allowed);
});
