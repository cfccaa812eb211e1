import { Expression, hasValue, hcl, join, orNull, template } from '../../src/terraform/hcl';

const local = new Expression('local.ids');

test.each([
  ['an expression as it is', hcl`f(${local})`, 'f(local.ids)'],
  ['a string in quotes', hcl`f(${'a'})`, 'f("a")'],
  ['a number', hcl`f(${5})`, 'f(5)'],
  ['a list of strings', hcl`f(${['a', '"b"']})`, 'f(["a","\\"b\\""])'],
  ['a string with a quote', hcl`f(${'say "a"'})`, 'f("say \\"a\\"")'],
  ['a string with a backslash', hcl`f(${'a\\b'})`, 'f("a\\\\b")'],
  ['a string with a line break', hcl`f(${'a\nb'})`, 'f("a\\nb")'],
  ['a string with a control character whose escape exists in JSON and not in Terraform', hcl`f(${'\b\f'})`, 'f("\\u0008\\u000c")'],
  ['a string that contains an expression', hcl`f(${'${x} %{y}'})`, 'f("$${x} %%{y}")'],
  ['a template in quotes', hcl`f(${template`is ${local}`})`, 'f("is ${local.ids}")'],
  ['a template with a quote', hcl`f(${template`is "${'"'}" ${local}`})`, 'f("is \\"\\"\\" ${local.ids}")'],
])('an expression holds %s', (_, expression, code) => {
  expect(expression.code).toBe(code);
});

test.each([
  ['a string as a part of it', template`is ${'a'}.`, 'is a.'],
  ['a string with a quote or a backslash, which have no meaning there', template`is ${'"a\\b"'}`, 'is "a\\b"'],
  ['a string that contains an expression', template`is ${'${x} %{y}'}`, 'is $${x} %%{y}'],
  ['its own text that contains an expression', template`is \${x}`, 'is $${x}'],
  ['an expression, interpolated', template`is ${local}`, 'is ${local.ids}'],
  ['a number, interpolated', template`is ${5}`, 'is ${5}'],
  ['another template', template`is ${template`a ${local}`}, ${template`b`}`, 'is a ${local.ids}, b'],
])('a template as an argument holds %s', (_, value, argument) => {
  expect(value.toArgument()).toBe(argument);
});

test('an expression as an argument is interpolated', () => {
  expect(hcl`length(${local})`.toArgument()).toBe('${length(local.ids)}');
});

test('attributes and keys are read of an expression', () => {
  expect(local.at('a').attribute('id').code).toBe('local.ids["a"].id');
  expect(local.at(new Expression('each.key')).code).toBe('local.ids[each.key]');
  expect(local.at(template`${'i-1'} ${local}`).code).toBe('local.ids["i-1 ${local.ids}"]');
});

test('only an expression may be null in a message', () => {
  expect(template`got ${orNull(local)}, ${orNull('a')}`.toArgument()).toBe('got ${try(nonsensitive(issensitive(local.ids) ? "a sensitive value" : local.ids == null ? "null" : local.ids), local.ids)}, a');
});

test('an attribute has a value if it is neither null nor empty', () => {
  expect(hasValue(local).code).toBe('try(length(local.ids) > 0, false)');
});

test('expressions are joined', () => {
  expect(join([local, hcl`1`], ', ').code).toBe('local.ids, 1');
});
